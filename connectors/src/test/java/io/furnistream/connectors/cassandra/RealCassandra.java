package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The Cassandra that the integration tests run against.
 *
 * @param host its address
 * @param port its native port
 * @param kill ends it without notice
 * @param start starts it and returns when it answers
 */
record RealCassandra(String host, int port, Runnable kill, Runnable start) {

  static final String DATACENTER = "datacenter1";

  private static final long COMMAND_LIMIT_SECONDS = 180;

  /**
   * A Cassandra that runs already: {@code furnistream.it.cassandra} is its host:port, and the
   * programs {@code furnistream.it.cassandra.kill} and {@code furnistream.it.cassandra.start} end
   * and start it.
   */
  static RealCassandra fromSystemProperties() {
    String[] address = property("furnistream.it.cassandra").split(":", 2);
    return new RealCassandra(
        address[0],
        Integer.parseInt(address[1]),
        () -> run(property("furnistream.it.cassandra.kill")),
        () -> run(property("furnistream.it.cassandra.start")));
  }

  String contactPoint() {
    return host + ":" + port;
  }

  CqlSession session() {
    return CqlSession.builder()
        .addContactPoint(new InetSocketAddress(host, port))
        .withLocalDatacenter(DATACENTER)
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(2))
                .build())
        .build();
  }

  /** Applies a file of statements that end with a semicolon. */
  static void apply(CqlSession session, Path file) throws IOException {
    String statements = Files.readString(file).replaceAll("(?m)^--.*$", "");
    Arrays.stream(statements.split(";", -1))
        .map(String::strip)
        .filter(statement -> !statement.isEmpty())
        .forEach(session::execute);
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("Set the system property " + name + ": see the README");
    }
    return value;
  }

  private static void run(String program) {
    try {
      Process process =
          new ProcessBuilder(program)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(COMMAND_LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(program + " did not succeed");
      }
    } catch (IOException e) {
      throw new IllegalStateException(program + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(program + " was interrupted", e);
    }
  }
}
