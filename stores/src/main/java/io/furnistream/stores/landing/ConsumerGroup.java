package io.furnistream.stores.landing;

import io.furnistream.schemas.AggregatesGroup;
import io.furnistream.schemas.Topic;
import java.util.EnumSet;
import java.util.Set;

/** The consumer groups through which records reach the stores, and the topics that each reads. */
enum ConsumerGroup {
  AGGREGATES(
      AggregatesGroup.ID,
      "see `furnistream status` and `furnistream logs aggregates`",
      Set.of(Topic.DAILY_RECORDS)),
  CASSANDRA_RECORDS(
      "connect-cassandra-daily-records", ConsumerGroup.CONNECTOR_CURE, Set.of(Topic.DAILY_RECORDS)),
  CASSANDRA_REPORT(
      "connect-cassandra-daily-report",
      ConsumerGroup.CONNECTOR_CURE,
      Set.of(Topic.DAILY_PU_REV, Topic.DAILY_CATEGORY_PRODUCT, Topic.DAILY_ADDRESS)),
  POSTGRES_REPORT(
      "connect-postgres-daily-report",
      ConsumerGroup.CONNECTOR_CURE,
      EnumSet.complementOf(EnumSet.of(Topic.DAILY_RECORDS)));

  private static final String CONNECTOR_CURE =
      "see `furnistream connectors status`, and `furnistream connectors restart NAME` when a task has failed";

  private final String group;
  private final String cure;

  @SuppressWarnings("ImmutableEnumChecker") // never changed
  private final Set<Topic> topics;

  ConsumerGroup(String group, String cure, Set<Topic> topics) {
    this.group = group;
    this.cure = cure;
    this.topics = Set.copyOf(topics);
  }

  /** The group's id in Kafka; that of a sink is its connector's name behind {@code connect-}. */
  String id() {
    return group;
  }

  /** What to do when it stays behind. */
  String cure() {
    return cure;
  }

  /** The topics that it reads. */
  Set<Topic> topics() {
    return topics;
  }

  /** Whether it reads this topic. */
  boolean reads(String topicName) {
    return topics.stream().anyMatch(topic -> topic.topicName().equals(topicName));
  }
}
