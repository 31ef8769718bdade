package io.furnistream.screening;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A time that is not later than now and an allowance.
 *
 * @param allowance how much later than now is still sound: clocks differ, and so do the zones in
 *     which a day begins
 */
record NotLaterCheck(Duration allowance) implements Check {

  @Override
  public String complaint(Object value, Clock clock) {
    Instant time = Times.instant(value);
    if (time == null) {
      return "is " + Excerpt.of(value) + ", not a time";
    }
    return time.isAfter(clock.instant().plus(allowance))
        ? "is " + Excerpt.of(value) + ", later than now and " + allowance
        : null;
  }

  @Override
  public boolean looksAtClock() {
    return true;
  }
}
