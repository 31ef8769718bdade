package io.furnistream.verify.report;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static io.furnistream.verify.tables.Sales.DEC_2;
import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.IdChecksum;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.Problem;
import io.furnistream.verify.tables.StoreReading;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static final DayRange DAYS = new DayRange(DEC_1, DEC_2);
  private static final Difference OFF =
      Difference.of(DEC_1, "cassandra.daily_records", "1", "row", 1L, 0L);

  @Test
  void whatAgreesIsProved() {
    Verdict verdict = Verdict.of(report(List.of(), List.of(Problem.warning("a note"))), DAYS);

    assertThat(verdict)
        .isEqualTo(
            new Verdict(DAYS, Verdict.Outcome.PROVED, 2, 12, 0, 0, "kafka, cassandra, postgres"));
  }

  @Test
  void aDifferenceOrAnErrorIsNotProved() {
    assertThat(Verdict.of(report(List.of(OFF, OFF), List.of()), DAYS))
        .isEqualTo(
            new Verdict(
                DAYS, Verdict.Outcome.NOT_PROVED, 2, 12, 2, 0, "kafka, cassandra, postgres"));
    assertThat(
            Verdict.of(
                report(
                    List.of(), List.of(Problem.error(null, "a problem"), Problem.warning("note"))),
                DAYS))
        .isEqualTo(
            new Verdict(
                DAYS, Verdict.Outcome.NOT_PROVED, 2, 12, 0, 1, "kafka, cassandra, postgres"));
  }

  @Test
  void whereThereIsNothingNothingIsProved() {
    StoreReading none = new StoreReading(Figures.ZERO, new TreeMap<>());
    Report report = new Report(Map.of("ledger", none, "kafka", none), List.of(), List.of());

    assertThat(Verdict.of(report, DayRange.ALL))
        .isEqualTo(new Verdict(DayRange.ALL, Verdict.Outcome.NOTHING, 0, 0, 0, 0, "kafka"));
  }

  @Test
  void aScopeNamesTheDaysAndWhichEndIsOpen() {
    assertThat(scope(DayRange.ALL.from(), DayRange.ALL.to())).isEqualTo("all");
    assertThat(scope(DEC_1, DEC_1)).isEqualTo("2023-12-01/2023-12-01");
    assertThat(scope(DEC_1, DayRange.ALL.to())).isEqualTo("2023-12-01/..");
    assertThat(scope(DayRange.ALL.from(), DEC_2)).isEqualTo("../2023-12-02");
  }

  private static String scope(LocalDate from, LocalDate to) {
    return new Verdict(new DayRange(from, to), Verdict.Outcome.PROVED, 0, 0, 0, 0, "").scope();
  }

  private static Report report(List<Difference> differences, List<Problem> problems) {
    StoreReading reading =
        new StoreReading(
            Figures.ZERO, new TreeMap<>(Map.of(DEC_1, figures(10), DEC_2, figures(2))));
    Map<String, StoreReading> stores = new LinkedHashMap<>();
    List.of("ledger", "kafka", "cassandra", "postgres").forEach(name -> stores.put(name, reading));
    return new Report(stores, differences, problems);
  }

  private static Figures figures(long records) {
    return new Figures(
        records, records, BigDecimal.ONE, BigDecimal.ONE, records, new IdChecksum(0, records));
  }
}
