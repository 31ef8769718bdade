package io.furnistream.stores.landing;

import io.furnistream.schemas.Topic;
import io.furnistream.stores.kafka.Kafka;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Asks Kafka which groups have not yet consumed what has been read. Not thread-safe. */
public final class CatchUp {

  private final Kafka kafka;
  private final List<TopicPartition> aggregated;
  private final Map<TopicPartition, Long> read;
  private Map<TopicPartition, Long> written;

  /**
   * Asks this Kafka.
   *
   * @param read the offset behind the last record that has been read, of each partition
   */
  public CatchUp(Kafka kafka, Map<TopicPartition, Long> read) {
    this.kafka = kafka;
    this.read = read;
    this.aggregated = kafka.partitions(Topic.AGGREGATED);
  }

  /**
   * Who is behind what was read, or behind what the aggregates had written once they had consumed
   * that; empty when all have caught up. What is written later does not move the goal.
   */
  public List<Behind> behind() {
    if (written == null) {
      return behindNow();
    }
    List<Behind> behind = new ArrayList<>();
    addSinks(behind, wanted(written));
    return behind;
  }

  /** Whether no group is behind anything that was written until now. */
  public boolean isQuiet() {
    return behindNow().isEmpty();
  }

  private List<Behind> behindNow() {
    // First how far the aggregates are, then what they have written, then how far the sinks are:
    // the other way round, what they write in between would be missed.
    Map<TopicPartition, Long> aggregatesAt = committed(List.of(ConsumerGroup.AGGREGATES)).get(0);
    Map<TopicPartition, Long> now = kafka.behindLastRecords(aggregated);
    List<Behind> behind =
        new ArrayList<>(Behind.of(ConsumerGroup.AGGREGATES, aggregatesAt, wanted(now)));
    if (behind.isEmpty() && written == null) {
      written = now;
    }
    addSinks(behind, wanted(now));
    return behind;
  }

  private Map<TopicPartition, Long> wanted(Map<TopicPartition, Long> ofAggregates) {
    Map<TopicPartition, Long> wanted = new HashMap<>(read);
    wanted.putAll(ofAggregates);
    return wanted;
  }

  private void addSinks(List<Behind> behind, Map<TopicPartition, Long> wanted) {
    List<ConsumerGroup> sinks = ConsumerGroup.sinks();
    List<Map<TopicPartition, Long>> sinksAt = committed(sinks);
    for (int i = 0; i < sinks.size(); i++) {
      behind.addAll(Behind.of(sinks.get(i), sinksAt.get(i), wanted));
    }
  }

  private List<Map<TopicPartition, Long>> committed(List<ConsumerGroup> groups) {
    Map<String, Map<TopicPartition, Long>> committed =
        kafka.committedOffsets(groups.stream().map(ConsumerGroup::id).toList());
    return groups.stream().map(group -> committed.getOrDefault(group.id(), Map.of())).toList();
  }
}
