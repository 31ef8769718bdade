package io.furnistream.verify;

import io.furnistream.cli.Stopwatch;
import io.furnistream.verify.tables.Difference;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Compares until the result is stable. Committed offsets are not the whole truth: the aggregates
 * hold their results back for a moment and emit them in bulk, so a store may still change when
 * every group has caught up. A difference counts when it has been unchanged for a while in which no
 * group was behind.
 */
final class Settling {

  /** How long a difference must be unchanged. */
  static final Duration STANDS_AFTER = Duration.ofSeconds(6);

  private static final Duration COMPARE_EVERY = Duration.ofSeconds(1);

  private final Supplier<List<Difference>> compare;
  private final BooleanSupplier caughtUp;
  private final Stopwatch stopwatch;

  /**
   * Compares so.
   *
   * @param compare reads the stores again and returns what differs
   * @param caughtUp whether no group is behind now
   */
  Settling(Supplier<List<Difference>> compare, BooleanSupplier caughtUp, Stopwatch stopwatch) {
    this.compare = compare;
    this.caughtUp = caughtUp;
    this.stopwatch = stopwatch;
  }

  /**
   * Compares until nothing differs, or the differences no longer change.
   *
   * @param limit when to take the last result for the answer, on the stopwatch
   */
  List<Difference> differences(Duration limit) {
    List<Difference> now = compare.get();
    Duration since = stopwatch.elapsed();
    while (!now.isEmpty()
        && stopwatch.elapsed().compareTo(limit) < 0
        && stopwatch.elapsed().minus(since).compareTo(STANDS_AFTER) < 0
        && !Thread.currentThread().isInterrupted()) {
      stopwatch.pause(COMPARE_EVERY);
      boolean noneBehind = caughtUp.getAsBoolean();
      List<Difference> next = compare.get();
      if (!noneBehind || !next.equals(now)) {
        since = stopwatch.elapsed();
      }
      now = next;
    }
    return now;
  }
}
