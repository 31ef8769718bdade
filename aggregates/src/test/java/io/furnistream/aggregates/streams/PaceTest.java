package io.furnistream.aggregates.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private long nanos = 1_000;
  private final Pace pace = new Pace(() -> nanos);

  @Test
  void isBusyUntilAWindowHasShownOtherwise() {
    pass(Duration.ofMillis(1_999), 0);
    assertThat(pace.isBusy()).isTrue();

    pass(Duration.ofMillis(1), 0);
    assertThat(pace.isBusy()).isFalse();
  }

  @Test
  void isBusyFromTheRateOn() {
    pass(Duration.ofSeconds(2), 4_999);
    assertThat(pace.isBusy()).isFalse();

    pass(Duration.ofSeconds(2), 5_000);
    assertThat(pace.isBusy()).isTrue();
  }

  @Test
  void aWindowThatWasLookedAtLateIsTakenByItsLength() {
    pass(Duration.ofSeconds(20), 49_999);
    assertThat(pace.isBusy()).isFalse();

    pass(Duration.ofSeconds(20), 50_000);
    assertThat(pace.isBusy()).isTrue();
  }

  @Test
  void staysAsItWasWithinAWindow() {
    pass(Duration.ofSeconds(2), 0);
    assertThat(pace.isBusy()).isFalse();

    pass(Duration.ofSeconds(1), 1_000_000);
    assertThat(pace.isBusy()).isFalse();

    pass(Duration.ofSeconds(1), 0);
    assertThat(pace.isBusy()).isTrue();
  }

  private void pass(Duration time, int records) {
    nanos += time.toNanos();
    for (int record = 0; record < records; record++) {
      pace.count();
    }
  }
}
