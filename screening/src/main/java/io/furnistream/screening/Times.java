package io.furnistream.screening;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times of all classes as instants, so that none of them is judged by its class. */
final class Times {

  private Times() {}

  /**
   * The time as an instant. A date counts from its beginning in UTC. Text in ISO 8601 (with an
   * offset, or only a date) and whole numbers (milliseconds since 1970-01-01T00:00:00Z) are times
   * too: records without a schema have no others.
   *
   * @return null when the value is not a time
   */
  static Instant instant(Object value) {
    if (value instanceof Instant instant) {
      return instant;
    }
    if (value instanceof LocalDate date) {
      return start(date);
    }
    if (value instanceof Long || value instanceof Integer) {
      return Instant.ofEpochMilli(((Number) value).longValue());
    }
    if (value instanceof String text) {
      try {
        return text.indexOf('T') < 0
            ? start(LocalDate.parse(text))
            : OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        return null;
      }
    }
    return null;
  }

  /** The first instant of a day in UTC. */
  static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
