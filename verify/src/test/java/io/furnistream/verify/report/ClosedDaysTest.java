package io.furnistream.verify.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.verify.tables.Comparison;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.Problem;
import io.furnistream.verify.tables.StoreReading;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClosedDaysTest {

  @Test
  void daysThatAdjoinAreOneRangeAndThoseBetweenAreNotNamed() {
    assertThat(advice("2023-12-01", "2023-12-02", "2024-02-29", "2024-03-01", "2024-05-05"))
        .containsExactly(
            "Days not closed into Parquet: 5. Close them, when they have ended: furnistream rollup"
                + " --from 2023-12-01 --to 2023-12-02"
                + " --from 2024-02-29 --to 2024-03-01"
                + " --from 2024-05-05 --to 2024-05-05");
  }

  /** Its command would be refused, and close none of the others. */
  @Test
  void aDayThatMayNotHaveEndedIsLeftOut() {
    String today = LocalDate.now(ZoneOffset.UTC).toString();

    assertThat(advice(today)).isEmpty();
    assertThat(advice("2023-12-01", today))
        .singleElement()
        .asString()
        .endsWith("--from 2023-12-01 --to 2023-12-01");
  }

  private static List<String> advice(String... days) {
    TreeMap<LocalDate, Figures> figures = new TreeMap<>();
    for (String day : days) {
      figures.put(LocalDate.parse(day), Figures.ZERO);
    }
    StoreReading known = new StoreReading(Figures.ZERO, figures);
    StoreReading none = new StoreReading(Figures.UNKNOWN, new TreeMap<>());
    Report report =
        new Report(
            Map.of(Comparison.LEDGER, known, Comparison.KAFKA, known, "parquet", none),
            List.of(),
            List.of());
    return ClosedDays.advice(report).stream().map(Problem::message).toList();
  }
}
