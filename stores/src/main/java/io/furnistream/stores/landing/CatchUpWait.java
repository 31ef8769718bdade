package io.furnistream.stores.landing;

import io.furnistream.cli.Backoff;
import io.furnistream.cli.Stopwatch;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Waits until no group is behind, and reports every few seconds which it waits for. */
public final class CatchUpWait {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration REPORT_EVERY = Duration.ofSeconds(5);

  private final Supplier<List<Behind>> behind;
  private final Stopwatch stopwatch;
  private final PrintWriter messages;

  /**
   * A wait that has not begun.
   *
   * @param behind who is behind now
   * @param stopwatch what the limit is measured on
   * @param messages receives what is being waited for
   */
  public CatchUpWait(Supplier<List<Behind>> behind, Stopwatch stopwatch, PrintWriter messages) {
    this.behind = behind;
    this.stopwatch = stopwatch;
    this.messages = messages;
  }

  /**
   * Waits.
   *
   * @param limit when to give up, on the stopwatch
   * @return who is still behind; empty when all have caught up
   */
  public List<Behind> await(Duration limit) {
    Duration reportAt = Duration.ZERO;
    Backoff pauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    List<Behind> now = behind.get();
    while (!now.isEmpty() && stopwatch.elapsed().compareTo(limit) < 0 && !interrupted()) {
      if (stopwatch.elapsed().compareTo(reportAt) >= 0) {
        report(now, limit);
        reportAt = stopwatch.elapsed().plus(REPORT_EVERY);
      }
      stopwatch.pause(least(pauses.next(), limit.minus(stopwatch.elapsed())));
      now = behind.get();
    }
    return now;
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void report(List<Behind> now, Duration limit) {
    messages.printf(
        "Waiting for %s%s; %d of at most %d s%n",
        now.get(0).inWords(),
        now.size() == 1 ? "" : " (and %d more partitions)".formatted(now.size() - 1),
        stopwatch.elapsed().toSeconds(),
        limit.toSeconds());
    messages.flush();
  }

  private static boolean interrupted() {
    return Thread.currentThread().isInterrupted();
  }
}
