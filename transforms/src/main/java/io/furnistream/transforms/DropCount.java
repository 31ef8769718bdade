package io.furnistream.transforms;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Says how many records were dropped, by rule: with the first one, then once a minute at most, and
 * at the end. Not thread-safe.
 */
final class DropCount {

  /** How far apart two lines of the log are at least. */
  static final Duration EVERY = Duration.ofMinutes(1);

  private final Consumer<Map<String, Long>> log;
  private final LongSupplier nanoTime;
  private final Map<String, Long> dropped = new TreeMap<>();
  private long told;
  private boolean untold;

  /**
   * Counts nothing yet.
   *
   * @param log told the records dropped so far, by rule
   */
  DropCount(Consumer<Map<String, Long>> log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  void add(String rule) {
    boolean first = dropped.isEmpty();
    dropped.merge(rule, 1L, Long::sum);
    untold = true;
    if (first || nanoTime.getAsLong() - told >= EVERY.toNanos()) {
      tell();
    }
  }

  /** Says what was not said yet. */
  void end() {
    if (untold) {
      tell();
    }
  }

  private void tell() {
    told = nanoTime.getAsLong();
    untold = false;
    log.accept(Map.copyOf(dropped));
  }
}
