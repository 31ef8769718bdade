package io.furnistream.stores.landing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/**
 * A group that has not consumed a partition up to its last record.
 *
 * @param group who is behind
 * @param partition on what
 * @param committed the offset that it has committed, or null when it has committed none
 * @param wanted the offset behind the last record: transaction markers after it are not work left
 *     to do, so the partition's end would be too strict
 * @param state what the group is doing
 */
public record Behind(
    ConsumerGroup group, TopicPartition partition, Long committed, long wanted, GroupState state) {

  private static final Comparator<Behind> IN_ORDER =
      Comparator.comparing((Behind behind) -> behind.partition().topic())
          .thenComparing(behind -> behind.partition().partition());

  /**
   * Who is behind.
   *
   * @param committed what this group has committed
   * @param wanted the offset behind the last record of each partition that has any; partitions of
   *     topics that the group does not read are ignored
   */
  static List<Behind> of(
      ConsumerGroup group, Map<TopicPartition, Long> committed, Map<TopicPartition, Long> wanted) {
    List<Behind> behind = new ArrayList<>();
    wanted.forEach(
        (partition, offset) -> {
          Long position = committed.get(partition);
          if (group.reads(partition.topic()) && (position == null || position < offset)) {
            behind.add(new Behind(group, partition, position, offset, GroupState.STABLE));
          }
        });
    behind.sort(IN_ORDER);
    return behind;
  }

  /** The same, of a group that is doing this. */
  Behind in(GroupState now) {
    return new Behind(group, partition, committed, wanted, now);
  }

  /** A message that it has not caught up in time, and what to do. */
  public String notWithin(long seconds) {
    return "Not caught up within %d s: %s: %s".formatted(seconds, inWords(), group.cure());
  }

  /** Who is behind, where and by how much, and why when its state says it. */
  String inWords() {
    return "%s, topic %s, partition %d: committed offset %s, wanted %d%s"
        .formatted(
            group.id(),
            partition.topic(),
            partition.partition(),
            committed == null ? "none" : committed.toString(),
            wanted,
            reason());
  }

  private String reason() {
    return switch (state) {
      case EMPTY, DEAD -> " (no member of the group is running)";
      case PREPARING_REBALANCE, COMPLETING_REBALANCE, ASSIGNING, RECONCILING ->
          " (the group is rebalancing)";
      case STABLE, NOT_READY, UNKNOWN -> "";
    };
  }
}
