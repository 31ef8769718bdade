package io.furnistream.connectors.cassandra;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.connect.errors.RetriableException;

/** Topics as a test defines them; the real ones are used in the end-to-end tests. */
final class FakeTopics implements TopicDirectory {

  private final Map<String, Uuid> ids = new ConcurrentHashMap<>();
  private final Map<String, Long> endOffsets = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> cuts = new ConcurrentHashMap<>();
  private boolean silent;

  /** Deletes the topic if there is one, and makes it again. */
  void make(String topic, long largestEndOffset) {
    ids.put(topic, Uuid.randomUuid());
    endOffsets.put(topic, largestEndOffset);
  }

  /** Lets a partition end here from now on, as after an unclean leader election. */
  void cut(TopicPartition partition, long end) {
    cuts.put(partition, end);
  }

  /** Lets Kafka answer or not. */
  void silent(boolean value) {
    silent = value;
  }

  /** The same topics, remembered as they are now: a broker that has not heard the latest. */
  FakeTopics stale() {
    FakeTopics copy = new FakeTopics();
    copy.ids.putAll(ids);
    copy.endOffsets.putAll(endOffsets);
    return copy;
  }

  @Override
  public Map<String, Uuid> ids(Set<String> topics) {
    if (silent || !ids.keySet().containsAll(topics)) {
      throw new RetriableException("Kafka does not return the ids of " + topics);
    }
    return topics.stream().collect(Collectors.toMap(Function.identity(), ids::get));
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(String topic) {
    return Map.of(new TopicPartition(topic, 0), endOffsets.get(topic));
  }

  /** Beyond everything that a test writes, unless the partition was cut. */
  @Override
  public Map<TopicPartition, Long> endOffsets(Set<TopicPartition> partitions) {
    if (silent) {
      throw new RetriableException("Kafka does not return the offsets of " + partitions);
    }
    return partitions.stream()
        .collect(Collectors.toMap(Function.identity(), p -> cuts.getOrDefault(p, Long.MAX_VALUE)));
  }

  @Override
  public Map<TopicPartition, Long> beginningOffsets(Set<TopicPartition> partitions) {
    return partitions.stream().collect(Collectors.toMap(Function.identity(), p -> 0L));
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
