package io.furnistream.stack.services;

import io.furnistream.provision.Provisioning;
import io.furnistream.stack.process.Jvm;
import io.furnistream.stack.process.ProcessSpec;
import io.furnistream.stack.process.ServiceProcesses;
import io.furnistream.stack.process.Tool;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process of Kafka that is broker and controller (KRaft); there are one, or three. */
final class KafkaService implements Service {

  static final String NAME = "kafka";

  private static final Logger LOG = LoggerFactory.getLogger(KafkaService.class);

  private static final int PORT = 9092;
  private static final int CONTROLLER_PORT = 9093;
  private static final String DATA = "data";

  /** Kafka's own file, which it writes when it ends in order, and deletes when it starts. */
  private static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";

  private static final Duration TOOL_LIMIT = Duration.ofMinutes(1);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final Duration QUORUM_LIMIT = Duration.ofMinutes(5);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
  private static final int HEAP_MB = 448;

  /** What a broker beyond the first takes, in bytes. */
  private static final long EXTRA_MEMORY = 700L << 20;

  /** Bytes of the largest record where a topic sets none; also the default of Kafka's producers. */
  private static final int LARGEST_OTHER_RECORD = 1 << 20;

  private static final int TOOL_HEAP_MB = 64;

  private final Home home;
  private final Node node;
  private final Topology topology;
  private final Ports ports;
  private final Path stateRoot;
  private final Path folder;
  private final Path temporary;
  private final Path log;
  private final Map<String, String> mark;
  private final Provisioning provisioning;

  /**
   * A broker.
   *
   * @param node which
   */
  KafkaService(
      Node node,
      Topology topology,
      Home home,
      StateFolder state,
      Ports ports,
      Provisioning provisioning) {
    this.node = node;
    this.topology = topology;
    this.home = home;
    this.ports = ports;
    this.stateRoot = state.root();
    this.folder = state.data(node.name());
    this.temporary = state.temporary(node.name());
    this.log = state.log(node.name());
    this.mark = ServiceProcesses.mark(state, node.name());
    this.provisioning = provisioning;
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
    return Set.of(port(), node.port(ports, CONTROLLER_PORT));
  }

  @Override
  public Optional<Link> link() {
    return node.isLast()
        ? Optional.of(new Link("Kafka", addresses(topology, ports)))
        : Optional.empty();
  }

  @Override
  public long extraMemory() {
    return node.extraMemory(EXTRA_MEMORY);
  }

  /** A broker of several answers when the controllers have found one another. */
  @Override
  public Duration startLimit() {
    return node.isOneOfMany() ? QUORUM_LIMIT : Service.super.startLimit();
  }

  @Override
  public Set<String> startsAfter() {
    return Set.of();
  }

  /** Topics are created on all brokers. */
  @Override
  public Set<String> provisionsAfter() {
    return node.isLast() ? topology.others(node) : Set.of();
  }

  @Override
  public List<Path> runsFrom() {
    return List.of(home.runtime(NAME));
  }

  @Override
  public ProcessSpec prepare() throws Exception {
    Files.createDirectories(folder);
    Path configuration = folder.resolve("server.properties");
    PropertiesFile.write(configuration, configuration());
    String logging = Logging.write(folder);
    if (!Files.exists(data().resolve("meta.properties"))) {
      format(configuration, logging);
    } else if (!node.isOneOfMany() && !Files.exists(data().resolve(CLEAN_SHUTDOWN))) {
      removeRegistration(logging);
    }
    return new ProcessSpec(
        Jvm.withHeap(HEAP_MB, temporary)
            .property(Logging.PROPERTY, logging)
            .main(home.runtime(NAME), "kafka.Kafka", configuration.toString()),
        Jvm.ENVIRONMENT,
        folder);
  }

  @Override
  public void answers() throws Exception {
    try (Admin admin = admin()) {
      admin.describeCluster().nodes().get(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @Override
  public void provision() throws Exception {
    if (node.isLast()) {
      provisioning.apply(NAME, LOG::info);
    }
  }

  /** Where Kafka answers, as host:port list. */
  static String addresses(Topology topology, Ports ports) {
    return topology.addresses(NAME, ports, PORT);
  }

  private Admin admin() {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            node.address(ports, PORT),
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) REQUEST_LIMIT.toMillis(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            (int) ANSWER_LIMIT.toMillis()));
  }

  private Path data() {
    return folder.resolve(DATA);
  }

  private void format(Path configuration, String logging) throws IOException, InterruptedException {
    Tool.run(
        new ProcessSpec(
            Jvm.withHeap(TOOL_HEAP_MB, temporary)
                .property(Logging.PROPERTY, logging)
                .main(
                    home.runtime(NAME),
                    "kafka.tools.StorageTool",
                    "format",
                    "--ignore-formatted",
                    "-t",
                    clusterId().toString(),
                    "-c",
                    configuration.toString()),
            Jvm.ENVIRONMENT,
            folder),
        TOOL_LIMIT);
  }

  /** Where it cannot be removed the broker starts all the same, as Kafka itself would have it. */
  private void removeRegistration(String logging) throws IOException, InterruptedException {
    Path configuration = folder.resolve("controller.properties");
    PropertiesFile.write(configuration, controllerAlone());
    Map<String, String> environment = new HashMap<>(Jvm.ENVIRONMENT);
    environment.putAll(mark);
    try {
      new StaleRegistration(
              new ProcessSpec(
                  Jvm.withHeap(HEAP_MB, temporary)
                      .property(Logging.PROPERTY, logging)
                      .main(home.runtime(NAME), "kafka.Kafka", configuration.toString()),
                  environment,
                  folder),
              node.address(ports, CONTROLLER_PORT),
              node.number())
          .remove(log);
    } catch (IOException e) {
      LOG.warn("The registration of before the crash stays: {}", e.getMessage());
    }
  }

  private Map<String, String> controllerAlone() {
    Map<String, String> configuration = configuration();
    configuration.put("process.roles", "controller");
    configuration.put("listeners", "CONTROLLER://" + node.address(ports, CONTROLLER_PORT));
    configuration.remove("advertised.listeners");
    return configuration;
  }

  /**
   * Brokers of one cluster must have the same, and each formats its own folder: it is made from the
   * stack's folder, and stays the same after a reset. A single broker's is another each time.
   */
  private Uuid clusterId() {
    if (!node.isOneOfMany()) {
      return Uuid.randomUuid();
    }
    UUID named = UUID.nameUUIDFromBytes(stateRoot.toString().getBytes(StandardCharsets.UTF_8));
    return new Uuid(named.getMostSignificantBits(), named.getLeastSignificantBits());
  }

  private Map<String, String> configuration() {
    String copies = Integer.toString(topology.copies(NAME));
    String leastCopies = Integer.toString(topology.leastCopies(NAME));
    Map<String, String> configuration = new HashMap<>();
    configuration.put("process.roles", "broker,controller");
    configuration.put("node.id", Integer.toString(node.number()));
    configuration.put("controller.quorum.voters", voters());
    configuration.put("controller.listener.names", "CONTROLLER");
    configuration.put(
        "listeners",
        "PLAINTEXT://%s,CONTROLLER://%s"
            .formatted(node.address(ports, PORT), node.address(ports, CONTROLLER_PORT)));
    configuration.put("advertised.listeners", "PLAINTEXT://" + node.address(ports, PORT));
    configuration.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    // Relative to the folder that it runs in: an absolute path might contain a comma.
    configuration.put("log.dirs", DATA);
    // A topic that was not created explicitly is a mistake.
    configuration.put("auto.create.topics.enable", "false");
    // For Connect's topics, the registry's and the internal ones of the aggregates.
    configuration.put("max.decompressed.message.bytes", Integer.toString(LARGEST_OTHER_RECORD));
    // Every broker holds every copy.
    configuration.put("default.replication.factor", copies);
    configuration.put("min.insync.replicas", leastCopies);
    configuration.put("offsets.topic.replication.factor", copies);
    configuration.put("transaction.state.log.replication.factor", copies);
    configuration.put("transaction.state.log.min.isr", leastCopies);
    configuration.put("share.coordinator.state.topic.replication.factor", copies);
    configuration.put("share.coordinator.state.topic.min.isr", leastCopies);
    // A laptop has few groups and transactional producers: fewer files, faster starts.
    configuration.put("offsets.topic.num.partitions", "5");
    configuration.put("transaction.state.log.num.partitions", "5");
    configuration.put("group.initial.rebalance.delay.ms", "0");
    if (node.isOneOfMany()) {
      // Where a dozen JVMs start on a few processors, a controller that lives may be silent for
      // seconds: with Kafka's limits of a second or two, elections never end.
      configuration.put("controller.quorum.fetch.timeout.ms", "10000");
      configuration.put("controller.quorum.election.timeout.ms", "5000");
      configuration.put("controller.quorum.request.timeout.ms", "5000");
    }
    return configuration;
  }

  private String voters() {
    return topology.nodes(NAME).stream()
        .map(each -> each.number() + "@" + each.address(ports, CONTROLLER_PORT))
        .collect(Collectors.joining(","));
  }
}
