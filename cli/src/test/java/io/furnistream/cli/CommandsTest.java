package io.furnistream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandsTest {

  @Command(name = "fails")
  private static final class Fails implements Callable<Integer> {
    private final RuntimeException error;

    Fails(RuntimeException error) {
      this.error = error;
    }

    @Override
    public Integer call() {
      throw error;
    }
  }

  private final StringWriter err = new StringWriter();

  private int run(RuntimeException error, String... arguments) {
    CommandLine commandLine = Commands.commandLine(new Fails(error));
    return commandLine.setErr(new PrintWriter(err)).execute(arguments);
  }

  @Test
  void whatIsMissingIsReportedInOneMessageWithoutAStackTrace() {
    assertThat(run(new CannotRunException("Port 9092 is taken. Stop what listens there.")))
        .isEqualTo(2);
    assertThat(err.toString().strip()).isEqualTo("Port 9092 is taken. Stop what listens there.");
  }

  @Test
  void aFaultOfOursShowsWhereItIs() {
    assertThat(run(new IllegalStateException("impossible"))).isEqualTo(1);
    assertThat(err.toString()).contains("impossible").contains("at io.furnistream.cli");
  }

  @Test
  void aWrongOptionIsWrongUsage() {
    assertThat(run(new IllegalStateException(), "--nonsense")).isEqualTo(2);
    assertThat(err.toString()).contains("--nonsense");
  }

  @Test
  void endpointsComeFromTheEnvironmentAndNeverShowThePassword() {
    Endpoints endpoints =
        Endpoints.fromEnvironment(
            Map.of(
                "FURNISTREAM_BOOTSTRAP_SERVERS", "kafka:9999",
                "FURNISTREAM_POSTGRES_PASSWORD", "hidden-word",
                "FURNISTREAM_PSEUDONYM_KEY", "hidden-key"));

    assertThat(endpoints.bootstrapServers()).isEqualTo("kafka:9999");
    assertThat(endpoints.cassandraContactPoints()).isEqualTo("127.0.0.1:9042");
    assertThat(endpoints.postgresPassword()).isEqualTo("hidden-word");
    assertThat(endpoints.pseudonymKey()).isEqualTo("hidden-key");
    assertThat(endpoints.toString()).doesNotContain("hidden");
  }

  @Test
  void progressEndsWithALineThatSaysHowFarItCame() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Progress progress =
        Progress.lines(
            "Generating",
            "records",
            12_000,
            new PrintStream(bytes, true, StandardCharsets.UTF_8))) {
      progress.advance(7_000);
      progress.tell("2023-12-01 complete");
      progress.advance(500);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("2023-12-01 complete", "Generating: 7,500 of 12,000 records");
  }
}
