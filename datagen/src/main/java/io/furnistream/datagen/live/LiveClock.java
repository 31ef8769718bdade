package io.furnistream.datagen.live;

import io.furnistream.cli.Stopwatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How far live sales have come: to now, or, after a pause, to a time that runs after it, no faster
 * than {@link #FASTEST}. So whatever was held up is made up for at less than twice the rate. Not
 * thread-safe.
 */
final class LiveClock {

  /** Seconds in a second while it catches up; some below two, for what was waiting on the way. */
  static final double FASTEST = 1.6;

  private final Clock clock;
  private final Stopwatch stopwatch;
  private Instant position;
  private Duration looked;

  /**
   * A clock.
   *
   * @param clock tells what now is
   * @param stopwatch tells how much time passes, even when a machine's clock is set
   */
  LiveClock(Clock clock, Stopwatch stopwatch, Instant start) {
    this.clock = clock;
    this.stopwatch = stopwatch;
    this.position = start;
    this.looked = stopwatch.elapsed();
  }

  /** Goes on, and says where it has come to. It never goes back. */
  Instant advance() {
    Duration now = stopwatch.elapsed();
    long most = (long) (now.minus(looked).toNanos() * FASTEST);
    looked = now;
    Instant fastest = position.plusNanos(Math.max(0, most));
    Instant present = clock.instant();
    Instant reached = present.isBefore(fastest) ? present : fastest;
    position = reached.isBefore(position) ? position : reached;
    return position;
  }

  /** Lets the time since the last look pass without going on. */
  void hold() {
    looked = stopwatch.elapsed();
  }

  /** Where it had come to at the last look. */
  Instant position() {
    return position;
  }

  /** How far it is behind now; never negative. */
  Duration behind() {
    Duration behind = Duration.between(position, clock.instant());
    return behind.isNegative() ? Duration.ZERO : behind;
  }
}
