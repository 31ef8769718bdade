package io.furnistream.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Commands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollupCommandTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          --from 2023-12-02 --to 2023-12-01,         --to 2023-12-01 lies before --from 2023-12-02.
          --from 2023-12-02,                         --to
          --from 2023-12-02 --from 2023-12-05 --to 2023-12-05, --to
          --from 2016-01-02 --to 2016-01-02 --from 2019-01-02 --to 2019-01-01, --to 2019-01-01 lies before --from 2019-01-02.
          --from 9998-12-31 --to 9998-12-31 --from 2023-12-01 --to 2023-12-01, '9998-12-31 has not ended'
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

  /** As many as Airflow gives to one job, and one that lies within another. */
  @Test
  void severalRangesAreClosedAndNoDayBetweenThem(@TempDir Path folder) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--from", "2016-01-01", "--to", "2016-01-02"));
    arguments.addAll(List.of("--from", "2016-01-02", "--to", "2016-01-02"));
    SortedSet<String> expected = new TreeSet<>(Set.of("2016-01-01", "2016-01-02"));
    for (int n = 0; n < 99; n++) {
      String day = LocalDate.parse("2019-01-01").plusDays(2L * n).toString();
      arguments.addAll(List.of("--from=" + day, "--to=" + day));
      expected.add(day);
    }

    int status =
        Commands.commandLine(RollupCommand.reading((day, reader) -> {}, folder))
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(new StringWriter()))
            .execute(arguments.toArray(String[]::new));

    assertThat(status).isZero();
    try (Stream<Path> files = Files.list(folder.resolve("records"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              expected.stream().map(day -> day + ".parquet").toList());
    }
  }

  /** At 02:30 UTC on 1 March 2024 it is still 29 February in New York, and 1 March in Tokyo. */
  @ParameterizedTest
  @CsvSource({
    "2024-02-28,           , The folder is asked for",
    "2024-02-29,           , '2024-02-29 has not ended in the store''s zone, America/New_York. Close it after 2024-03-01T05:00:00Z'",
    "2024-02-29, Asia/Tokyo, The folder is asked for",
    "2024-03-01, Asia/Tokyo, '2024-03-01 has not ended in the store''s zone, Asia/Tokyo. Close it after 2024-03-01T15:00:00Z'",
    "2024-02-29, UTC,        The folder is asked for"
  })
  void aDayEndsAtMidnightOfTheStore(String day, String zone, String message) {
    TimeZone usual = TimeZone.getDefault();
    StringWriter err = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of("--from", day, "--to", day));
    if (zone != null) {
      arguments.addAll(List.of("--zone", zone));
    }
    int status;
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
      status =
          Commands.commandLine(
                  new RollupCommand(
                      () -> {
                        throw new AssertionError("No endpoint is asked for");
                      },
                      () -> {
                        throw new CannotRunException("The folder is asked for");
                      },
                      Clock.fixed(Instant.parse("2024-03-01T02:30:00Z"), ZoneId.systemDefault())))
              .setErr(new PrintWriter(err))
              .execute(arguments.toArray(String[]::new));
    } finally {
      TimeZone.setDefault(usual);
    }

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
