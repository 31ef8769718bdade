package io.furnistream.replay.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.testing.FakeStopwatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Instant FIRST = Instant.parse("2020-01-02T10:00:00Z");

  private final FakeStopwatch stopwatch = new FakeStopwatch();
  private final List<Duration> drained = new ArrayList<>();

  @Test
  void salesComeAsFarApartAsTheyWereScaled() {
    Pace pace = new Pace(60, stopwatch);

    await(pace, FIRST);
    assertThat(stopwatch.elapsed()).isZero();

    await(pace, FIRST.plusSeconds(90));
    assertThat(stopwatch.elapsed()).isEqualTo(Duration.ofMillis(1500));

    await(pace, FIRST.plusSeconds(90));
    await(pace, FIRST.plusSeconds(600));
    assertThat(stopwatch.elapsed()).isEqualTo(Duration.ofSeconds(10));
    assertThat(drained).containsExactly(Duration.ZERO, Duration.ofMillis(1500));
  }

  @Test
  void whatIsLateDoesNotWait() {
    Pace pace = new Pace(60, stopwatch);
    await(pace, FIRST);
    stopwatch.pause(Duration.ofSeconds(5));

    await(pace, FIRST.plusSeconds(60));

    assertThat(stopwatch.elapsed()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void withoutASpeedNothingWaits() {
    Pace pace = new Pace(0, stopwatch);
    await(pace, FIRST);
    await(pace, FIRST.plusSeconds(1_000_000));

    assertThat(stopwatch.elapsed()).isZero();
    assertThat(drained).isEmpty();
  }

  private void await(Pace pace, Instant time) {
    pace.await(time, () -> drained.add(stopwatch.elapsed()));
  }
}
