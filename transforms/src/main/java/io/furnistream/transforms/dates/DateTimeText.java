package io.furnistream.transforms.dates;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * Dates and times as text: ISO 8601, and the forms of it that databases write, with a space for the
 * T and a shorter offset.
 */
public final class DateTimeText {

  /** What is read, in words. */
  public static final String ACCEPTED =
      "ISO 8601 text (2023-12-01, 2023-12-01T05:00, 2023-12-01 05:00:00.123; with an offset as Z,"
          + " -05, -0500, -05:00 or without one)";

  private static final int DATE_LENGTH = "2023-12-01".length();

  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .optionalStart()
          .appendLiteral(' ')
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH:mm:ss", "Z")
          .optionalEnd()
          .optionalStart()
          .appendLiteral('[')
          .parseCaseSensitive()
          .appendZoneRegionId()
          .appendLiteral(']')
          .toFormatter(Locale.ROOT)
          // Or 30 February would be the last day of the month.
          .withResolverStyle(ResolverStyle.STRICT)
          .withChronology(IsoChronology.INSTANCE);

  private DateTimeText() {}

  /**
   * Reads a text.
   *
   * @return a {@link ZonedDateTime} where it has an offset, else a {@link LocalDateTime} or a
   *     {@link LocalDate}
   * @throws DateTimeParseException when it is none of them
   */
  public static TemporalAccessor parse(String text) {
    String iso =
        text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' '
            ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1)
            : text;
    return FORMAT.parseBest(iso, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
  }
}
