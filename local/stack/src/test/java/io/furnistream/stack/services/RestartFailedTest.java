package io.furnistream.stack.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What watches the workers of {@code compose/}, beside workers that do not answer. */
class RestartFailedTest {

  private static final Path SCRIPT = Path.of("../../compose/connect/restart-failed");
  private static final String NOBODY_LISTENS = "127.0.0.1:1";

  @Test
  void aWorkerThatHangsAndOneThatIsAwayArePassedOver() throws Exception {
    Map<String, String> answers =
        Map.of(
            "/connectors", "[\"sound\",\"broken\"]",
            "/connectors/sound/status", "{\"tasks\":[{\"state\":\"RUNNING\"}]}",
            "/connectors/broken/status", "{\"tasks\":[{\"state\":\"FAILED\"}]}");
    List<String> told = new CopyOnWriteArrayList<>();
    HttpServer worker =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    worker.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestMethod().equals("POST")) {
            told.add(exchange.getRequestURI().toString());
          }
          byte[] body =
              answers
                  .getOrDefault(exchange.getRequestURI().getPath(), "{}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    worker.start();
    try (ServerSocket hung = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Process watch =
          new ProcessBuilder(
                  "bash",
                  SCRIPT.toString(),
                  "127.0.0.1:" + hung.getLocalPort(),
                  NOBODY_LISTENS,
                  "127.0.0.1:" + worker.getAddress().getPort())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        await("the failed connector is restarted")
            .atMost(Duration.ofSeconds(60))
            .until(() -> !told.isEmpty());
        assertThat(told)
            .containsExactly("/connectors/broken/restart?includeTasks=true&onlyFailed=true");
      } finally {
        watch.destroy();
      }
    } finally {
      worker.stop(0);
    }
  }
}
