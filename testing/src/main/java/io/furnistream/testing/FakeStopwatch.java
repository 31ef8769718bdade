package io.furnistream.testing;

import io.furnistream.cli.Stopwatch;
import java.time.Duration;

/** Time that passes only in pauses. */
public final class FakeStopwatch implements Stopwatch {

  private Duration elapsed = Duration.ZERO;

  @Override
  public Duration elapsed() {
    return elapsed;
  }

  @Override
  public void pause(Duration duration) {
    elapsed = elapsed.plus(duration);
  }
}
