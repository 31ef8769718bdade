package io.furnistream.datagen.live;

import io.furnistream.cli.Stopwatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock and a stopwatch that go a number of times as fast as time does, and may be moved. */
final class FastTime extends Clock implements Stopwatch {

  private final int speed;
  private long started;
  private Instant origin;
  private Duration passed = Duration.ZERO;
  private Instant endsAt = Instant.MAX;

  /**
   * A time that begins when it is looked at first.
   *
   * @param speed 0: it passes only when it is told to
   */
  FastTime(Instant start, int speed) {
    this.origin = start;
    this.speed = speed;
  }

  synchronized void pass(Duration duration) {
    passed = passed.plus(duration);
  }

  /** Sets the clock; no time passes. */
  synchronized void set(Instant now) {
    origin = now.minus(elapsed());
  }

  /** From this instant on, whoever looks at the clock is killed. */
  synchronized void endAt(Instant instant) {
    endsAt = instant;
  }

  @Override
  public synchronized Duration elapsed() {
    long now = System.nanoTime();
    if (started == 0) {
      started = now;
    }
    return passed.plusNanos((now - started) * speed);
  }

  @Override
  public synchronized Instant instant() {
    Instant now = origin.plus(elapsed());
    if (!now.isBefore(endsAt)) {
      throw new Killed();
    }
    return now;
  }

  @Override
  public void pause(Duration duration) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }

  /** What ends a run as kill -9 does: nothing of it is tidied up. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
