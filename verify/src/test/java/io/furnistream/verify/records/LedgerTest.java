package io.furnistream.verify.records;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static io.furnistream.verify.tables.Sales.DEC_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.schemas.IdChecksum;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.verify.database.EmptyDatabase;
import io.furnistream.verify.database.ProofDatabase;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.Problem;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private static final String FULL = "ffffffffffffffffffffffffffffffff";
  private static final String THREE = "00000000000000000000000000000003";
  private static final String TWO = "00000000000000000000000000000002";

  private static final Instant AT = Instant.parse("2023-12-01T17:05:00Z");

  private final Ledger ledger = new Ledger(DayRange.ALL);

  @Test
  void statesWhatTheOneDatasetOfADayStates() {
    ledger.put(key("a", DEC_1), complete(3, 5, "10.5000", "1.2500", 2, THREE));

    assertThat(ledger.reading().days())
        .containsExactly(
            Map.entry(
                DEC_1,
                new Figures(
                    3L,
                    5L,
                    new BigDecimal("10.5000"),
                    new BigDecimal("1.2500"),
                    2L,
                    new IdChecksum(0, 3))));
    assertThat(ledger.problems()).isEmpty();
  }

  @Test
  void overDatasetsSumsAndChecksumsAddUpAndCustomersDoNot() {
    ledger.put(key("a", DEC_1), complete(3, 5, "10.5000", "1.2500", 2, THREE));
    ledger.put(key("b", DEC_1), complete(4, 6, "0.0001", "-2.0000", 3, FULL));
    ledger.put(key("b", DEC_2), complete(1, 1, "9.0000", "1.0000", 1, TWO));

    assertThat(ledger.reading().days())
        .containsExactly(
            Map.entry(
                DEC_1,
                new Figures(
                    7L,
                    11L,
                    new BigDecimal("10.5001"),
                    new BigDecimal("-0.7500"),
                    null,
                    // 3 + (2^128 - 1), modulo 2^128
                    new IdChecksum(0, 2))),
            Map.entry(
                DEC_2,
                new Figures(
                    1L,
                    1L,
                    new BigDecimal("9.0000"),
                    new BigDecimal("1.0000"),
                    1L,
                    new IdChecksum(0, 2))));
  }

  @Test
  void datasetsOfTheLargestDaysAddUpToTheDigit() {
    String largest = "99999999999999999900000.0000"; // 10^9 records of 99999999999999.9999
    ledger.put(
        key("a", DEC_1),
        complete(1_000_000_000, 100_000_000_000_000L, largest, "-" + largest, 2, THREE));
    ledger.put(
        key("b", DEC_1),
        complete(1_000_000_000, 100_000_000_000_000L, largest, "-" + largest, 2, TWO));

    assertThat(ledger.reading().on(DEC_1))
        .isEqualTo(
            new Figures(
                2_000_000_000L,
                200_000_000_000_000L,
                new BigDecimal("199999999999999999800000.0000"),
                new BigDecimal("-199999999999999999800000.0000"),
                null,
                new IdChecksum(0, 5)));
  }

  @Test
  void aDatasetThatSoldNothingSharesNoCustomers() {
    ledger.put(key("a", DEC_1), complete(3, 5, "10.5000", "1.2500", 2, THREE));
    ledger.put(key("b", DEC_1), complete(0, 0, "0.0000", "0.0000", 0, "0".repeat(32)));

    assertThat(ledger.reading().on(DEC_1).customers()).isEqualTo(2);
  }

  @Test
  void runningADatasetsDayAgainReplacesIt() {
    ledger.put(key("a", DEC_1), complete(3, 5, "10.5000", "1.2500", 2, THREE));
    ledger.put(key("a", DEC_1), started());
    ledger.put(key("a", DEC_1), complete(1, 1, "9.0000", "1.0000", 1, TWO));

    assertThat(ledger.reading().on(DEC_1).records()).isEqualTo(1);
    assertThat(ledger.reading().on(DEC_1).customers()).isEqualTo(1);
    assertThat(ledger.problems()).isEmpty();
  }

  @Test
  void aDayStartedOverACompleteOneIsAProblemAndStatesNothing() {
    ledger.put(key("a", DEC_1), complete(3, 5, "10.5000", "1.2500", 2, THREE));
    ledger.put(key("b", DEC_1), complete(4, 6, "1.0000", "1.0000", 3, TWO));
    ledger.put(key("a", DEC_1), started());

    assertThat(ledger.reading().on(DEC_1)).isEqualTo(Figures.UNKNOWN);
    assertThat(ledger.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.isError()).isTrue();
              assertThat(problem.day()).isEqualTo(DEC_1);
              assertThat(problem.message())
                  .isEqualTo(
                      "2023-12-01 dataset 'a' is STARTED and not COMPLETE (run run-1 of datagen 1): run it again, with --seed 7");
            });
  }

  @Test
  void aCompleteEntryThatLacksAFigureProvesNothing() {
    ledger.put(
        key("a", DEC_1),
        RunLedger.newBuilder(complete(3, 5, "1.0000", "1.0000", 2, THREE)).setProfit(null).build());

    assertThat(ledger.reading().on(DEC_1)).isEqualTo(Figures.UNKNOWN);
    assertThat(ledger.problems()).hasSize(1);
  }

  @Test
  void aTombstoneTakesTheEntryBack() {
    ledger.put(key("a", DEC_1), complete(3, 5, "10.5000", "1.2500", 2, THREE));
    ledger.put(key("a", DEC_1), null);

    assertThat(ledger.reading().days()).isEmpty();
    assertThat(ledger.reading().on(DEC_1)).isEqualTo(Figures.ZERO);
  }

  @Test
  void daysOutsideTheRangeArePassedOver() {
    Ledger second = new Ledger(new DayRange(DEC_2, DEC_2));
    second.put(key("a", DEC_1), started());
    second.put(key("a", DEC_2), complete(3, 5, "10.5000", "1.2500", 2, THREE));

    assertThat(second.reading().days().keySet()).containsExactly(DEC_2);
    assertThat(second.problems()).isEmpty();
  }

  @Test
  void anInvalidChecksumIsUnreadable() {
    assertThatThrownBy(
            () -> ledger.put(key("a", DEC_1), complete(1, 1, "1.0000", "1.0000", 1, "xyz")))
        .isInstanceOf(UnreadableRecordException.class);
  }

  @Test
  void theTableHoldsEveryEntryAsItIs() {
    ledger.put(key("a", DEC_1), started());

    try (ProofDatabase database = EmptyDatabase.open()) {
      ledger.stage(database);
      database.forEachRow(
          "FROM ledger_entry",
          row -> {
            assertThat(row.date("of_day")).isEqualTo(DEC_1);
            assertThat(row.text("dataset")).isEqualTo("a");
            assertThat(row.text("arguments")).isEqualTo("--seed 7");
            assertThat(row.instant("started_at")).isEqualTo(started().getStartedAt());
            assertThat(row.count("records")).isNull();
          });
      assertThat(database.count("SELECT count(*) AS count FROM ledger_entry")).isEqualTo(1);
    }
  }

  /** As long as its run states it, a day that goes on states what it has come to. */
  @Test
  void aLiveDayStatesWhatItHasComeTo() {
    Clock now = Clock.fixed(AT, ZoneOffset.UTC);
    Ledger live = new Ledger(DayRange.ALL, now);
    live.put(key("a", DEC_1), live(3, AT), AT.minusSeconds(299));

    assertThat(live.reading().on(DEC_1).records()).isEqualTo(3L);
    assertThat(live.open().days()).containsExactly(DEC_1);
    assertThat(live.problems()).hasSize(1).noneMatch(Problem::isError);

    Ledger silent = new Ledger(DayRange.ALL, now);
    silent.put(key("a", DEC_1), live(3, AT), AT.minusSeconds(301));
    assertThat(silent.problems()).hasSize(1).allMatch(Problem::isError);
    assertThat(silent.problems().get(0).message()).contains("Start it again");
  }

  @Test
  void aDayThatWasOpenWhenRecordsWereReadIsAsItWasThen() {
    Ledger before = new Ledger(DayRange.ALL);
    before.put(key("a", DEC_1), live(3, AT), AT);
    before.put(key("b", DEC_1), live(1, AT), AT);

    Ledger after = new Ledger(DayRange.ALL);
    after.put(key("a", DEC_1), live(7, AT.plusSeconds(60)), AT);
    after.put(key("b", DEC_1), complete(9, 9, "9.0000", "1.0000", 1, TWO));
    assertThat(after.takeOpenFrom(before)).isTrue();
    assertThat(after.reading().on(DEC_1).records()).isEqualTo(4L);

    Ledger later = new Ledger(DayRange.ALL);
    later.put(key("a", DEC_1), live(7, AT.plusSeconds(60)), AT);
    later.put(key("c", DEC_1), live(1, AT.plusSeconds(60)), AT);
    assertThat(later.takeOpenFrom(before)).as("a run has begun since").isFalse();
  }

  /** Its sales may be in the minutes of a day, in UTC, that is compared. */
  @Test
  void theDayBehindThoseThatAreComparedMayBeOpenToo() {
    Ledger ofDec1 = new Ledger(new DayRange(DEC_1, DEC_1));
    ofDec1.put(key("a", DEC_2), live(3, AT), AT);
    assertThat(ofDec1.open().days()).containsExactly(DEC_2);
    assertThat(ofDec1.reading().days()).isEmpty();
    assertThat(ofDec1.problems()).isEmpty();
  }

  private static RunLedger live(long records, Instant until) {
    return RunLedger.newBuilder(complete(records, 5, "10.5000", "1.2500", 2, THREE))
        .setStatus("STARTED")
        .setCompletedAt(null)
        .setUntil(until)
        .setSpans("[]")
        .build();
  }

  private static RunLedgerKey key(String dataset, LocalDate day) {
    return new RunLedgerKey(dataset, day);
  }

  private static RunLedger started() {
    return RunLedger.newBuilder()
        .setStatus("STARTED")
        .setRunId("run-1")
        .setProducer("datagen 1")
        .setArguments("--seed 7")
        .setStartedAt(Instant.parse("2023-12-02T00:00:00Z"))
        .build();
  }

  private static RunLedger complete(
      long records, long quantity, String revenue, String profit, long customers, String checksum) {
    return RunLedger.newBuilder(started())
        .setStatus("COMPLETE")
        .setCompletedAt(Instant.parse("2023-12-02T00:01:00Z"))
        .setRecords(records)
        .setQuantity(quantity)
        .setRevenue(new BigDecimal(revenue))
        .setProfit(new BigDecimal(profit))
        .setCustomers(customers)
        .setIdChecksum(checksum)
        .build();
  }
}
