package io.furnistream.verify.tables;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static io.furnistream.verify.tables.Sales.DEC_2;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OpenDaysTest {

  private static final Instant UNTIL = Instant.parse("2023-12-01T17:05:00Z");
  private static final Instant BEFORE = UNTIL.minusMillis(1);
  private static final Optional<String> LIVE = Optional.of("live");

  private final OpenDays open = new OpenDays();

  @Test
  void whereNoDayIsOpenAllCounts() {
    assertThat(open.states(DEC_1, id(1), UNTIL, LIVE)).isTrue();
    assertThat(open.counts(DEC_1, id(2), UNTIL)).isTrue();
    assertThat(open.leaveOut("live_kpis", DEC_1, List.of())).isFalse();
    assertThat(open.leaveOut("recent_records", DEC_1, List.of("1"))).isFalse();
  }

  @Test
  void recordsOfALiveRunCountUpToWhatTheLedgerStates() {
    open.add(DEC_1, "live", UNTIL);
    assertThat(open.states(DEC_1, id(1), BEFORE, LIVE)).isTrue();
    assertThat(open.states(DEC_1, id(2), UNTIL, LIVE)).isFalse();
    assertThat(open.states(DEC_1, id(3), UNTIL, Optional.of("other"))).isTrue();
    assertThat(open.states(DEC_1, id(4), UNTIL, Optional.empty())).isTrue();
    assertThat(open.states(DEC_2, id(5), UNTIL, LIVE)).isTrue();
  }

  /** A store knows no headers: what Kafka has said of the ids counts. */
  @Test
  void aStoresLaterRecordsCountWhenKafkaHasThemOfAnotherDataset() {
    open.add(DEC_1, "live", UNTIL);
    open.states(DEC_1, id(2), UNTIL, LIVE);
    open.states(DEC_1, id(3), UNTIL, Optional.empty());

    assertThat(open.counts(DEC_1, id(1), BEFORE)).isTrue();
    assertThat(open.counts(DEC_1, id(2), UNTIL)).isFalse();
    assertThat(open.counts(DEC_1, id(3), UNTIL)).isTrue();
    assertThat(open.counts(DEC_1, id(9), UNTIL)).as("that came after Kafka was read").isFalse();
  }

  @Test
  void ofTwoLiveRunsEachCountsUpToItsOwnTime() {
    Instant earlier = UNTIL.minusSeconds(300);
    open.add(DEC_1, "live", UNTIL);
    open.add(DEC_1, "slow", earlier);
    assertThat(open.states(DEC_1, id(1), earlier, LIVE)).isTrue();
    assertThat(open.states(DEC_1, id(2), earlier, Optional.of("slow"))).isFalse();
    assertThat(open.counts(DEC_1, id(1), earlier)).isTrue();
    assertThat(open.counts(DEC_1, id(2), earlier)).isFalse();
  }

  @Test
  void whatIsATotalOfTheDayWaitsAndWhatIsOfAMinuteDoesNot() {
    open.add(DEC_1, "live", UNTIL);
    assertThat(open.leaveOut("daily_pu_rev", DEC_1, List.of())).isTrue();
    assertThat(open.leaveOut("daily_pu_rev", DEC_2, List.of())).isFalse();
    assertThat(open.leaveOut("daily_records", DEC_1, List.of("1", "id"))).isFalse();
    assertThat(open.leaveOut("recent_records", DEC_2, List.of("1"))).isTrue();
    assertThat(open.leaveOut("run_ledger", DEC_1, List.of("live"))).isTrue();
    assertThat(open.leaveOut("run_ledger", DEC_1, List.of("other"))).isFalse();
    List<String> lastMinute = List.of("2023-12-01T17:04:00Z", "Furniture", "Web");
    List<String> nextMinute = List.of("2023-12-01T17:05:00Z", "Furniture", "Web");
    assertThat(open.leaveOut("sales_by_minute", DEC_1, lastMinute)).isFalse();
    assertThat(open.leaveOut("sales_by_minute", DEC_1, nextMinute)).isTrue();
  }

  /** A run begins within a minute. */
  @Test
  void aMinuteThatIsNotOverIsLeftOutAndThoseOfOtherDaysAreNot() {
    open.add(DEC_1, "live", UNTIL.plusSeconds(30));
    List<String> begun = List.of("2023-12-01T17:05:00Z", "Furniture", "Web");
    List<String> dayAfterNext = List.of("2023-12-03T18:00:00Z", "Furniture", "Web");
    assertThat(open.leaveOut("sales_by_minute", DEC_1, begun)).isTrue();
    assertThat(open.leaveOut("sales_by_minute", DEC_2.plusDays(1), dayAfterNext)).isFalse();
  }

  @Test
  void aDifferenceInAMinuteOfAnOpenDayIsFound() {
    open.add(DEC_1, "live", UNTIL);
    StoreReading must = new StoreReading(Figures.ZERO, new TreeMap<>(), List.of(minutes(3L, 1L)));
    StoreReading found =
        new StoreReading(
            Figures.ZERO, new TreeMap<>(Map.of(DEC_1, Figures.UNKNOWN)), List.of(minutes(2L, 9L)));
    StoreReading ledger = new StoreReading(Figures.ZERO, new TreeMap<>(), List.of());

    List<Difference> differences =
        new Comparison(ledger, must, Map.of(), open)
            .compare(Map.of("postgres", found))
            .differences();

    assertThat(differences).hasSize(1);
    assertThat(differences.get(0).inWords()).contains("17:04").contains("expected 3, found 2");
  }

  private static Table minutes(long last, long next) {
    Table table = new Table("sales_by_minute", "orders");
    table.put(DEC_1, List.of("2023-12-01T17:04:00Z", "Furniture", "Web"), last);
    table.put(DEC_1, List.of("2023-12-01T17:05:00Z", "Furniture", "Web"), next);
    return table;
  }

  private static UUID id(long number) {
    return new UUID(0, number);
  }
}
