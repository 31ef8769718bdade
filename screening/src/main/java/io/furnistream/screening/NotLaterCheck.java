package io.furnistream.screening;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * A time that is not later than now and an allowance. A date counts from its beginning in UTC. Text
 * in ISO 8601 (with an offset, or a date alone) and whole numbers (milliseconds since
 * 1970-01-01T00:00:00Z) are times too: records without a schema have no others.
 *
 * @param allowance how much later than now is still sound: clocks differ, and so do the zones in
 *     which a day begins
 */
record NotLaterCheck(Duration allowance) implements Check {

  @Override
  public String complaint(Object value, Clock clock) {
    Instant time;
    try {
      time = time(value);
    } catch (DateTimeException e) {
      time = null;
    }
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

  private static Instant time(Object value) {
    if (value instanceof Instant instant) {
      return instant;
    }
    if (value instanceof LocalDate date) {
      return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    if (value instanceof Long || value instanceof Integer) {
      return Instant.ofEpochMilli(((Number) value).longValue());
    }
    if (value instanceof String text) {
      return text.indexOf('T') < 0
          ? time(LocalDate.parse(text))
          : OffsetDateTime.parse(text).toInstant();
    }
    return null;
  }
}
