package io.furnistream.stores.landing;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.AggregatesGroup;
import io.furnistream.testing.FakeStopwatch;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CatchUpWaitTest {

  private final FakeStopwatch stopwatch = new FakeStopwatch();
  private final StringWriter messages = new StringWriter();

  @Test
  void nobodyBehindIsNotWaitedFor() {
    assertThat(await(List::of)).isEmpty();
    assertThat(stopwatch.elapsed()).isZero();
    assertThat(messages.toString()).isEmpty();
  }

  @Test
  void waitsUntilNoGroupIsBehindAndNamesIt() {
    Supplier<List<Behind>> behind =
        () ->
            stopwatch.elapsed().toSeconds() < 7
                ? List.of(behind(0), behind(1), behind(2))
                : List.of();

    assertThat(await(behind)).isEmpty();
    // Asked more seldom as time passes.
    assertThat(stopwatch.elapsed()).isEqualTo(Duration.ofMillis(7_750));
    assertThat(messages.toString().lines())
        .containsExactly(
            "Waiting for %s, topic daily_records, partition 0: committed offset 3, wanted 9 (and 2 more partitions); 0 of at most 30 s"
                .formatted(AggregatesGroup.ID),
            "Waiting for %s, topic daily_records, partition 0: committed offset 3, wanted 9 (and 2 more partitions); 5 of at most 30 s"
                .formatted(AggregatesGroup.ID));
  }

  @Test
  void givesUpAtTheLimitAndReturnsWhoIsBehind() {
    assertThat(await(() -> List.of(behind(4)))).containsExactly(behind(4));
    assertThat(stopwatch.elapsed()).isEqualTo(Duration.ofSeconds(30));
  }

  private List<Behind> await(Supplier<List<Behind>> behind) {
    return new CatchUpWait(behind, stopwatch, new PrintWriter(messages))
        .await(Duration.ofSeconds(30));
  }

  private static Behind behind(int partition) {
    return new Behind(
        ConsumerGroup.AGGREGATES,
        new TopicPartition("daily_records", partition),
        3L,
        9,
        GroupState.STABLE);
  }
}
