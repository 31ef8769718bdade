package io.furnistream.stores.landing;

import io.furnistream.schemas.AggregatesGroup;
import io.furnistream.schemas.Sink;
import io.furnistream.schemas.Topic;
import java.util.List;
import java.util.stream.Stream;

/**
 * A consumer group through which records reach the stores.
 *
 * @param id the group's id in Kafka
 * @param cure what a person does when it stays behind
 * @param topics names of the topics that it reads
 */
record ConsumerGroup(String id, String cure, List<String> topics) {

  static final ConsumerGroup AGGREGATES =
      new ConsumerGroup(
          AggregatesGroup.ID,
          "see `furnistream status` and `furnistream logs aggregates`",
          Stream.concat(
                  Stream.of(Topic.DAILY_RECORDS.topicName()),
                  AggregatesGroup.INTERNAL_TOPICS.stream().flatMap(List::stream))
              .toList());

  /** The group of a sink, which reads the topics that the catalogue gives it. */
  static ConsumerGroup of(Sink sink) {
    return new ConsumerGroup(
        sink.group(),
        "see `furnistream connectors status`, and `furnistream connectors restart NAME` when a task has failed",
        sink.topics().stream().map(Topic::topicName).toList());
  }

  /** The groups of all sinks. */
  static List<ConsumerGroup> sinks() {
    return Stream.of(Sink.values()).map(ConsumerGroup::of).toList();
  }

  /** Whether it reads this topic. */
  boolean reads(String topicName) {
    return topics.contains(topicName);
  }
}
