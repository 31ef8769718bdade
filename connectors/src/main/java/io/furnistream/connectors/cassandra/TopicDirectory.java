package io.furnistream.connectors.cassandra;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.connect.errors.RetriableException;

/** What Kafka says about its topics. No answer is cached. */
interface TopicDirectory extends AutoCloseable {

  /**
   * The topics' ids. A topic that is deleted and created again has another.
   *
   * @throws RetriableException when Kafka does not answer, or there is no such topic now
   */
  Map<String, Uuid> ids(Set<String> topics);

  /**
   * The end offset of each of the topic's partitions: one past the last record, of whatever kind.
   *
   * @throws RetriableException when Kafka does not answer
   */
  Map<TopicPartition, Long> endOffsets(String topic);

  /**
   * The end offsets of some partitions.
   *
   * @throws RetriableException when Kafka does not answer
   */
  Map<TopicPartition, Long> endOffsets(Set<TopicPartition> partitions);

  /**
   * The first offset that each partition still holds.
   *
   * @throws RetriableException when Kafka does not answer
   */
  Map<TopicPartition, Long> beginningOffsets(Set<TopicPartition> partitions);

  @Override
  void close();
}
