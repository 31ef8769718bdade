package io.furnistream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code connectors} asks the workers of a cluster, with what they ask for. */
class ConnectorsJobTest {

  private static final String STATUS =
      """
      {"sink": {"status": {"name": "sink", "type": "sink",
        "connector": {"state": "RUNNING", "worker_id": "a:8083"},
        "tasks": [{"id": 0, "state": "FAILED", "worker_id": "a:8083", "trace": "no room\\nat x"}]}}}
      """;

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();
  private HttpServer worker;

  @BeforeEach
  void start() throws IOException {
    worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    worker.createContext(
        "/",
        exchange -> {
          // Of "operator:secret", worked out by base64(1).
          boolean isKnown =
              "Basic b3BlcmF0b3I6c2VjcmV0"
                  .equals(exchange.getRequestHeaders().getFirst("Authorization"));
          if (isKnown && exchange.getRequestMethod().equals("POST")) {
            told.add(exchange.getRequestURI().toString());
          }
          byte[] body = STATUS.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(isKnown ? 200 : 401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    worker.start();
  }

  @AfterEach
  void stop() {
    worker.stop(0);
  }

  private record Result(int status, String out, String err) {}

  private Result run(String properties, String... arguments) throws IOException {
    Path file = Files.writeString(folder.resolve("client.properties"), properties);
    CommandLine commandLine =
        Jobs.commandLine(
            Map.of(
                "FURNISTREAM_CLIENT_PROPERTIES",
                file.toString(),
                "FURNISTREAM_CONNECTORS",
                Path.of("../connectors").toString(),
                "FURNISTREAM_CONNECT_URL",
                "http://127.0.0.1:1,http://127.0.0.1:" + worker.getAddress().getPort()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    return new Result(status, out.toString(), err.toString());
  }

  @Test
  void aPasswordAndSeveralWorkersComeFromTheEnvironment() throws Exception {
    String properties = "connect.basic.auth.user.info=operator:secret\n";
    Path result = folder.resolve("result.json");

    Result status = run(properties, "connectors", "status", "--result=" + result);
    assertThat(status.status()).as(status.err()).isEqualTo(1);
    assertThat(status.out()).contains("sink", "FAILED", "no room").doesNotContain("at x");
    assertThat(
            new ObjectMapper()
                .readTree(result.toFile())
                .at("/report/connectors/0/tasks/0/state")
                .asText())
        .isEqualTo("FAILED");

    assertThat(run(properties, "connectors", "restart", "sink").status()).isZero();
    assertThat(told).containsExactly("/connectors/sink/restart?includeTasks=true&onlyFailed=false");
  }

  @Test
  void aRefusalNamesWhatToSet() throws Exception {
    Result refused = run("", "connectors", "status");

    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .contains("401", "FURNISTREAM_CONNECT_URL", "FURNISTREAM_CLIENT_PROPERTIES")
        .doesNotContain("\tat ");
  }
}
