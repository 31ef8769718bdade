package io.furnistream.aggregates;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.DailyPuRev;
import io.furnistream.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to the records, the topics hold what a plain loop over the rest comes to. */
class RandomHistoriesTest {

  private static final int CHANGES = 400;

  @TempDir Path folder;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void topicsHoldWhatAPlainLoopComesTo(long seed) throws Exception {
    RandomHistory history = new RandomHistory(seed, 12, 3, 4);
    Random clock = new Random(-seed);
    Map<Topic, Map<SpecificRecord, SpecificRecord>> sent = new HashMap<>();
    try (TestRun run = new TestRun(folder)) {
      for (int change = 1; change <= CHANGES; change++) {
        RandomHistory.Change next = history.next();
        run.send(next.key(), next.value());
        if (clock.nextInt(8) == 0) {
          run.pass(Duration.ofMillis(clock.nextInt(1500)));
        }
        if (change % 100 == 0) {
          run.settle();
          for (Aggregate aggregate : AggregateSet.ALL) {
            check(run, aggregate.topic(), history, sent);
          }
        }
      }
    }
  }

  private static void check(
      TestRun run,
      Topic topic,
      RandomHistory history,
      Map<Topic, Map<SpecificRecord, SpecificRecord>> sent) {
    Map<SpecificRecord, SpecificRecord> last = sent.computeIfAbsent(topic, any -> new HashMap<>());
    for (TestRecord<SpecificRecord, SpecificRecord> row : run.rows(topic)) {
      assertThat(row.value())
          .as("a row of %s is not sent again unchanged", topic)
          .isNotEqualTo(last.get(row.key()));
      if (row.value() instanceof DailyPuRev day) {
        assertThat(day.getDailyPu()).as("records without a customer").isPositive();
        assertThat(day.getDailyOrders()).as("records without an order").isPositive();
      }
      last.put(row.key(), row.value());
    }
    assertThat(run.table(topic)).isEqualTo(PlainLoop.over(topic, history.records()));
  }
}
