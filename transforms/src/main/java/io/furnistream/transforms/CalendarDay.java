package io.furnistream.transforms;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;

/**
 * Tells on which day of the calendar a value lies in one time zone.
 *
 * <p>An instant lies on different days in different zones. A calendar date does not: it has no time
 * of day, so no zone may shift it.
 *
 * @param zone where instants are read
 */
record CalendarDay(ZoneId zone) {

  /** Whether a day can be told from values of this schema. */
  static boolean reads(Schema schema) {
    if (schema.name() == null) {
      return schema.type() == Schema.Type.INT64 || schema.type() == Schema.Type.STRING;
    }
    // Any other name gives the number another meaning, such as microseconds.
    return schema.name().equals(Timestamp.LOGICAL_NAME) || schema.name().equals(Date.LOGICAL_NAME);
  }

  /**
   * The day of a value whose schema {@link #reads} accepts.
   *
   * @throws DateTimeParseException when text is not ISO 8601
   */
  LocalDate of(Schema schema, Object value) {
    return Date.LOGICAL_NAME.equals(schema.name())
        ? LocalDate.ofInstant(((java.util.Date) value).toInstant(), ZoneOffset.UTC)
        : of(value);
  }

  /**
   * The day of a value that has no schema: {@code java.util.Date}, a long of epoch milliseconds or
   * ISO 8601 text.
   *
   * @return null when the class is none of these
   * @throws DateTimeParseException when text is not ISO 8601
   */
  LocalDate of(Object value) {
    if (value instanceof java.util.Date date) {
      return of(date.toInstant());
    }
    if (value instanceof Long millis) {
      return of(Instant.ofEpochMilli(millis));
    }
    return value instanceof String text ? of(text) : null;
  }

  private LocalDate of(Instant instant) {
    return LocalDate.ofInstant(instant, zone);
  }

  private LocalDate of(String text) {
    if (text.indexOf('T') < 0) {
      return LocalDate.parse(text, DateTimeFormatter.ISO_LOCAL_DATE);
    }
    TemporalAccessor time =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
    return time instanceof ZonedDateTime zoned
        ? of(zoned.toInstant())
        : LocalDateTime.from(time).toLocalDate();
  }
}
