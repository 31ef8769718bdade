package io.furnistream.connectors.cassandra;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Where the worker's consumer is, as far as the task can tell: what it has been given since a
 * partition was assigned, and where the task has sent it back to.
 */
final class ConsumerPositions {

  private final SinkTaskContext context;
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final Set<TopicPartition> sentBack = new HashSet<>();

  ConsumerPositions(SinkTaskContext context) {
    this.context = context;
  }

  /** The partition in Kafka that a record comes from, whatever a transform has made of it. */
  static TopicPartition partition(SinkRecord record) {
    return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
  }

  /** To be called when the worker may have moved the consumer: nothing is known of them then. */
  void forget(Collection<TopicPartition> partitions) {
    next.keySet().removeAll(partitions);
  }

  /** Likewise, for all partitions. */
  void forget() {
    next.clear();
  }

  /** To be called before each batch: the worker has sent the consumer back by then. */
  void delivered() {
    sentBack.clear();
  }

  /** Notes that a batch was written. */
  void written(Collection<SinkRecord> records) {
    records.forEach(r -> next.merge(partition(r), r.originalKafkaOffset() + 1, Math::max));
  }

  /**
   * Whether this offset was written before and the consumer went back to it of its own accord: it
   * does so only when the log was cut.
   */
  boolean hasGoneBackTo(TopicPartition partition, long offset) {
    return offset < next.getOrDefault(partition, Long.MIN_VALUE);
  }

  /** Whether the task has sent the consumer back there, and the worker has yet to do it. */
  boolean isSentBack(TopicPartition partition) {
    return sentBack.contains(partition);
  }

  /** The partitions that the task has. */
  Set<TopicPartition> assignment() {
    return context.assignment();
  }

  /**
   * Drops a batch: sends the consumer back to the beginning of some partitions, and for the rest of
   * the batch to where it began.
   *
   * @param beginnings the first offset of each partition that is to be read again from there
   */
  void sendBack(Collection<SinkRecord> batch, Map<TopicPartition, Long> beginnings) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    batch.forEach(r -> offsets.merge(partition(r), r.originalKafkaOffset(), Math::min));
    offsets.putAll(beginnings);
    context.offset(offsets);
    sentBack.addAll(offsets.keySet());
    next.keySet().removeAll(offsets.keySet());
  }
}
