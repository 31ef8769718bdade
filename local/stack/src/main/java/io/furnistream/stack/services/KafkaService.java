package io.furnistream.stack.services;

import io.furnistream.provision.Provisioning;
import io.furnistream.stack.process.Jvm;
import io.furnistream.stack.process.ProcessSpec;
import io.furnistream.stack.process.Tool;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka: one process that is broker and controller (KRaft). */
final class KafkaService implements Service {

  static final String NAME = "kafka";

  private static final Logger LOG = LoggerFactory.getLogger(KafkaService.class);

  private static final int PORT = 9092;
  private static final int CONTROLLER_PORT = 9093;
  private static final String DATA = "data";
  private static final Duration TOOL_LIMIT = Duration.ofMinutes(1);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
  private static final int HEAP_MB = 448;

  /** Bytes of the largest record where a topic sets none; also the default of Kafka's producers. */
  private static final int LARGEST_OTHER_RECORD = 1 << 20;

  private static final int TOOL_HEAP_MB = 64;

  private final Home home;
  private final Ports ports;
  private final Path folder;
  private final Path temporary;
  private final Provisioning provisioning;

  KafkaService(Home home, StateFolder state, Ports ports, Provisioning provisioning) {
    this.home = home;
    this.ports = ports;
    this.folder = state.data(NAME);
    this.temporary = state.temporary(NAME);
    this.provisioning = provisioning;
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
    return Set.of(ports.at(PORT), ports.at(CONTROLLER_PORT));
  }

  @Override
  public Optional<Link> link() {
    return Optional.of(new Link("Kafka", address(ports)));
  }

  @Override
  public Set<String> startsAfter() {
    return Set.of();
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
    provisioning.apply(NAME, LOG::info);
  }

  /** Where Kafka answers, as host:port. */
  static String address(Ports ports) {
    return Ports.address(ports.at(PORT));
  }

  private Admin admin() {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            address(ports),
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
                    Uuid.randomUuid().toString(),
                    "-c",
                    configuration.toString()),
            Jvm.ENVIRONMENT,
            folder),
        TOOL_LIMIT);
  }

  private Map<String, String> configuration() {
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", "1"),
        Map.entry("controller.quorum.voters", "1@" + Ports.address(ports.at(CONTROLLER_PORT))),
        Map.entry("controller.listener.names", "CONTROLLER"),
        Map.entry(
            "listeners",
            "PLAINTEXT://%s,CONTROLLER://%s"
                .formatted(address(ports), Ports.address(ports.at(CONTROLLER_PORT)))),
        Map.entry("advertised.listeners", "PLAINTEXT://" + address(ports)),
        Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
        // Relative to the folder that it runs in: an absolute path might contain a comma.
        Map.entry("log.dirs", DATA),
        // A topic that was not created explicitly is a mistake.
        Map.entry("auto.create.topics.enable", "false"),
        // For Connect's topics, the registry's and the internal ones of the aggregates.
        Map.entry("max.decompressed.message.bytes", Integer.toString(LARGEST_OTHER_RECORD)),
        // One broker holds every copy.
        Map.entry("default.replication.factor", "1"),
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        // A laptop has few groups and transactional producers: fewer files, faster starts.
        Map.entry("offsets.topic.num.partitions", "5"),
        Map.entry("transaction.state.log.num.partitions", "5"),
        Map.entry("group.initial.rebalance.delay.ms", "0"));
  }
}
