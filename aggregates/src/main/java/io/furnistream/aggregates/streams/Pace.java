package io.furnistream.aggregates.streams;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Whether records come faster than every change should be sent on at once. A backlog is cheaper to
 * process with few commits; a single record should not wait for the next one. One instance for all
 * threads of the process.
 */
final class Pace {

  /** Records a second above which changes are collected for the whole commit interval. */
  static final int BUSY = 2_500;

  /** The window of the rate: longer than a thread may be away from its records. */
  static final Duration WINDOW = Duration.ofSeconds(2);

  private final LongSupplier nanoTime;
  private final LongAdder taken = new LongAdder();
  private long windowStart;
  private boolean busy = true;

  /**
   * Busy until a first window has shown otherwise.
   *
   * @param nanoTime a clock like {@link System#nanoTime()}
   */
  Pace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.windowStart = nanoTime.getAsLong();
  }

  /** Counts a record. */
  void count() {
    taken.increment();
  }

  /** Whether records came at {@link #BUSY} or faster in the last window. */
  synchronized boolean isBusy() {
    long now = nanoTime.getAsLong();
    long elapsed = now - windowStart;
    if (elapsed >= WINDOW.toNanos()) {
      busy = taken.sumThenReset() >= BUSY * (elapsed / 1e9);
      windowStart = now;
    }
    return busy;
  }
}
