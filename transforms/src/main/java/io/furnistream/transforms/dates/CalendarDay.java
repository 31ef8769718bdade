package io.furnistream.transforms.dates;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.time.zone.ZoneOffsetTransition;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;

/**
 * Finds the calendar day of a value in one time zone.
 *
 * <p>An instant lies on different days in different zones. A calendar date does not: it has no time
 * of day, so no zone may shift it. Not thread-safe.
 */
public final class CalendarDay {

  /** How many days are remembered: asking the zone's rules costs more than everything else. */
  private static final int REMEMBERED = 256;

  private static final long DAY_MILLIS = 86_400_000;

  /** Year 10000, and as long before 1970: beyond them the end of a day may not be a number. */
  private static final long FAR_MILLIS = 253_402_300_800_000L;

  private final ZoneId zone;
  private final UnixPrecision precision;
  private final Span[] recent = new Span[REMEMBERED];

  /**
   * Days of one zone.
   *
   * @param zone where instants are read
   * @param precision what a plain number counts
   */
  public CalendarDay(ZoneId zone, UnixPrecision precision) {
    this.zone = zone;
    this.precision = precision;
  }

  /** Whether values of this schema are dates or times that a day can be read from. */
  public static boolean reads(Schema schema) {
    if (schema.name() == null) {
      return schema.type() == Schema.Type.INT64 || schema.type() == Schema.Type.STRING;
    }
    // Any other name gives the number another meaning, such as microseconds.
    return schema.name().equals(Timestamp.LOGICAL_NAME) || schema.name().equals(Date.LOGICAL_NAME);
  }

  /**
   * The day of a value whose schema {@link #reads} accepts.
   *
   * @throws DateTimeParseException when text is not a date or time
   * @throws java.time.DateTimeException when a plain number is not plausible
   */
  public LocalDate of(Schema schema, Object value) {
    return Date.LOGICAL_NAME.equals(schema.name())
        ? LocalDate.ofInstant(((java.util.Date) value).toInstant(), ZoneOffset.UTC)
        : of(value);
  }

  /**
   * The day of a value that has no schema: {@code java.util.Date}, a plain number or text.
   *
   * @return null when the class is none of these
   * @throws DateTimeParseException when text is not a date or time
   * @throws java.time.DateTimeException when a plain number is not plausible
   */
  @SuppressWarnings(
      "JavaUtilDate") // the class that Connect uses; an Instant would be made for nothing
  public LocalDate of(Object value) {
    if (value instanceof java.util.Date date) {
      return at(date.getTime());
    }
    if (value instanceof Long number) {
      return at(precision.toMillis(number));
    }
    return value instanceof String text ? of(text) : null;
  }

  private LocalDate at(long millis) {
    if (millis < -FAR_MILLIS || millis > FAR_MILLIS) {
      return of(Instant.ofEpochMilli(millis));
    }
    // Two places for the part of a day in UTC, which two days of a zone share.
    int place = (int) Math.floorMod(Math.floorDiv(millis, DAY_MILLIS) * 2, (long) REMEMBERED);
    for (int i = place; i < place + 2; i++) {
      if (recent[i] != null && recent[i].holds(millis)) {
        return recent[i].day;
      }
    }
    LocalDate day = of(Instant.ofEpochMilli(millis));
    Span span = span(day);
    if (span != null && span.holds(millis)) {
      recent[place + 1] = recent[place];
      recent[place] = span;
    }
    return day;
  }

  /** Null for a day on which the clocks are changed: it may hold an hour of the day before. */
  private Span span(LocalDate day) {
    Instant from = day.atStartOfDay(zone).toInstant();
    Instant to = day.plusDays(1).atStartOfDay(zone).toInstant();
    ZoneOffsetTransition change = zone.getRules().nextTransition(from.minusMillis(1));
    return change == null || change.getInstant().isAfter(to)
        ? new Span(from.toEpochMilli(), to.toEpochMilli(), day)
        : null;
  }

  private LocalDate of(Instant instant) {
    return LocalDate.ofInstant(instant, zone);
  }

  private LocalDate of(String text) {
    TemporalAccessor time = DateTimeText.parse(text);
    return time instanceof ZonedDateTime zoned ? of(zoned.toInstant()) : LocalDate.from(time);
  }

  /** A day without a change of clocks: from its first millisecond up to the next day's. */
  private record Span(long from, long to, LocalDate day) {

    boolean holds(long millis) {
      return millis >= from && millis < to;
    }
  }
}
