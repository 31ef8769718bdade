package io.furnistream.verify.tables;

import java.time.LocalDate;

/**
 * The days that are compared: the store's own days, both ends included.
 *
 * @param from the first day
 * @param to the last day, not before {@code from}
 */
public record DayRange(LocalDate from, LocalDate to) {

  /** Every day that a date column holds in each of the stores. */
  public static final DayRange ALL =
      new DayRange(LocalDate.parse("0001-01-01"), LocalDate.parse("9999-12-31"));

  /**
   * Refuses a range that ends before it begins.
   *
   * @throws IllegalArgumentException when {@code to} is before {@code from}
   */
  public DayRange {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("The last day, " + to + ", is before the first, " + from);
    }
  }

  /** The range with the days before and behind it, to which the ends of its days belong in UTC. */
  public DayRange withNeighbours() {
    return equals(ALL) ? ALL : new DayRange(from.minusDays(1), to.plusDays(1));
  }

  /** Whether a day is one of them. */
  public boolean contains(LocalDate day) {
    return !day.isBefore(from) && !day.isAfter(to);
  }
}
