package io.furnistream.stores.landing;

import io.furnistream.schemas.AggregatesGroup;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.kafka.Kafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks Kafka which groups have not yet consumed what has been read: neither it, nor what the
 * aggregates have made of it, in the topics between their stages and in those of their rows. Not
 * thread-safe.
 */
public final class CatchUp {

  private static final List<ConsumerGroup> AGGREGATES = List.of(ConsumerGroup.AGGREGATES);
  private static final List<ConsumerGroup> SINKS = ConsumerGroup.sinks();
  private static final List<String> GROUPS =
      Stream.of(AGGREGATES, SINKS).flatMap(List::stream).map(ConsumerGroup::id).toList();

  /** In each, the aggregates consume some topics and write others; the last are those of rows. */
  private static final int STEPS = AggregatesGroup.INTERNAL_TOPICS.size() + 1;

  private final Kafka kafka;
  private final Map<TopicPartition, Long> read;
  private final List<Goal> goals;

  /**
   * Asks this Kafka.
   *
   * @param read the offset behind the last record that has been read, of each partition, or where
   *     the partition ended
   */
  public CatchUp(Kafka kafka, Map<TopicPartition, Long> read) {
    this.kafka = kafka;
    this.read = Map.copyOf(read);
    this.goals = begin();
  }

  /**
   * Who is behind what was read, or behind what the aggregates had written once they had consumed
   * that; empty when all have caught up. What is written later does not move the goal.
   */
  public List<Behind> behind() {
    return behind(goals);
  }

  /** Whether no group is behind anything that was written until now. */
  public boolean isQuiet() {
    return behind(begin()).isEmpty();
  }

  private List<Goal> begin() {
    return new ArrayList<>(List.of(new Goal(kafka, read)));
  }

  /**
   * Who is behind these goals. The first is what was read; one more is added each time that the
   * aggregates have reached the last: what they had then written.
   */
  private List<Behind> behind(List<Goal> reached) {
    // First how far the groups are, then what is written: the other way round, what is written in
    // between would be missed. All is counted that is written, since an offset may be seen as
    // committed a moment before the records of the same transaction are.
    Map<String, Map<TopicPartition, Long>> committed = kafka.committedOffsets(GROUPS);
    List<Behind> behind = new ArrayList<>();
    for (int step = 0; step < STEPS && behind.isEmpty(); step++) {
      behind.addAll(reached.get(step).behind(AGGREGATES, committed));
      if (!behind.isEmpty()) {
        // They may have begun anew, and will then write all of it again.
        reached.subList(step + 1, reached.size()).clear();
      } else if (step + 1 == reached.size()) {
        reached.add(new Goal(kafka, kafka.writtenOffsets(writtenAfter(step))));
      }
    }
    // They read what producers write and the rows: of what is between, they are behind nothing.
    for (Goal goal : reached) {
      behind.addAll(goal.behind(SINKS, committed));
    }
    return withStates(behind);
  }

  private List<TopicPartition> writtenAfter(int step) {
    return step < AggregatesGroup.INTERNAL_TOPICS.size()
        ? kafka.partitionsIfThere(AggregatesGroup.INTERNAL_TOPICS.get(step))
        : kafka.partitions(Topic.AGGREGATED);
  }

  private List<Behind> withStates(List<Behind> behind) {
    if (behind.isEmpty()) {
      return behind;
    }
    Map<String, GroupState> states =
        kafka.states(behind.stream().map(one -> one.group().id()).distinct().toList());
    return behind.stream().map(one -> one.in(states.get(one.group().id()))).toList();
  }
}
