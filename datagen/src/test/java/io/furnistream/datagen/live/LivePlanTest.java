package io.furnistream.datagen.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import io.furnistream.datagen.sales.Days;
import io.furnistream.datagen.sales.LiveDataset;
import io.furnistream.datagen.sales.LiveSales;
import io.furnistream.schemas.RunLedger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LivePlanTest {

  private static final LocalDate TODAY = LocalDate.parse("2027-11-26");
  private static final Instant MIDNIGHT = Instant.parse("2027-11-26T05:00:00Z");
  private static final Instant NOON = Instant.parse("2027-11-26T17:00:00Z");

  private final TreeMap<LocalDate, RunLedger> stated = new TreeMap<>();

  @Test
  void theFirstRunBeginsNowOrWithItsDay() {
    assertThat(atRate(NOON).first()).isEmpty();
    assertThat(atRate(NOON).begin()).isEqualTo(NOON);
    assertThat(byDemand(NOON).first()).containsExactly(step(TODAY, MIDNIGHT, NOON, false));
    assertThat(byDemand(NOON).begin()).isEqualTo(NOON);
  }

  @Test
  void aRunThatWasKilledGoesOnWhereItMayHaveCome() {
    Instant until = NOON.minusSeconds(600);
    stated.put(TODAY, entry("STARTED", until));
    assertThat(atRate(NOON).first())
        .containsExactly(step(TODAY, until, until.plusSeconds(120), false));
    assertThat(atRate(NOON).begin()).isEqualTo(until.plusSeconds(120));
    assertThat(byDemand(NOON).first()).containsExactly(step(TODAY, until, NOON, false));

    // No further than now.
    assertThat(atRate(until.plusSeconds(30)).begin()).isEqualTo(until.plusSeconds(30));
  }

  @Test
  void oneThatWasKilledLongAgoIsBroughtToAnEnd() {
    Instant until = NOON.minusSeconds(3_601);
    stated.put(TODAY, entry("STARTED", until));
    assertThat(atRate(NOON).first())
        .containsExactly(step(TODAY, until, until.plusSeconds(120), true));
    assertThat(atRate(NOON).begin()).isEqualTo(NOON);
  }

  /** A made-up minute is never of another day than the one that it is counted for. */
  @Test
  void whatIsMadeUpForEndsAtMidnight() {
    Instant until = MIDNIGHT.minusSeconds(60);
    stated.put(TODAY.minusDays(1), entry("STARTED", until));
    Instant now = MIDNIGHT.plusSeconds(300);
    assertThat(atRate(now).first())
        .containsExactly(step(TODAY.minusDays(1), until, MIDNIGHT, true));
    assertThat(atRate(now).begin()).isEqualTo(MIDNIGHT);
    assertThat(byDemand(now).first())
        .containsExactly(
            step(TODAY.minusDays(1), until, MIDNIGHT, true), step(TODAY, MIDNIGHT, now, false));
  }

  @Test
  void everyDayThatWasLeftIsBroughtToAnEnd() {
    LocalDate earlier = TODAY.minusDays(9);
    Instant until = Instant.parse("2027-11-17T20:00:00Z");
    stated.put(earlier, entry("STARTED", until));
    stated.put(TODAY, entry("COMPLETE", NOON.minusSeconds(60)));
    assertThat(atRate(NOON).first())
        .containsExactly(step(earlier, until, until.plusSeconds(120), true));
    assertThat(atRate(NOON).begin()).isEqualTo(NOON);
  }

  @Test
  void aClockThatWasSetBackSellsNothingTwice() {
    stated.put(TODAY, entry("COMPLETE", NOON));
    assertThat(atRate(NOON.minusSeconds(60)).begin()).isEqualTo(NOON);
    assertThat(byDemand(NOON.minusSeconds(60)).begin()).isEqualTo(NOON);
    assertThatThrownBy(() -> atRate(NOON.minusSeconds(3_600)))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("the clock of this machine says 2027-11-26T16:00:00Z");
  }

  @Test
  void anEntryThatIsNotOfALiveRunIsLeftAlone() {
    stated.put(TODAY, entry("COMPLETE", null));
    assertThatThrownBy(() -> atRate(NOON)).hasMessageContaining("not of a live run");
  }

  private LivePlan atRate(Instant now) {
    return plan(new LiveDataset(Days.furniture(), 7, false, 20), now);
  }

  private LivePlan byDemand(Instant now) {
    return plan(new LiveDataset(Days.furniture(), 7, true, 20), now);
  }

  private LivePlan plan(LiveDataset dataset, Instant now) {
    return LivePlan.of(dataset, new LiveSales(dataset), stated, now);
  }

  private static LivePlan.Step step(LocalDate day, Instant from, Instant to, boolean ends) {
    return new LivePlan.Step(day, new Spans.Span(from, to), ends);
  }

  private static RunLedger entry(String status, Instant until) {
    return RunLedger.newBuilder()
        .setStatus(status)
        .setRunId("a run")
        .setProducer("datagen 2")
        .setArguments("")
        .setStartedAt(MIDNIGHT)
        .setUntil(until)
        .build();
  }
}
