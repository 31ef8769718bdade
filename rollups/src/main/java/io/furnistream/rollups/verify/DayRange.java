package io.furnistream.rollups.verify;

import java.time.LocalDate;

/**
 * The days that are held against each other: the store's own days, both ends included.
 *
 * @param from the first day
 * @param to the last day, not before {@code from}
 */
record DayRange(LocalDate from, LocalDate to) {

  /** Every day that a date column holds in each of the stores. */
  static final DayRange ALL =
      new DayRange(LocalDate.parse("0001-01-01"), LocalDate.parse("9999-12-31"));

  DayRange {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException(
          "The last day, " + to + ", stands before the first, " + from);
    }
  }

  /** The range with the days before and behind it, to which the ends of its days belong in UTC. */
  DayRange withNeighbours() {
    return equals(ALL) ? ALL : new DayRange(from.minusDays(1), to.plusDays(1));
  }

  boolean contains(LocalDate day) {
    return !day.isBefore(from) && !day.isAfter(to);
  }
}
