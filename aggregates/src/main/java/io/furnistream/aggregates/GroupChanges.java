package io.furnistream.aggregates;

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

  private final Batches batches;
  private final Map<Bytes, Tally> changes = new HashMap<>();

  GroupChanges(BiConsumer<Integer, Batch> out) {
    this.batches = new Batches(Batch.Kind.GROUPS, out);
  }

  /** The difference of a group, to be added to. */
  Tally of(Aggregate aggregate, byte[] groupKey) {
    return changes.computeIfAbsent(Bytes.wrap(groupKey), key -> Tally.of(aggregate));
  }

  /** Sends what waits if there is too much of it. */
  void bound() {
    if (changes.size() >= BOUND) {
      flush();
    }
  }

  /** Sends every difference. */
  void flush() {
    changes.forEach(
        (groupKey, tally) -> {
          if (!tally.isNothing()) {
            ByteWriter entry = new ByteWriter().block(groupKey.get());
            tally.write(entry);
            batches.add(groupKey.get(), entry.toByteArray());
          }
        });
    changes.clear();
    batches.flush();
  }
}
