package io.furnistream.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.cli.Commands;
import io.furnistream.cli.Endpoints;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class VerifyCommandTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          --from 2023-12-02 --to 2023-12-01, --to 2023-12-01 lies before --from 2023-12-02.
          --timeout -1,                      '--timeout is a number of seconds, 0 or more.'
          --from 01.12.2023,                 --from
          --allow-refused some,              a share of them
          --allow-refused 101%,              is neither a number
          --allow-refused -1,                is neither a number
          """)
  void wrongUsageEndsWithTwoAndSaysWhatIsWrong(String arguments, String message) {
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Commands.commandLine(
                new VerifyCommand(
                    () -> {
                      throw new AssertionError("No endpoint is asked for before usage is right");
                    },
                    () -> Path.of("export"),
                    Optional::empty,
                    Optional::empty))
            .setErr(new PrintWriter(err));

    assertThat(commandLine.execute(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }

  @Test
  void anInvalidCassandraAddressEndsWithTwoAndNamesTheVariable() {
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Commands.commandLine(
                new VerifyCommand(
                    () ->
                        new Endpoints(
                            "127.0.0.1:1",
                            "http://127.0.0.1:1",
                            "",
                            "127.0.0.1:cql",
                            "dc",
                            "",
                            "",
                            "",
                            ""),
                    () -> Path.of("export"),
                    Optional::empty,
                    Optional::empty))
            .setErr(new PrintWriter(err));

    assertThat(commandLine.execute()).isEqualTo(2);
    assertThat(err.toString())
        .contains("'127.0.0.1:cql' is not host:port", Endpoints.CASSANDRA_CONTACT_POINTS);
  }
}
