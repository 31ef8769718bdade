package io.furnistream.stores.landing;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.Stopwatch;
import io.furnistream.schemas.Sink;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.kafka.Kafka;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The raw records that Cassandra must hold before a day can be closed from it. */
public final class LandedRecords {

  private LandedRecords() {}

  /**
   * Waits until Cassandra's sink has landed every record that Kafka holds now.
   *
   * @param limit how long it may take
   * @param messages receives what is being waited for
   * @throws CannotRunException when Kafka does not answer, or the sink has not caught up in time
   */
  public static void await(Endpoints endpoints, Duration limit, PrintWriter messages) {
    try (Kafka kafka = new Kafka(endpoints)) {
      Map<TopicPartition, Long> wanted =
          kafka.behindLastRecords(kafka.partitions(List.of(Topic.DAILY_RECORDS)));
      List<Behind> behind =
          new CatchUpWait(() -> behind(kafka, wanted), Stopwatch.start(), messages).await(limit);
      if (!behind.isEmpty()) {
        throw new CannotRunException(behind.get(0).notWithin(limit.toSeconds()));
      }
    }
  }

  private static List<Behind> behind(Kafka kafka, Map<TopicPartition, Long> wanted) {
    ConsumerGroup sink = ConsumerGroup.of(Sink.CASSANDRA_RECORDS);
    return Behind.of(
        sink, kafka.committedOffsets(List.of(sink.id())).getOrDefault(sink.id(), Map.of()), wanted);
  }
}
