package io.furnistream.stores.landing;

import io.furnistream.stores.kafka.Kafka;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Offsets that groups must have committed. A partition may end in markers of transactions, which
 * not every group commits: where one has committed less than the end, the last record before it is
 * looked up, once. Not thread-safe.
 */
final class Goal {

  private final Kafka kafka;
  private final Map<TopicPartition, Long> offsets;
  private final Set<TopicPartition> exact = new HashSet<>();

  /**
   * A goal that stays where it is.
   *
   * @param ends the end of each partition, or the offset behind its last record
   */
  Goal(Kafka kafka, Map<TopicPartition, Long> ends) {
    this.kafka = kafka;
    this.offsets = new HashMap<>(ends);
  }

  /**
   * Which of these groups have not reached it.
   *
   * @param committed what each group has committed
   */
  List<Behind> behind(
      List<ConsumerGroup> groups, Map<String, Map<TopicPartition, Long>> committed) {
    List<Behind> behind = compare(groups, committed);
    Set<TopicPartition> unsure =
        behind.stream()
            .map(Behind::partition)
            .filter(partition -> !exact.contains(partition))
            .collect(Collectors.toSet());
    return !unsure.isEmpty() && lookUp(unsure) ? compare(groups, committed) : behind;
  }

  private List<Behind> compare(
      List<ConsumerGroup> groups, Map<String, Map<TopicPartition, Long>> committed) {
    List<Behind> behind = new ArrayList<>();
    for (ConsumerGroup group : groups) {
      behind.addAll(Behind.of(group, committed.getOrDefault(group.id(), Map.of()), offsets));
    }
    return behind;
  }

  /** Whether it has found the last record of any of these partitions, or that it has none. */
  private boolean lookUp(Set<TopicPartition> partitions) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    kafka
        .endOffsets(partitions)
        .forEach(
            (partition, end) -> {
              // Before it, there is a transaction that goes on: what it has written may yet count.
              if (end >= offsets.get(partition)) {
                ends.put(partition, offsets.get(partition));
              }
            });
    offsets.keySet().removeAll(ends.keySet());
    offsets.putAll(kafka.behindLastRecords(ends));
    return exact.addAll(ends.keySet());
  }
}
