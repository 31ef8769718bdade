package io.furnistream.screening;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A time from the start of one day in UTC to the end of another, whatever the current time.
 *
 * @param notBefore the first day; null when there is no lower bound
 * @param notAfter the last day; null when there is no upper bound
 */
record TimeRangeCheck(LocalDate notBefore, LocalDate notAfter, Instant first, Instant end)
    implements Check {

  /** The days from one to another, both included; a null bounds nothing. */
  static TimeRangeCheck between(LocalDate notBefore, LocalDate notAfter) {
    return new TimeRangeCheck(
        notBefore,
        notAfter,
        notBefore == null ? Instant.MIN : Times.start(notBefore),
        notAfter == null ? null : Times.start(notAfter.plusDays(1)));
  }

  @Override
  public String complaint(Object value, Clock clock) {
    Instant time = Times.instant(value);
    if (time == null) {
      return "is " + Excerpt.of(value) + ", not a time";
    }
    if (time.isBefore(first)) {
      return "is " + Excerpt.of(value) + ", before " + notBefore;
    }
    if (end != null && !time.isBefore(end)) {
      return "is " + Excerpt.of(value) + ", after " + notAfter;
    }
    return null;
  }
}
