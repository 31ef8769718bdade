package io.furnistream.verify;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.testing.FakeStopwatch;
import io.furnistream.verify.tables.Difference;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SettlingTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final FakeStopwatch stopwatch = new FakeStopwatch();

  @Test
  void agreementIsTheAnswerAtOnce() {
    assertThat(settle(second -> List.of(), () -> true)).isEmpty();
    assertThat(stopwatch.elapsed()).isZero();
  }

  @Test
  void aDifferenceThatVanishesDoesNotCount() {
    assertThat(settle(second -> second < 4 ? off(second) : List.of(), () -> true)).isEmpty();
    assertThat(stopwatch.elapsed()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void aDifferenceThatLastsSixSecondsCounts() {
    assertThat(settle(second -> off(9), () -> true)).isEqualTo(off(9));
    assertThat(stopwatch.elapsed()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void aDifferenceThatMovesIsGivenItsTime() {
    assertThat(settle(second -> off(Math.min(second, 5)), () -> true)).isEqualTo(off(5));
    assertThat(stopwatch.elapsed()).isEqualTo(Duration.ofSeconds(11));
  }

  @Test
  void aDifferenceDoesNotCountWhileAGroupIsBehind() {
    assertThat(settle(second -> off(9), () -> stopwatch.elapsed().toSeconds() > 10))
        .isEqualTo(off(9));
    assertThat(stopwatch.elapsed()).isEqualTo(Duration.ofSeconds(16));
  }

  @Test
  void theLimitEndsIt() {
    assertThat(settle(SettlingTest::off, () -> true)).isEqualTo(off(60));
    assertThat(stopwatch.elapsed()).isEqualTo(LIMIT);
  }

  private List<Difference> settle(
      Function<Long, List<Difference>> atSecond, BooleanSupplier caughtUp) {
    return new Settling(() -> atSecond.apply(stopwatch.elapsed().toSeconds()), caughtUp, stopwatch)
        .differences(LIMIT);
  }

  private static List<Difference> off(long found) {
    return List.of(Difference.of(DEC_1, "postgres", null, "records", 100L, found));
  }
}
