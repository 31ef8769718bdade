package io.furnistream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.cli.Endpoints;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** How the jobs look to a scheduler: statuses, messages, and their end when they are asked to. */
class JobsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ANSWER_LIMIT_MS = 30_000;
  private static final int END_LIMIT_SECONDS = 10;
  private static final int ENDED_BY_SIGTERM = 128 + 15;

  @TempDir private Path folder;

  private record Result(int status, String err) {}

  private static Result run(String... arguments) {
    CommandLine commandLine = Jobs.commandLine(Map.of());
    StringWriter err = new StringWriter();
    int status = commandLine.setErr(new PrintWriter(err)).execute(arguments);
    return new Result(status, err.toString());
  }

  @Test
  void wrongUsageIsNamedWithStatusTwo() {
    Result generate = run("generate", "--from", "2023-12-01", "--to", "2023-11-01");
    assertThat(generate.status()).isEqualTo(2);
    assertThat(generate.err()).contains("2023-12-01", "2023-11-01");

    assertThat(run("replay").status()).as("no such job").isEqualTo(2);
  }

  @Test
  void aMissingFolderForClosedDaysIsNamedWithItsCure() {
    Result rollup = run("rollup", "--from", "2023-12-01", "--to", "2023-12-01");

    assertThat(rollup.status()).isEqualTo(2);
    assertThat(rollup.err()).contains("--export", "FURNISTREAM_EXPORT_DIR").doesNotContain("\tat ");
  }

  @Test
  void aResultSaysHowTheJobEnded() throws Exception {
    Path file = folder.resolve("result.json");

    run("generate", "--result=" + file, "--from", "2023-12-01", "--to", "2023-11-01");
    JsonNode usage = JSON.readTree(file.toFile());
    assertThat(usage.path("outcome").asText()).isEqualTo("wrong_usage");
    assertThat(usage.path("error").asText()).contains("--to 2023-11-01 lies before");
    assertThat(usage.path("report").isNull()).isTrue();

    run("rollup", "--result=" + file, "--from", "2023-12-01", "--to", "2023-12-01");
    JsonNode missing = JSON.readTree(file.toFile());
    assertThat(missing.path("outcome").asText()).isEqualTo("cannot_run");
    assertThat(missing.path("error").asText()).contains("FURNISTREAM_EXPORT_DIR");

    run("replay", "--result=" + file, "--mapping=superstore", folder + "/none.csv");
    JsonNode input = JSON.readTree(file.toFile());
    assertThat(input.path("outcome").asText()).isEqualTo("wrong_input");
    assertThat(input.path("error").asText()).contains("There is no file " + folder);

    Result elsewhere = run("replay", "--result=" + folder.resolve("none/result.json"));
    assertThat(elsewhere.status()).isEqualTo(2);
    run("--result=" + folder.resolve("none/result.json"), "generate", "--records", "x");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generate --from 2023-12-01 --to 2023-12-01",
        "rollup --from 2023-12-01 --to 2023-12-01",
        "caught-up",
        "verify --from 2023-12-01 --to 2023-12-01"
      })
  void aJobThatWaitsForTheStackEndsAtOnceWhenAskedTo(String job) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      silent.setSoTimeout(ANSWER_LIMIT_MS);
      Process process = start(silent.getLocalPort(), job.split(" ", -1));
      try (Socket asked = silent.accept()) {
        assertThat(asked.isConnected()).isTrue();

        process.destroy();

        assertThat(process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private Process start(int port, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Jobs.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(new File("/dev/null"));
    String silent = "127.0.0.1:" + port;
    builder
        .environment()
        .putAll(
            Map.of(
                Endpoints.BOOTSTRAP_SERVERS,
                silent,
                Endpoints.REGISTRY_URL,
                "http://" + silent,
                Endpoints.CONNECT_URL,
                "http://" + silent,
                Endpoints.CASSANDRA_CONTACT_POINTS,
                silent,
                Endpoints.POSTGRES_URL,
                "jdbc:postgresql://" + silent + "/furnistream",
                "FURNISTREAM_EXPORT_DIR",
                Files.createDirectories(folder.resolve("e")).toString()));
    return builder.start();
  }
}
