package io.furnistream.stack.services;

import io.furnistream.provision.Provisioning;
import io.furnistream.stack.process.Jvm;
import io.furnistream.stack.process.ProcessSpec;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.Secrets;
import io.furnistream.stack.state.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The schema registry: Apicurio with Confluent's API, stored in PostgreSQL. */
final class RegistryService implements Service {

  static final String NAME = "registry";

  private static final Logger LOG = LoggerFactory.getLogger(RegistryService.class);

  private static final int PORT = 8081;
  private static final int MANAGEMENT_PORT = 8082;
  private static final int HEAP_MB = 256;
  private static final int CONNECTIONS = 5;

  private final Home home;
  private final Ports ports;
  private final Secrets secrets;
  private final PostgresDatabases databases;
  private final Provisioning provisioning;
  private final Path folder;
  private final Path temporary;

  RegistryService(
      Home home,
      StateFolder state,
      Ports ports,
      Secrets secrets,
      PostgresDatabases databases,
      Provisioning provisioning) {
    this.home = home;
    this.ports = ports;
    this.secrets = secrets;
    this.databases = databases;
    this.provisioning = provisioning;
    this.folder = state.data(NAME);
    this.temporary = state.temporary(NAME);
    secrets.ensurePassword(PostgresService.REGISTRY_PASSWORD);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int port() {
    return ports.at(PORT);
  }

  @Override
  public Set<Integer> ports() {
    return Set.of(ports.at(PORT), ports.at(MANAGEMENT_PORT));
  }

  @Override
  public Optional<Link> link() {
    return Optional.of(new Link("Schema registry", url() + "/subjects"));
  }

  @Override
  public Set<String> startsAfter() {
    return Set.of(PostgresService.NAME);
  }

  @Override
  public List<Path> runsFrom() {
    return List.of(home.runtime(NAME));
  }

  @Override
  public ProcessSpec prepare() throws Exception {
    Files.createDirectories(folder);
    return new ProcessSpec(
        Jvm.withHeap(HEAP_MB, temporary)
            .property("quarkus.http.host", Ports.HOST)
            .property("quarkus.http.port", ports.at(PORT))
            // By default, the management interface listens on every address.
            .property("quarkus.management.host", Ports.HOST)
            .property("quarkus.management.port", ports.at(MANAGEMENT_PORT))
            // A line a request would bury the lines that matter.
            .property("quarkus.log.level", "WARN")
            // Otherwise a schema registered with white space other than Avro's has no version
            // for readers.
            .property("apicurio.ccompat.use-canonical-hash", true)
            .property("apicurio.storage.kind", "sql")
            .property("apicurio.storage.sql.kind", "postgresql")
            .property("apicurio.datasource.url", databases.url(PostgresService.REGISTRY_DATABASE))
            .property("apicurio.datasource.username", PostgresService.REGISTRY_USER)
            // After a restart of PostgreSQL every dead pooled connection costs one failed request.
            .property("apicurio.datasource.jdbc.initial-size", 1)
            .property("apicurio.datasource.jdbc.min-size", 1)
            .property("apicurio.datasource.jdbc.max-size", CONNECTIONS)
            .jar(Home.jar(home.runtime(NAME), "apicurio-registry-app-")),
        Map.of(
            "APICURIO_DATASOURCE_PASSWORD",
            secrets.get(PostgresService.REGISTRY_PASSWORD),
            "MALLOC_ARENA_MAX",
            Jvm.ENVIRONMENT.get("MALLOC_ARENA_MAX")),
        folder);
  }

  @Override
  public void answers() throws Exception {
    Http.get(url() + "/subjects");
  }

  @Override
  public void provision() throws Exception {
    provisioning.apply(NAME, LOG::info);
  }

  private String url() {
    return url(ports);
  }

  /** Its API, as Confluent's clients speak it. */
  static String url(Ports ports) {
    return "http://" + Ports.address(ports.at(PORT)) + "/apis/ccompat/v7";
  }
}
