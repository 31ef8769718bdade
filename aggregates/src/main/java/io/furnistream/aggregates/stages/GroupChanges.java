package io.furnistream.aggregates.stages;

import io.furnistream.aggregates.tables.Aggregate;
import io.furnistream.aggregates.tables.Tally;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;

/**
 * By how much groups have changed since it was last sent on: a day's thousand records are one
 * difference of that day.
 */
final class GroupChanges {

  /** How many groups may wait; about 300 bytes each. */
  private static final int BOUND = 5_000;

  /** How many bytes their labels may have, since one group's are sent in one entry. */
  private static final int LABELS_BOUND = 256 << 10;

  private final Batches batches;
  private final Map<Bytes, Tally> changes = new HashMap<>();
  private int labelBytes;

  GroupChanges(BiConsumer<Integer, Batch> out) {
    this.batches = new Batches(Batch.Kind.GROUPS, out);
  }

  /**
   * Takes in what a record adds to a group, or takes away from it.
   *
   * @param sign 1 or -1
   */
  void add(Aggregate aggregate, byte[] groupKey, Tally difference, int sign) {
    Tally change = of(aggregate, groupKey);
    labelBytes -= change.labelBytes();
    change.add(difference, sign);
    labelBytes += change.labelBytes();
  }

  /** Takes in that one number of a group has changed. */
  void add(Aggregate aggregate, byte[] groupKey, int index, long amount) {
    of(aggregate, groupKey).add(index, amount);
  }

  private Tally of(Aggregate aggregate, byte[] groupKey) {
    return changes.computeIfAbsent(Bytes.wrap(groupKey), key -> Tally.of(aggregate));
  }

  /** Sends the waiting changes if there are too many. */
  void flushIfFull() {
    if (changes.size() >= BOUND || labelBytes >= LABELS_BOUND) {
      flush();
    }
  }

  /** Sends every difference. */
  void flush() {
    changes.forEach(
        (groupKey, tally) -> {
          if (!tally.isZero()) {
            batches.add(groupKey.get(), GroupChange.encode(groupKey.get(), tally));
          }
        });
    changes.clear();
    labelBytes = 0;
    batches.flush();
  }
}
