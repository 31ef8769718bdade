package io.furnistream.stack.services;

import io.furnistream.cli.ClientProperties;
import io.furnistream.cli.Deadline;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.StoreZone;
import io.furnistream.provision.Connectors;
import io.furnistream.provision.Provisioning;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.stack.process.Jvm;
import io.furnistream.stack.process.ProcessSpec;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.Secrets;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A distributed worker of Kafka Connect with isolated plugins; there are one, or two. */
final class ConnectService implements Service {

  static final String NAME = "connect";

  private static final Logger LOG = LoggerFactory.getLogger(ConnectService.class);

  /**
   * Makes tokens from names: anyone who has it can test a guess. Another key makes other tokens.
   */
  static final String PSEUDONYM_KEY = "PSEUDONYM_KEY";

  /** As long as what HMAC-SHA-256 makes. */
  static final int PSEUDONYM_KEY_BYTES = 32;

  /**
   * Confluent's AvroConverter, which alone would dead-letter sound records while the registry is
   * away.
   */
  private static final String CONVERTER = "io.furnistream.connectors.avro.RetryingAvroConverter";

  private static final int PORT = 8083;
  private static final Duration REPAIR_EVERY = Duration.ofSeconds(30);
  private static final int HEAP_MB = 768;

  /** What a worker beyond the first takes, in bytes. */
  private static final long EXTRA_MEMORY = 900L << 20;

  private final Home home;
  private final Node node;
  private final Topology topology;
  private final Ports ports;
  private final Secrets secrets;
  private final Endpoints endpoints;
  private final Provisioning provisioning;
  private final Path folder;
  private final Path temporary;
  private Deadline nextRepair = Deadline.in(Duration.ZERO);

  /**
   * A worker.
   *
   * @param node which
   */
  ConnectService(
      Node node,
      Topology topology,
      Home home,
      StateFolder state,
      Ports ports,
      Secrets secrets,
      Endpoints endpoints,
      Provisioning provisioning) {
    this.node = node;
    this.topology = topology;
    this.home = home;
    this.ports = ports;
    this.secrets = secrets;
    this.endpoints = endpoints;
    this.provisioning = provisioning;
    this.folder = state.data(node.name());
    this.temporary = state.temporary(node.name());
    secrets.ensurePassword(ReportDatabase.SINK_WRITER_PASSWORD);
  }

  @Override
  public String name() {
    return node.name();
  }

  @Override
  public int port() {
    return node.port(ports, PORT);
  }

  @Override
  public Set<Integer> ports() {
    return Set.of(port());
  }

  @Override
  public Optional<Link> link() {
    return node.isLast()
        ? Optional.of(new Link("Kafka Connect", url() + "/connectors?expand=status"))
        : Optional.empty();
  }

  @Override
  public long extraMemory() {
    return node.extraMemory(EXTRA_MEMORY);
  }

  @Override
  public Set<String> startsAfter() {
    return topology.names(Set.of(KafkaService.NAME));
  }

  @Override
  public Set<String> provisionsAfter() {
    return topology.names(
        Set.of(RegistryService.NAME, PostgresService.NAME, CassandraService.NAME));
  }

  @Override
  public List<Path> runsFrom() {
    List<Path> folders = new ArrayList<>(home.pluginFolders());
    folders.add(home.runtime(KafkaService.NAME));
    return folders;
  }

  @Override
  public ProcessSpec prepare() throws Exception {
    Files.createDirectories(folder);
    Path configuration = folder.resolve("worker.properties");
    PropertiesFile.write(configuration, configuration());
    return new ProcessSpec(
        Jvm.withHeap(HEAP_MB, temporary)
            .property(Logging.PROPERTY, Logging.write(folder))
            .main(
                home.runtime(KafkaService.NAME),
                "org.apache.kafka.connect.cli.ConnectDistributed",
                configuration.toString()),
        environment(),
        folder);
  }

  @Override
  public void answers() throws Exception {
    Http.get(url() + "/connectors");
  }

  @Override
  public void provision() throws Exception {
    if (node.isLast()) {
      provisioning.apply(NAME, LOG::info);
    }
  }

  /**
   * Debezium's JDBC sink fails in an outage of its database and stays failed; no row is lost, as
   * its offsets were not committed. If the reason persists, the task fails again every half minute.
   */
  @Override
  public List<String> repair() throws IOException, InterruptedException {
    if (!nextRepair.hasPassed()) {
      return List.of();
    }
    List<String> restarted =
        new Connectors(url(), ClientProperties.NONE, home.connectors(), PlatformSettings.current())
            .restartFailed(node.address(ports, PORT));
    if (!restarted.isEmpty()) {
      nextRepair = Deadline.in(REPAIR_EVERY);
    }
    return restarted.stream().map(name -> "restarted the failed tasks of " + name).toList();
  }

  @Override
  public Duration startLimit() {
    return Duration.ofMinutes(3);
  }

  /** The REST APIs of all workers, each of which answers for all. */
  static String urls(Topology topology, Ports ports) {
    return topology.nodes(NAME).stream()
        .map(each -> url(each, ports))
        .collect(Collectors.joining(","));
  }

  private static String url(Node node, Ports ports) {
    return "http://" + node.address(ports, PORT);
  }

  private String url() {
    return url(node, ports);
  }

  /** What the connectors' JSON files name as {@code ${env:…}}; secrets are nowhere else. */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(Jvm.ENVIRONMENT);
    environment.put(Endpoints.BOOTSTRAP_SERVERS, endpoints.bootstrapServers());
    environment.put(Endpoints.CASSANDRA_CONTACT_POINTS, endpoints.cassandraContactPoints());
    environment.put(Endpoints.CASSANDRA_DATACENTER, endpoints.cassandraDatacenter());
    environment.put(Endpoints.POSTGRES_URL, endpoints.postgresUrl());
    environment.put(Home.RULES, home.rules().toString());
    environment.put(Home.REFERENCE, home.reference().toString());
    environment.put(StoreZone.VARIABLE, StoreZone.fromEnvironment(System.getenv()).getId());
    environment.put(Endpoints.PSEUDONYM_KEY, endpoints.pseudonymKey());
    environment.put("FURNISTREAM_SINK_WRITER_USER", ReportDatabase.SINK_WRITER);
    environment.put(
        "FURNISTREAM_SINK_WRITER_PASSWORD", secrets.get(ReportDatabase.SINK_WRITER_PASSWORD));
    return environment;
  }

  private Map<String, String> configuration() throws IOException {
    String copies = Integer.toString(topology.copies(KafkaService.NAME));
    return Map.ofEntries(
        Map.entry("bootstrap.servers", endpoints.bootstrapServers()),
        Map.entry("group.id", "furnistream-connect"),
        Map.entry("config.storage.topic", "connect_configs"),
        Map.entry("offset.storage.topic", "connect_offsets"),
        Map.entry("status.storage.topic", "connect_status"),
        Map.entry("config.storage.replication.factor", copies),
        Map.entry("offset.storage.replication.factor", copies),
        Map.entry("status.storage.replication.factor", copies),
        Map.entry("offset.storage.partitions", "1"),
        Map.entry("status.storage.partitions", "1"),
        Map.entry("listeners", url()),
        Map.entry("rest.advertised.host.name", Ports.HOST),
        Map.entry("rest.advertised.port", Integer.toString(port())),
        // No answer of the REST API shows a secret.
        Map.entry("rest.extension.classes", "io.furnistream.connectors.secrets.HideSecrets"),
        Map.entry("key.converter", CONVERTER),
        Map.entry("key.converter.schema.registry.url", endpoints.registryUrl()),
        Map.entry("value.converter", CONVERTER),
        Map.entry("value.converter.schema.registry.url", endpoints.registryUrl()),
        Map.entry("config.providers", "env"),
        Map.entry(
            "config.providers.env.class",
            "org.apache.kafka.common.config.provider.EnvVarConfigProvider"),
        Map.entry("config.providers.env.param.allowlist.pattern", "^FURNISTREAM_.*"),
        // Every plugin lists itself; scanning all classes of all jars doubles the start.
        Map.entry("plugin.discovery", "service_load"),
        Map.entry("plugin.path", pluginPath()),
        // How long a landed batch may stay uncommitted: verify waits for it.
        Map.entry("offset.flush.interval.ms", "2000"),
        Map.entry("scheduled.rebalance.max.delay.ms", "0"));
  }

  /** Relative to the folder that it runs in: an absolute path might contain a comma. */
  private String pluginPath() throws IOException {
    List<String> links = new ArrayList<>();
    for (Path plugins : home.pluginFolders()) {
      Path link = folder.resolve("plugins-" + links.size());
      links.add(StateFolder.link(link, plugins).getFileName().toString());
    }
    return String.join(",", links);
  }
}
