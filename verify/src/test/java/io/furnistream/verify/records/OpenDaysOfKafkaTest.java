package io.furnistream.verify.records;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static io.furnistream.verify.tables.Sales.DEC_2;
import static io.furnistream.verify.tables.Sales.key;
import static io.furnistream.verify.tables.Sales.sale;
import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.verify.tables.DayRange;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of days that live runs are adding to, what the ledger states counts. */
class OpenDaysOfKafkaTest {

  private static final Instant UNTIL = Instant.parse("2023-12-01T17:05:00Z");
  private static final Instant BEFORE = UNTIL.minusMillis(1);

  private final Sold sold = new Sold();

  @AfterEach
  void close() {
    sold.close();
  }

  @Test
  void whereNoDayIsOpenAllCounts() {
    put(DEC_1, 1, UNTIL, "live");

    assertThat(records(DEC_1)).isEqualTo(1);
  }

  @Test
  void recordsOfALiveRunCountUpToWhatTheLedgerStates() {
    sold.open().add(DEC_1, "live", UNTIL);
    put(DEC_1, 1, BEFORE, "live");
    put(DEC_1, 2, UNTIL, "live");
    put(DEC_1, 3, UNTIL, "other");
    put(DEC_1, 4, UNTIL, null);
    put(DEC_2, 5, UNTIL, "live");

    assertThat(records(DEC_1)).isEqualTo(3);
    assertThat(records(DEC_2)).isEqualTo(1);
  }

  @Test
  void ofTwoLiveRunsEachCountsUpToItsOwnTime() {
    sold.open().add(DEC_1, "live", UNTIL);
    sold.open().add(DEC_1, "slow", UNTIL.minusSeconds(300));
    put(DEC_1, 1, UNTIL.minusSeconds(300), "live");
    put(DEC_1, 2, UNTIL.minusSeconds(300), "slow");

    assertThat(records(DEC_1)).isEqualTo(1);
  }

  @Test
  void whatWasSaidBeforeCountsUntilTheLedgerStatesWhatReplacesIt() {
    sold.open().add(DEC_1, "live", UNTIL);
    put(DEC_1, 1, BEFORE, "live");
    put(DEC_1, 1, UNTIL, "live");

    assertThat(records(DEC_1)).isEqualTo(1);
  }

  @Test
  void aTombstoneOfAnOpenDayTakesBack() {
    sold.open().add(DEC_1, "live", UNTIL);
    put(DEC_1, 1, BEFORE, "live");
    sold.put(key(DEC_1, 1), null, "live");

    assertThat(sold.prepare(DayRange.ALL).figures()).isEmpty();
  }

  private void put(LocalDate day, int n, Instant ts, String dataset) {
    assertThat(sold.put(key(day, n), sale(day, n, "ann", "1.0000").setTs(ts).build(), dataset))
        .isEmpty();
  }

  private long records(LocalDate day) {
    return sold.prepare(DayRange.ALL).figures().get(day).records();
  }
}
