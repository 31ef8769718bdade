package io.furnistream.aggregates.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.aggregates.testing.HostileRecords;
import io.furnistream.aggregates.testing.PlainLoop;
import io.furnistream.aggregates.testing.RegistryServer;
import io.furnistream.aggregates.testing.Sales;
import io.furnistream.aggregates.testing.TestRun;
import io.furnistream.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a client sends, it costs the record that it is: no thread dies, each refused record has
 * its one letter, and all other records count as a plain loop counts them.
 */
class HostileRecordsTest {

  /**
   * A hundred thousand together, or, on demand, as many as are asked for through Streams itself.
   */
  private static final int THROUGH_STREAMS = Integer.getInteger("hostile.through.streams", 5_000);

  private static final int OVER_PARTITIONS = 95_000;
  private static final int BROKERS_LIMIT = 1 << 20;

  @TempDir Path folder;

  @Test
  void throughStreamsEachRefusedRecordIsOneLetter() throws Exception {
    int refused = 0;
    try (RegistryServer registry = RegistryServer.start();
        TestRun run = new TestRun(folder, registry.url())) {
      HostileRecords messages = messages(run, 13);
      List<Long> unsound = new ArrayList<>();
      for (long offset = 0; offset < THROUGH_STREAMS; offset++) {
        HostileRecords.Message next = messages.next();
        run.sendBytes(next.key(), next.value());
        if (!next.sound()) {
          unsound.add(offset);
        }
        if (offset % 1_000 == 999) {
          List<TestRecord<byte[], byte[]>> letters = run.deadLetters();
          assertThat(letters.stream().map(letter -> Long.parseLong(header(letter, "offset"))))
              .containsExactlyElementsOf(unsound);
          assertThat(letters)
              .allSatisfy(letter -> assertThat(size(letter)).isLessThan(BROKERS_LIMIT));
          refused += unsound.size();
          unsound.clear();
          check(run, messages);
        }
      }
    }
    assertThat(refused).isBetween(THROUGH_STREAMS / 4, 3 * THROUGH_STREAMS / 4);
  }

  /** The same over six partitions, whose tasks work, commit and crash by chance. */
  @Test
  void overSeveralPartitionsThatCrash() throws Exception {
    try (RegistryServer registry = RegistryServer.start();
        TestRun headers = new TestRun(folder)) {
      Simulation simulation = new Simulation(5, registry.url());
      HostileRecords messages = messages(headers, 14);
      for (int sent = 1; sent <= OVER_PARTITIONS; sent++) {
        HostileRecords.Message next = messages.next();
        assertThat(simulation.send(next.key(), next.value())).isEqualTo(next.sound());
        if (sent % 5 == 0) {
          HostileRecords.Elsewhere elsewhere = messages.elsewhere();
          assertThat(simulation.send(elsewhere.partition(), elsewhere.key(), elsewhere.value()))
              .as("in another partition than its id's")
              .isFalse();
        }
        if (sent % 4 == 0) {
          simulation.step();
        }
        if (sent % 9_500 == 0) {
          simulation.settle();
          for (Topic topic : Topic.AGGREGATED) {
            assertThat(simulation.table(topic))
                .as(topic.topicName())
                .isEqualTo(PlainLoop.over(topic, messages.records()));
          }
        }
      }
    }
  }

  private static HostileRecords messages(TestRun run, long seed) {
    var key = Sales.key(Sales.DAY, 1);
    return new HostileRecords(
        seed,
        Arrays.copyOf(run.keyBytes(key), 5),
        Arrays.copyOf(run.valueBytes(Sales.chair(key).build()), 5));
  }

  private static void check(TestRun run, HostileRecords messages) {
    for (Topic topic : Topic.AGGREGATED) {
      assertThat(run.table(topic))
          .as(topic.topicName())
          .isEqualTo(PlainLoop.over(topic, messages.records()));
    }
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader("__streams.errors." + name);
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private static int size(TestRecord<byte[], byte[]> letter) {
    int size = letter.key() == null ? 0 : letter.key().length;
    size += letter.value() == null ? 0 : letter.value().length;
    for (Header header : letter.headers()) {
      size += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return size;
  }
}
