package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.furnistream.stack.EmbeddedStack;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/** The Cassandra that the integration tests run against: only the embedded stack's. */
final class RealCassandra implements AutoCloseable {

  static final String DATACENTER = "datacenter1";

  private static final String SERVICE = "cassandra";
  private static final int PORT_OFFSET = 20_000;

  private final EmbeddedStack stack;

  private RealCassandra(EmbeddedStack stack) {
    this.stack = stack;
  }

  static RealCassandra start(Path folder) throws IOException, InterruptedException {
    return new RealCassandra(
        EmbeddedStack.start(
            Home.fromSystemProperty(),
            new StateFolder(folder),
            new Ports(PORT_OFFSET),
            Set.of(SERVICE)));
  }

  String contactPoint() {
    return stack.endpoints().cassandraContactPoints();
  }

  /** Kills it without notice; it is restarted automatically. */
  void kill() {
    try {
      stack.kill(SERVICE);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Returns when it answers again. */
  void awaitStart() {
    try {
      stack.awaitReady();
    } catch (IOException e) {
      throw new IllegalStateException("Cassandra did not start again", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  CqlSession session() {
    int port = Integer.parseInt(contactPoint().split(":", 2)[1]);
    return CqlSession.builder()
        .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .withLocalDatacenter(DATACENTER)
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(2))
                .build())
        .build();
  }

  /** Applies the migrations of a folder, in order. */
  static void applyAll(CqlSession session, Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        apply(session, file);
      }
    }
  }

  /** Applies a file of statements that end with a semicolon. */
  private static void apply(CqlSession session, Path file) throws IOException {
    String statements = Files.readString(file).replaceAll("(?m)^--.*$", "");
    Arrays.stream(statements.split(";", -1))
        .map(String::strip)
        .filter(statement -> !statement.isEmpty())
        .forEach(session::execute);
  }

  @Override
  public void close() {
    stack.close();
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted while waiting for Cassandra", e);
  }
}
