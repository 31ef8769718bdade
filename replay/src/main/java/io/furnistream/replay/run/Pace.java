package io.furnistream.replay.run;

import io.furnistream.cli.Stopwatch;
import java.time.Duration;
import java.time.Instant;

/**
 * Lets sales come as far apart as they were, in scaled time. Of a day after which nothing was sold
 * for weeks, the next begins when these have passed, scaled too.
 */
final class Pace {

  /** Pauses are cut, so that an interrupt is seen and nobody waits for what is due. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final long speed;
  private final Stopwatch stopwatch;
  private Instant first;

  /**
   * A pace.
   *
   * @param speed how many seconds of the source pass in one; 0 for no pace at all
   * @param stopwatch measures what passes
   */
  Pace(long speed, Stopwatch stopwatch) {
    this.speed = speed;
    this.stopwatch = stopwatch;
  }

  /** How long it is until a sale is due; zero or less when it is. */
  private Duration until(Instant time) {
    return Duration.between(first, time).dividedBy(speed).minus(stopwatch.elapsed());
  }

  /**
   * Waits until a sale is due.
   *
   * @param beforePause done before any wait, so that what came before is seen
   */
  void await(Instant time, Runnable beforePause) {
    if (speed == 0) {
      return;
    }
    if (first == null) {
      first = time.minus(Duration.ofSeconds(speed).multipliedBy(stopwatch.elapsed().toSeconds()));
    }
    boolean paused = false;
    for (Duration left = until(time);
        left.compareTo(Duration.ZERO) > 0 && !Thread.currentThread().isInterrupted();
        left = until(time)) {
      if (!paused) {
        beforePause.run();
        paused = true;
      }
      stopwatch.pause(left.compareTo(LONGEST_PAUSE) < 0 ? left : LONGEST_PAUSE);
    }
  }
}
