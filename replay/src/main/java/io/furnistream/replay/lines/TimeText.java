package io.furnistream.replay.lines;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;

/**
 * Dates and times as a file writes them. Formats are Java's ({@link DateTimeFormatter}), {@code
 * iso} or {@code excel}, the days since 1899-12-30 that Excel counts. A date without a time is the
 * store's day from its start.
 */
final class TimeText {

  static final String ISO = "iso";
  static final String EXCEL = "excel";

  private static final LocalDate EXCEL_EPOCH = LocalDate.of(1899, 12, 30);

  /** 1900-03-01: the days before are off by one, as Excel takes 1900 for a leap year. */
  private static final int FIRST_EXCEL_DAY = 61;

  /** Characters: to read a million digits would take minutes. */
  private static final int LONGEST_EXCEL_DAY = 60;

  /** 9999-12-31, Excel's last day. */
  private static final int LAST_EXCEL_DAY = 2_958_465;

  private static final long MILLIS_A_DAY = 86_400_000;

  /** 2023-12-01, 2023-12-01T10:00, 2023-12-01 10:00:00.5-05:00 and 2023-12-01 10:00:00+00. */
  private static final DateTimeFormatter ISO_TIMES =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendPattern("[' ']")
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .optionalStart()
          .parseLenient()
          .appendOffsetId()
          .toFormatter(Locale.ROOT);

  private final List<String> formats;
  private final List<Format> readers;
  private final ZoneId zone;
  private final ZoneId storeZone;

  /**
   * Reads so.
   *
   * @param formats in the order in which they are tried
   * @param zone of what has none of its own
   * @param storeZone whose days are the store's
   * @throws IllegalArgumentException when one is no format, which a mapping has none of
   */
  TimeText(List<String> formats, ZoneId zone, ZoneId storeZone) {
    this.formats = formats.isEmpty() ? List.of(ISO) : List.copyOf(formats);
    this.readers = this.formats.stream().map(TimeText::format).toList();
    this.zone = zone;
    this.storeZone = storeZone;
  }

  /** When a sale was. */
  record Time(Instant instant, LocalDate storeDay) {}

  Time read(String text) throws UnreadableException {
    String bare = text.strip();
    for (Format format : readers) {
      try {
        return time(format.parse(bare));
      } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
        // the next one may fit
      }
    }
    throw new UnreadableException(
        "'%s' is not a time of the format %s".formatted(text, String.join(" or ", formats)));
  }

  private Time time(TemporalAccessor parsed) {
    if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
      // The text has a zone or an offset, beside a date and a time.
      return of(Instant.from(parsed));
    }
    LocalDate date = LocalDate.from(parsed);
    LocalTime time = parsed.query(TemporalQueries.localTime());
    if (time == null) {
      return new Time(date.atStartOfDay(storeZone).toInstant(), date);
    }
    return of(ZonedDateTime.of(date, time, zone).toInstant());
  }

  private Time of(Instant instant) {
    Instant millis = instant.truncatedTo(ChronoUnit.MILLIS);
    return new Time(millis, millis.atZone(storeZone).toLocalDate());
  }

  @FunctionalInterface
  private interface Format {
    TemporalAccessor parse(String text);
  }

  private static Format format(String format) {
    return switch (format) {
      case EXCEL -> TimeText::excel;
      case ISO -> ISO_TIMES::parse;
      default -> {
        DateTimeFormatter formatter =
            new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .parseLenient()
                .appendPattern(withoutEra(format))
                .toFormatter(Locale.US)
                .withResolverStyle(ResolverStyle.STRICT);
        yield formatter::parse;
      }
    };
  }

  /** People write y for the year, which in Java is one of an era. */
  private static String withoutEra(String format) {
    StringBuilder years = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      quoted ^= c == '\'';
      years.append(c == 'y' && !quoted ? 'u' : c);
    }
    return years.toString();
  }

  private static TemporalAccessor excel(String text) {
    if (text.length() > LONGEST_EXCEL_DAY) {
      throw new DateTimeException("Excel writes no such number");
    }
    BigDecimal days = new BigDecimal(text);
    if (days.compareTo(BigDecimal.valueOf(FIRST_EXCEL_DAY)) < 0
        || days.compareTo(BigDecimal.valueOf(LAST_EXCEL_DAY)) > 0) {
      throw new DateTimeException("Excel has no such day");
    }
    long millis =
        days.multiply(BigDecimal.valueOf(MILLIS_A_DAY))
            .setScale(0, RoundingMode.HALF_UP)
            .longValueExact();
    return millis % MILLIS_A_DAY == 0
        ? EXCEL_EPOCH.plusDays(millis / MILLIS_A_DAY)
        : EXCEL_EPOCH.atStartOfDay().plus(millis, ChronoUnit.MILLIS);
  }
}
