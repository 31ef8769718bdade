package io.furnistream.connectors.cassandra;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which incarnation of its topic a record belongs to: the record itself does not say.
 *
 * <p>An id never comes back. So when Kafka names the same id before a batch was fetched and after,
 * the batch is of that incarnation. When it does not, the batch is dropped unwritten and the
 * consumer is sent back: to where the batch began if the id was not known before, to the beginning
 * of the topic if it has changed.
 */
final class TopicIncarnations {

  private static final Logger LOG = LoggerFactory.getLogger(TopicIncarnations.class);

  private final TopicDirectory directory;
  private final ConsumerPositions consumer;
  private final Map<String, Uuid> known = new HashMap<>();

  TopicIncarnations(TopicDirectory directory, ConsumerPositions consumer) {
    this.directory = directory;
    this.consumer = consumer;
  }

  /** Learns the ids of topics before anything is fetched from them, if Kafka answers. */
  void assigned(Collection<TopicPartition> partitions) {
    Set<String> unknown =
        partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
    unknown.removeAll(known.keySet());
    if (unknown.isEmpty()) {
      return;
    }
    try {
      known.putAll(directory.ids(unknown));
    } catch (RetriableException e) {
      // An exception here would fail the task for good; the first batch is fetched twice instead.
      LOG.warn("{}: asking again with the first records", e.getMessage());
    }
  }

  /**
   * Whether all records of a batch are of the incarnations in {@link #id}. If not, the consumer is
   * sent back, and the batch must be dropped.
   *
   * @throws RetriableException when Kafka does not answer
   */
  boolean certain(Collection<SinkRecord> records) {
    Set<String> topics =
        records.stream().map(SinkRecord::originalTopic).collect(Collectors.toSet());
    Map<String, Uuid> ids = directory.ids(topics);
    Set<String> changed =
        topics.stream()
            .filter(t -> known.containsKey(t) && isChanged(t, ids))
            .collect(Collectors.toSet());
    boolean certain = changed.isEmpty() && known.keySet().containsAll(topics);
    if (!certain) {
      sendBack(records, changed);
      known.putAll(ids);
    }
    return certain;
  }

  /** The incarnation of a topic whose records are {@link #certain}. */
  Uuid id(String topic) {
    return known.get(topic);
  }

  /**
   * Those offsets that may be committed: a commit under the old incarnation's offsets would make
   * the consumer skip records of the new one.
   */
  Map<TopicPartition, OffsetAndMetadata> committable(
      Map<TopicPartition, OffsetAndMetadata> offsets) {
    Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>(offsets);
    committable.keySet().removeIf(consumer::isSentBack);
    Set<String> topics =
        committable.keySet().stream()
            .map(TopicPartition::topic)
            .filter(known::containsKey)
            .collect(Collectors.toSet());
    if (topics.isEmpty()) {
      return committable;
    }
    try {
      Map<String, Uuid> ids = directory.ids(topics);
      committable.keySet().removeIf(p -> known.containsKey(p.topic()) && isChanged(p.topic(), ids));
      return committable;
    } catch (RetriableException e) {
      LOG.warn("{}: nothing is committed this time", e.getMessage());
      return Map.of();
    }
  }

  private boolean isChanged(String topic, Map<String, Uuid> ids) {
    return !known.get(topic).equals(ids.get(topic));
  }

  private void sendBack(Collection<SinkRecord> records, Set<String> changed) {
    Set<TopicPartition> madeAnew =
        consumer.assignment().stream()
            .filter(partition -> changed.contains(partition.topic()))
            .collect(Collectors.toSet());
    if (madeAnew.isEmpty()) {
      consumer.sendBack(records, Map.of());
      return;
    }
    LOG.warn("Topics {} were deleted and created again: reading them from the beginning", changed);
    consumer.sendBack(records, directory.beginningOffsets(madeAnew));
  }
}
