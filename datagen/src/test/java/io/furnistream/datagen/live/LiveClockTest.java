package io.furnistream.datagen.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LiveClockTest {

  private static final Instant START = Instant.parse("2027-11-26T17:00:00Z");

  private final FastTime time = new FastTime(START, 0);
  private final LiveClock clock = new LiveClock(time, time, START);

  @Test
  void itFollowsNow() {
    time.pass(Duration.ofMillis(1_500));
    assertThat(clock.advance()).isEqualTo(START.plusMillis(1_500));
    assertThat(clock.behind()).isZero();
  }

  @Test
  void afterAPauseItCatchesUpAtLessThanTwiceTheRate() {
    time.pass(Duration.ofSeconds(40));
    clock.hold();
    assertThat(clock.position()).isEqualTo(START);
    assertThat(clock.behind()).isEqualTo(Duration.ofSeconds(40));
    Instant last = clock.position();
    int seconds = 0;
    while (!clock.behind().isZero()) {
      time.pass(Duration.ofSeconds(1));
      Instant now = clock.advance();
      assertThat(Duration.between(last, now)).isLessThan(Duration.ofSeconds(2));
      last = now;
      seconds++;
      assertThat(seconds).isLessThanOrEqualTo(67);
    }
    assertThat(seconds).isEqualTo(67);
  }

  @Test
  void aClockThatIsSetBackOrForwardsNeitherRepeatsNorJumps() {
    time.pass(Duration.ofSeconds(10));
    Instant reached = clock.advance();
    time.set(START.minusSeconds(3_600));
    assertThat(clock.advance()).isEqualTo(reached);
    time.set(START.plusSeconds(3_600));
    time.pass(Duration.ofSeconds(1));
    assertThat(clock.advance()).isEqualTo(reached.plusMillis(1_600));
  }
}
