package io.furnistream.stack.services;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import io.furnistream.provision.Provisioning;
import io.furnistream.stack.process.Jvm;
import io.furnistream.stack.process.ProcessSpec;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cassandra: one node. */
final class CassandraService implements Service {

  static final String NAME = "cassandra";
  static final String DATACENTER = "datacenter1";

  private static final Logger LOG = LoggerFactory.getLogger(CassandraService.class);

  private static final int PORT = 9042;
  private static final int STORAGE_PORT = 7000;
  private static final int JMX_PORT = 7199;
  private static final int HEAP_MB = 512;
  private static final Duration QUERY_LIMIT = Duration.ofSeconds(20);

  /** What Cassandra's own jvm17-server.options opens to it. */
  private static final List<String> JDK_17 =
      List.of(
          "-Djdk.attach.allowAttachSelf=true",
          "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
          "--add-exports=java.management.rmi/com.sun.jmx.remote.internal.rmi=ALL-UNNAMED",
          "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
          "--add-exports=java.rmi/sun.rmi.server=ALL-UNNAMED",
          "--add-exports=java.sql/java.sql=ALL-UNNAMED",
          "--add-exports=java.base/java.lang.ref=ALL-UNNAMED",
          "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
          "--add-exports=jdk.attach/sun.tools.attach=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.module=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.loader=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.reflect=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.math=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.module=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.util.jar=ALL-UNNAMED",
          "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "-Dio.netty.tryReflectionSetAccessible=true");

  private final Home home;
  private final Ports ports;
  private final Path folder;
  private final Path temporary;
  private final Provisioning provisioning;

  CassandraService(Home home, StateFolder state, Ports ports, Provisioning provisioning) {
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
    return Set.of(ports.at(PORT), ports.at(STORAGE_PORT), ports.at(JMX_PORT));
  }

  @Override
  public Optional<Link> link() {
    return Optional.of(new Link("Cassandra", address(ports) + ", keyspace furniture"));
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
    Path configuration = folder.resolve("cassandra.yaml");
    StateFolder.writeAtomically(
        configuration,
        resource("cassandra.yaml")
            .formatted(
                Ports.HOST,
                ports.at(STORAGE_PORT),
                Ports.HOST,
                ports.at(STORAGE_PORT),
                Ports.HOST,
                ports.at(PORT)));
    Path logging = folder.resolve("logback.xml");
    StateFolder.writeAtomically(logging, resource("cassandra-logback.xml"));
    return new ProcessSpec(
        Jvm.withHeap(HEAP_MB, temporary)
            .options(JDK_17)
            // Relative to the folder that it runs in: an agent's own options begin at an equals
            // sign.
            .option("-javaagent:" + agent().getFileName())
            .property("cassandra.config", configuration.toUri())
            .property("cassandra.storagedir", folder.resolve("data"))
            .property("cassandra.jmx.local.port", ports.at(JMX_PORT))
            // A single node has no peers to gossip with.
            .property("cassandra.ring_delay_ms", 100)
            .property("cassandra.skip_wait_for_gossip_to_settle", 0)
            .property("logback.configurationFile", logging)
            .main(home.runtime(NAME), "org.apache.cassandra.service.CassandraDaemon"),
        Jvm.ENVIRONMENT,
        folder);
  }

  private Path agent() throws IOException {
    Path jar = Home.jar(home.runtime(NAME), "jamm-");
    return StateFolder.link(folder.resolve("jamm.jar"), jar);
  }

  @Override
  public void answers() throws Exception {
    CassandraPing.ping(ports.at(PORT));
  }

  @Override
  public void provision() throws Exception {
    provisioning.apply(NAME, LOG::info);
  }

  /** Empties those tables of the keyspace furniture that it has. */
  void emptyTables(List<String> tables) {
    try (CqlSession session = connect()) {
      KeyspaceMetadata keyspace = session.getMetadata().getKeyspace("furniture").orElseThrow();
      for (String table : tables) {
        keyspace
            .getTable(CqlIdentifier.fromInternal(table))
            .ifPresent(
                found ->
                    session.execute(
                        "TRUNCATE %s.%s"
                            .formatted(
                                keyspace.getName().asCql(false), found.getName().asCql(false))));
      }
    }
  }

  /** Where Cassandra answers, as host:port. */
  static String address(Ports ports) {
    return Ports.address(ports.at(PORT));
  }

  private CqlSession connect() {
    return CqlSession.builder()
        .addContactPoint(Ports.socketAddress(ports.at(PORT)))
        .withLocalDatacenter(DATACENTER)
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, QUERY_LIMIT)
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .build())
        .build();
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = CassandraService.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
