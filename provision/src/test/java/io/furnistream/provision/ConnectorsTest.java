package io.furnistream.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.ClientProperties;
import io.furnistream.schemas.PlatformSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of the connectors' files, and what is asked of a worker. */
class ConnectorsTest {

  @TempDir private Path folder;

  @Test
  void filesThatAreNotConnectorsAreNamed() throws IOException {
    Files.writeString(folder.resolve("broken.json"), "{\"name\": \"x\"}");

    assertThatThrownBy(() -> Connectors.read(folder))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("broken.json")
        .hasMessageContaining("\"config\"");

    // Once read as no transforms at all.
    Files.writeString(
        folder.resolve("broken.json"),
        "{\"name\": \"x\", \"config\": {\"transforms\": [\"screen\", \"name\"]}}");
    assertThatThrownBy(() -> Connectors.read(folder))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("broken.json, line 1, column 40: 'transforms' is an array")
        .hasMessageContaining("\"screen,name\"");
  }

  @Test
  void deadLetterTopicsAreThoseThatTheConnectorsName() throws IOException {
    Files.writeString(
        folder.resolve("a.json"),
        """
        {"name": "a", "config": {"errors.deadletterqueue.topic.name": "dead_letter_a"}}
        """);
    Files.writeString(folder.resolve("b.json"), "{\"name\": \"b\", \"config\": {}}");

    assertThat(Connectors.deadLetterTopics(folder)).isEqualTo(List.of("dead_letter_a"));
  }

  @Test
  void aWorkerOfSeveralRestartsWhatHasFailedOnItself() throws Exception {
    String status =
        """
        {"status": {
          "connector": {"state": "%s", "worker_id": "127.0.0.1:8083"},
          "tasks": [{"id": 0, "state": "%s", "worker_id": "127.0.0.1:8093"}]}}
        """;
    List<String> told = new ArrayList<>();
    HttpServer worker =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    worker.createContext(
        "/connectors",
        exchange -> {
          if (exchange.getRequestMethod().equals("POST")) {
            told.add(exchange.getRequestURI().toString());
          }
          byte[] body =
              "{\"mine\": %s, \"theirs\": %s, \"sound\": %s}"
                  .formatted(
                      status.formatted("FAILED", "RUNNING"),
                      status.formatted("RUNNING", "FAILED"),
                      status.formatted("RUNNING", "RUNNING"))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    worker.start();
    try {
      String url = "http://127.0.0.1:" + worker.getAddress().getPort();

      assertThat(
              new Connectors(url, ClientProperties.NONE, folder, PlatformSettings.current())
                  .restartFailed("127.0.0.1:8083"))
          .containsExactly("mine");
      assertThat(told)
          .containsExactly("/connectors/mine/restart?includeTasks=true&onlyFailed=true");
    } finally {
      worker.stop(0);
    }
  }
}
