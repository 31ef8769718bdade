package io.furnistream.aggregates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotRunningWatchTest {

  private long now;
  private String state = "REBALANCING";
  private List<String> report = List.of("one is open, for 1 s");
  private final NotRunningWatch watch = new NotRunningWatch(() -> state, () -> report, () -> now);

  @Test
  void reportsAfterThePatienceAndThenOnceInIt() throws Exception {
    assertThat(watch.look()).isEmpty();
    pass(Duration.ofSeconds(29));
    assertThat(watch.look()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(watch.look()).isEqualTo(report);

    report = List.of("one is open, for 31 s");
    pass(Duration.ofSeconds(29));
    assertThat(watch.look()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(watch.look()).isEqualTo(report);
  }

  @Test
  void saysTheSameOnce() throws Exception {
    report = List.of("nothing is open");
    pass(NotRunningWatch.PATIENCE);
    assertThat(watch.look()).isEqualTo(report);
    pass(NotRunningWatch.PATIENCE);
    assertThat(watch.look()).isEmpty();

    report = List.of("another");
    pass(NotRunningWatch.PATIENCE);
    assertThat(watch.look()).isEqualTo(report);
  }

  @Test
  void beginsAnewWhenItRan() throws Exception {
    pass(NotRunningWatch.PATIENCE);
    assertThat(watch.look()).isEqualTo(report);
    state = "RUNNING";
    pass(NotRunningWatch.PATIENCE);
    assertThat(watch.look()).isEmpty();

    state = "REBALANCING";
    pass(Duration.ofSeconds(29));
    assertThat(watch.look()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(watch.look()).isEqualTo(report);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
