package io.furnistream.aggregates;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Answers {@code GET /health} on the loopback address: 200 when the application is running, 503
 * when it is not, each with {@code {"state": "…"}}.
 */
final class HealthEndpoint implements AutoCloseable {

  private static final String RUNNING = KafkaStreams.State.RUNNING.name();
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpServer server;
  private final Supplier<String> state;

  private HealthEndpoint(HttpServer server, Supplier<String> state) {
    this.server = server;
    this.state = state;
  }

  /**
   * Starts answering.
   *
   * @param port 0 for any free one
   * @param state the state's name, asked with every request
   * @throws CannotRunException when the port is taken
   */
  static HealthEndpoint start(int port, Supplier<String> state) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      HealthEndpoint endpoint = new HealthEndpoint(server, state);
      server.createContext("/health", endpoint::answer);
      server.start();
      return endpoint;
    } catch (IOException e) {
      throw new CannotRunException(
          "Cannot listen on port %d of this machine (%s): stop what uses it, or set %s to another"
              .formatted(port, e.getMessage(), AggregatesSettings.HEALTH_PORT),
          e);
    }
  }

  /** The port that it listens on. */
  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String now = state.get();
      byte[] body = json.writeValueAsBytes(Map.of("state", now));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(now.equals(RUNNING) ? OK : UNAVAILABLE, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
