package io.furnistream.transforms;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Counts records by a label, such as the rule that dropped them, and reports how many there are:
 * with the first one, then once a minute at most, and at the end. Not thread-safe.
 */
final class Tally {

  /** How far apart two lines of the log are at least. */
  static final Duration EVERY = Duration.ofMinutes(1);

  /** How many labels are counted separately. */
  static final int MOST_LABELS = 50;

  /** What all further ones are counted as. */
  static final String OTHERS = "(others)";

  private final Consumer<Map<String, Long>> log;
  private final LongSupplier nanoTime;
  private final Map<String, Long> counts = new TreeMap<>();
  private long loggedAt;
  private boolean hasUnlogged;

  /**
   * Counts nothing yet.
   *
   * @param log takes the counts so far, by label
   */
  Tally(Consumer<Map<String, Long>> log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  void add(String label) {
    boolean first = counts.isEmpty();
    boolean known = counts.size() < MOST_LABELS || counts.containsKey(label);
    counts.merge(known ? label : OTHERS, 1L, Long::sum);
    hasUnlogged = true;
    if (first || nanoTime.getAsLong() - loggedAt >= EVERY.toNanos()) {
      flush();
    }
  }

  /** Logs what was not logged yet. */
  void end() {
    if (hasUnlogged) {
      flush();
    }
  }

  private void flush() {
    loggedAt = nanoTime.getAsLong();
    hasUnlogged = false;
    log.accept(new TreeMap<>(counts));
  }
}
