package io.furnistream.aggregates.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.aggregates.testing.PlainLoop;
import io.furnistream.aggregates.testing.RandomHistory;
import io.furnistream.aggregates.testing.VerifiedRows;
import io.furnistream.schemas.DailyPuRev;
import io.furnistream.schemas.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens to the records, in whatever order the tasks of six partitions work, commit and
 * crash, the topics hold the results of a plain loop over the rest.
 */
class RandomHistoriesTest {

  private static final int CHANGES = 1_500;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 24);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void topicsHoldTheResultsOfAPlainLoop(long seed) throws Exception {
    RandomHistory history = new RandomHistory(seed, 80, 3, 4);
    Random pace = new Random(-seed);
    Simulation simulation = new Simulation(seed);
    for (int change = 1; change <= CHANGES; change++) {
      RandomHistory.Change next = history.next();
      assertThat(simulation.send(next.key(), next.value())).as("%s", next).isEqualTo(next.sound());
      if (pace.nextInt(4) == 0) {
        simulation.step();
      }
      if (change % 500 == 0) {
        simulation.settle();
        check(simulation, history);
      }
    }
    assertThat(history.unsound()).isBetween(CHANGES / 20, CHANGES / 2);
    history.table().keySet().forEach(key -> simulation.send(key, null));
    simulation.settle();
    for (Topic topic : Topic.AGGREGATED) {
      assertThat(simulation.table(topic)).as(topic.topicName()).isEmpty();
    }
    // What remains are the latest records of each partition: none, in an entry each.
    assertThat(simulation.stored()).isLessThanOrEqualTo(6);
  }

  private static void check(Simulation simulation, RandomHistory history) {
    Map<SpecificRecord, SpecificRecord> last = new HashMap<>();
    for (Simulation.Row row : simulation.rows()) {
      if (row.topic() == Topic.DAILY_CATEGORY_PRODUCT) {
        assertThat(row.value())
            .as("a row is not sent again unchanged")
            .isNotEqualTo(last.get(row.key()));
        last.put(row.key(), row.value());
      }
      if (row.value() instanceof DailyPuRev day) {
        assertThat(day.getDailyPu()).as("records without a customer").isPositive();
        assertThat(day.getDailyOrders()).as("records without an order").isPositive();
      }
    }
    for (Topic topic : Topic.AGGREGATED) {
      assertThat(simulation.table(topic))
          .as(topic.topicName())
          .isEqualTo(PlainLoop.over(topic, history.records()));
      if (topic.table().day().isPresent()) {
        assertThat(simulation.table(topic))
            .as(topic.topicName())
            .isEqualTo(VerifiedRows.over(topic, history.records()));
      }
    }
  }
}
