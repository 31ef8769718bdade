package io.furnistream.endtoend.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.furnistream.endtoend.stack.CommandProcess;
import io.furnistream.endtoend.stack.CoreStack;
import io.furnistream.endtoend.stack.OnCoreStack;
import io.furnistream.endtoend.stack.RunningStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Days are closed once, when all their records have landed, and what changes them is named. */
@OnCoreStack
class ClosedDaysIT {

  /** Raw records, three aggregates, and the manifest. */
  private static final int FILES = 5;

  private final CoreStack stack;

  ClosedDaysIT(CoreStack stack) {
    this.stack = stack;
  }

  @Test
  void closingAgainChangesNothing() throws Exception {
    Map<Path, FileTime> before = stack.exported();
    for (LocalDate day : CoreStack.DAYS) {
      assertThat(before.keySet())
          .filteredOn(file -> file.getFileName().toString().startsWith(day.toString()))
          .hasSize(FILES);
    }

    CommandProcess.Result again = stack.closeDays("2023-12-01", "2023-12-10");

    assertThat(again.out().lines())
        .hasSameSizeAs(CoreStack.DAYS)
        .allMatch(line -> line.contains("unchanged"));
    assertThat(stack.exported()).isEqualTo(before);
  }

  @Test
  void aDayIsNotClosedBeforeItsRecordsHaveLanded() throws Exception {
    String sink = "cassandra-daily-records";
    String day = "2024-03-05";
    try {
      stack.succeed("connectors", "pause", sink);
      await()
          .atMost(RunningStack.LIMIT)
          .until(
              () ->
                  stack
                      .connect("/connectors/" + sink + "/status")
                      .findValuesAsText("state")
                      .stream()
                      .allMatch("PAUSED"::equals));
      stack.succeed("generate", "--from", day, "--to", day);
      Set<Path> before = stack.exported().keySet();

      CommandProcess.Result behind = stack.run("caught-up", "--timeout", "2");
      assertThat(behind.status()).isEqualTo(1);
      assertThat(behind.err())
          .contains("Not caught up within 2 s: connect-" + sink, "furnistream connectors status");
      CommandProcess.Result rollup =
          stack.run("rollup", "--timeout", "2", "--from", day, "--to", day);
      assertThat(rollup.status()).isEqualTo(2);
      assertThat(rollup.err()).contains("Not caught up within 2 s: connect-" + sink);
      assertThat(stack.exported()).containsOnlyKeys(before);
    } finally {
      stack.succeed("connectors", "resume", sink);
    }
    stack.succeed("caught-up");
    stack.closeDays(day, day);
    stack.verified();
  }

  @Test
  void aDifferenceInAClosedDayIsNamed() throws Exception {
    for (String file : List.of("records", "rollups/daily_category_product")) {
      Path parquet = stack.state().resolve("export").resolve(file).resolve("2023-12-06.parquet");
      String column = file.equals("records") ? "revenue" : "daily_rev";
      try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = duckDb.createStatement()) {
        statement.execute(
            "CREATE TABLE t AS SELECT * REPLACE (CASE file_row_number WHEN 0 THEN %1$s + 0.0001"
                    .formatted(column)
                + " ELSE %1$s END::DECIMAL(18,4) AS %1$s) FROM read_parquet('%2$s', file_row_number = true)"
                    .formatted(column, parquet));
        statement.execute(
            "COPY (SELECT * EXCLUDE file_row_number FROM t) TO '%s' (FORMAT parquet)"
                .formatted(parquet));
      }
      stack.assertDiffers(
          "2023-12-06",
          file.equals("records") ? "parquet" : "parquet.daily_category_product",
          column,
          "0.0001");
      CommandProcess.Result refused =
          stack.run("rollup", "--from", "2023-12-06", "--to", "2023-12-06");
      assertThat(refused.status())
          .as("a file that no rollup wrote is not overwritten")
          .isEqualTo(2);
      assertThat(refused.err()).contains(parquet.toString(), "Move it away");
      Files.delete(parquet);
      assertThat(stack.closeDays("2023-12-06", "2023-12-06").out()).contains("2023-12-06  moved");
      stack.verified();
    }
  }
}
