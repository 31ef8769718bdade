package io.furnistream.provision;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.PlatformSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Everything that can be provisioned, by name. */
public final class Provisioning {

  /** Names of the systems, in the order in which they are provisioned. */
  public static final List<String> SYSTEMS =
      List.of("kafka", "registry", "cassandra", "postgres", "connect");

  private final ProvisionTarget target;
  private final PlatformFiles files;
  private final PlatformSettings settings;
  private final ZoneId zone;

  /**
   * Provisioning of a target.
   *
   * @param zone the store's
   */
  public Provisioning(
      ProvisionTarget target, PlatformFiles files, PlatformSettings settings, ZoneId zone) {
    this.target = target;
    this.files = files;
    this.settings = settings;
    this.zone = zone;
  }

  /**
   * Makes one system agree, which must answer.
   *
   * @param name one of {@link #SYSTEMS}
   * @param messages receives a line for each change, and for what is well to know
   * @throws CannotRunException when it holds something that must not be changed
   */
  public void apply(String name, Consumer<String> messages) throws Exception {
    try (Part part = part(name, messages)) {
      new Provisioner(List.of(part), messages)
          .apply(change -> messages.accept(change.thing() + " " + change.did()))
          .forEach(left -> messages.accept(left.difference().toString()));
    }
  }

  /** Some of the systems, in their order. */
  List<Part> parts(Set<String> names, Consumer<String> notes) {
    return SYSTEMS.stream().filter(names::contains).map(name -> part(name, notes)).toList();
  }

  private Part part(String name, Consumer<String> notes) {
    return switch (name) {
      case "kafka" ->
          new Topics(target.endpoints().kafkaClient(), deadLetterTopics(), settings, notes);
      case "registry" -> new Schemas(target.endpoints().registryClient(), settings);
      case "cassandra" ->
          new Keyspace(
              new CassandraClient(
                  target.endpoints().cassandraContactPoints(),
                  target.endpoints().cassandraDatacenter(),
                  target.endpoints().cassandraConfig(),
                  target.cassandra().admin(),
                  target.cassandra().adminPassword()),
              target.cassandra(),
              files,
              settings);
      case "postgres" -> new Report(reportAccess(), files, zone);
      case "connect" -> new RunningConnectors(target.endpoints(), files, settings);
      default -> throw new IllegalArgumentException("There is no system " + name);
    };
  }

  private ReportAccess reportAccess() {
    return target
        .report()
        .orElseThrow(
            () ->
                new CannotRunException(
                    "Nothing says who administers PostgreSQL. Set %s and %s (and %s, unless %s names a database that exists); or name an embedded stack with --state; or leave PostgreSQL out: --only %s"
                        .formatted(
                            ProvisionTarget.POSTGRES_ADMIN_USER,
                            ProvisionTarget.POSTGRES_ADMIN_PASSWORD,
                            ProvisionTarget.POSTGRES_ADMIN_URL,
                            Endpoints.POSTGRES_URL,
                            String.join(
                                ",",
                                SYSTEMS.stream()
                                    .filter(each -> !each.equals("postgres"))
                                    .toList()))));
  }

  private List<String> deadLetterTopics() {
    try {
      return Connectors.deadLetterTopics(files.connectors());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + files.connectors(), e);
    }
  }
}
