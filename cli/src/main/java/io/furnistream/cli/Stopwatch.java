package io.furnistream.cli;

import java.time.Duration;

/** Time as waits see it: how long it has been, and how to let some pass. */
public interface Stopwatch {

  /** Time since the stopwatch was started. */
  Duration elapsed();

  /** Waits. An interrupt ends the wait and stays set. */
  void pause(Duration duration);

  /** A stopwatch started now, on the machine's monotonic clock. */
  static Stopwatch start() {
    long started = System.nanoTime();
    return new Stopwatch() {
      @Override
      public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
      }

      @Override
      public void pause(Duration duration) {
        try {
          Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }
}
