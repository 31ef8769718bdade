package io.furnistream.rollups.close;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.cli.Commands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollupCommandTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          --from 2023-12-02 --to 2023-12-01,         --to 2023-12-01 stands before --from 2023-12-02.
          --from 2023-12-02,                         --to
          --from 2023-12-01 --to 9998-12-31,         '9998-12-31 has not ended in the store''s zone, America/New_York. Close it after 9999-01-01T05:00:00Z, or with --force.'
          --from 2023-12-01 --to 9998-12-31 --zone Asia/Tokyo, Close it after 9998-12-31T15:00:00Z
          --from 2023-12-01 --to 2023-12-01 --zone Mars, --zone
          """)
  void whatCannotBeClosedEndsWithTwoAndSaysWhy(String arguments, String message) {
    StringWriter err = new StringWriter();

    int status =
        Commands.commandLine(
                new RollupCommand(
                    () -> {
                      throw new AssertionError("No endpoint is asked for");
                    },
                    () -> {
                      throw new AssertionError("No folder is asked for");
                    }))
            .setErr(new PrintWriter(err))
            .execute(arguments.split(" ", -1));

    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }

  @Test
  void aFolderThatCannotBeWrittenToEndsWithTwoAndNamesIt(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    StringWriter err = new StringWriter();

    int status =
        Commands.commandLine(
                new RollupCommand(
                    () -> {
                      throw new AssertionError("The folder comes first");
                    },
                    () -> file.resolve("export")))
            .setErr(new PrintWriter(err))
            .execute("--from", "2023-12-01", "--to", "2023-12-01");

    assertThat(status).isEqualTo(2);
    assertThat(err.toString())
        .contains("Cannot write the closed days to " + file.resolve("export"), "--export");
  }
}
