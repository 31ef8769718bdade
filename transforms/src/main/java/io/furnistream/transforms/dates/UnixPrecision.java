package io.furnistream.transforms.dates;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a plain number counts since 1970-01-01T00:00:00Z. A number gives no sign of its unit, but
 * from 1971 to 2199 the numbers of no two of them overlap: one that lies outside is of another.
 */
public enum UnixPrecision {
  /** Seconds since 1970. */
  SECONDS(TimeUnit.SECONDS),
  /** Thousandths of a second since 1970. */
  MILLISECONDS(TimeUnit.MILLISECONDS),
  /** Millionths of a second since 1970. */
  MICROSECONDS(TimeUnit.MICROSECONDS),
  /** Billionths of a second since 1970. */
  NANOSECONDS(TimeUnit.NANOSECONDS);

  /** The property that says which one, for messages; as Kafka's TimestampConverter calls it. */
  public static final String PROPERTY = "unix.precision";

  private final TimeUnit unit;
  private final long first;
  private final long end;

  UnixPrecision(TimeUnit unit) {
    this.unit = unit;
    first = unit.convert(LocalDate.of(1971, 1, 1).toEpochDay(), TimeUnit.DAYS);
    // In nanoseconds 7.3e18; a long holds 9.2e18.
    end = unit.convert(LocalDate.of(2200, 1, 1).toEpochDay(), TimeUnit.DAYS);
  }

  /**
   * The one of this name, in lower case, as Kafka's TimestampConverter has them.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static UnixPrecision named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Every name. */
  public static String[] names() {
    return Arrays.stream(values()).map(UnixPrecision::toString).toArray(String[]::new);
  }

  /**
   * A number as milliseconds, rounded down.
   *
   * @throws DateTimeException when it lies outside of 1971 to 2199, saying which unit may be meant
   */
  long toMillis(long number) {
    if (!isPlausible(number)) {
      throw new DateTimeException(
          "%d %s since 1970 is %s, outside of 1971 to 2199: %s"
              .formatted(number, this, year(number), cure(number)));
    }
    return unit.toMillis(number);
  }

  private boolean isPlausible(long number) {
    return number >= first && number < end;
  }

  private String year(long number) {
    try {
      // Towards the past, for negative numbers too.
      return "in the year "
          + LocalDate.ofEpochDay(Math.floorDiv(number, unit.convert(1, TimeUnit.DAYS))).getYear();
    } catch (DateTimeException e) {
      return "beyond any calendar";
    }
  }

  private static String cure(long number) {
    return Arrays.stream(values())
        .filter(other -> other.isPlausible(number))
        .findFirst()
        .map(
            other ->
                "set "
                    + PROPERTY
                    + "="
                    + other
                    + " if these are "
                    + other
                    + ", which is "
                    + other.year(number))
        .orElse("if it is right, make it a Timestamp first, with Kafka's TimestampConverter");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
