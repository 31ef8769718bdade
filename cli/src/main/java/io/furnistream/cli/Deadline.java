package io.furnistream.cli;

import java.time.Duration;

/** When a wait ends at the latest, on the machine's monotonic clock. */
public final class Deadline {

  private final long began = System.nanoTime();
  private final Duration limit;

  private Deadline(Duration limit) {
    this.limit = limit;
  }

  /** The end of a wait that begins now. */
  public static Deadline in(Duration limit) {
    return new Deadline(limit);
  }

  /** Whether the wait has taken longer than its limit. */
  public boolean hasPassed() {
    return elapsed().compareTo(limit) > 0;
  }

  /** How much of the limit is left; nothing when it has passed. */
  public Duration left() {
    Duration left = limit.minus(elapsed());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** How long the wait has taken. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
