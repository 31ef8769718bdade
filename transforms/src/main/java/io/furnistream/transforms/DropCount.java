package io.furnistream.transforms;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log how many records were dropped, by rule: with the first one, then once a minute at
 * most, and at the end. Not thread-safe.
 */
final class DropCount {

  /** How far apart two lines of the log are at least. */
  static final Duration EVERY = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Screen.class);

  private final String rulesFile;
  private final LongSupplier nanoTime;
  private final Map<String, Long> dropped = new TreeMap<>();
  private long told;
  private boolean untold;

  /**
   * Counts nothing yet.
   *
   * @param rulesFile named in the log
   */
  DropCount(String rulesFile, LongSupplier nanoTime) {
    this.rulesFile = rulesFile;
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

  /** Records dropped so far, by rule. */
  Map<String, Long> byRule() {
    return Map.copyOf(dropped);
  }

  private void tell() {
    told = nanoTime.getAsLong();
    untold = false;
    LOG.warn("Dropped by the rules of {} since the task began: {}", rulesFile, dropped);
  }
}
