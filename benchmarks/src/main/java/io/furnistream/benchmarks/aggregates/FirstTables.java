package io.furnistream.benchmarks.aggregates;

import io.furnistream.aggregates.AggregatesSettings;
import io.furnistream.aggregates.StreamsProperties;
import io.furnistream.aggregates.streams.AggregatesTopology;
import io.furnistream.aggregates.tables.AggregateSet;
import io.furnistream.schemas.Topic;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The application with only the first three tables (and {@code recent_records}), under a group of
 * its own; everything else is set up as in the real one.
 */
final class FirstTables {

  /** The tables. */
  static final List<Topic> TOPICS =
      List.of(Topic.DAILY_PU_REV, Topic.DAILY_CATEGORY_PRODUCT, Topic.DAILY_ADDRESS);

  /** The consumer group. */
  static final String APPLICATION_ID = StreamsProperties.APPLICATION_ID + "-first-tables";

  private FirstTables() {}

  /** Takes no arguments; runs until it is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    AggregatesSettings settings = AggregatesSettings.fromEnvironment(System.getenv());
    Properties properties = StreamsProperties.of(settings);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
    AggregateSet tables =
        new AggregateSet(
            AggregateSet.ALL.stream()
                .filter(each -> Set.copyOf(TOPICS).contains(each.topic()))
                .toList());
    try (KafkaStreams streams =
        new KafkaStreams(AggregatesTopology.of(tables, settings.clients()), properties)) {
      streams.start();
      Thread.currentThread().join();
    }
  }
}
