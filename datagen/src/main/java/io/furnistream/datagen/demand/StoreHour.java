package io.furnistream.datagen.demand;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * An hour that really passes on a day of the store.
 *
 * @param hour what the local clock shows when it begins, 0 to 23
 * @param start when it begins
 * @param millis how long it lasts, 1 to 3,600,000 ms
 */
public record StoreHour(int hour, Instant start, int millis) {

  private static final Duration HOUR = Duration.ofHours(1);

  /**
   * The hours of a day: 24, or 23 and 25 when the clock changes. Hours of the local clock that are
   * skipped are not among them, and those that come twice are there twice. A day that a zone left
   * out has none.
   */
  public static List<StoreHour> of(LocalDate day, ZoneId zone) {
    Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
    List<StoreHour> hours = new ArrayList<>();
    Instant start = day.atStartOfDay(zone).toInstant();
    while (start.isBefore(end)) {
      Instant next = start.plus(HOUR).isBefore(end) ? start.plus(HOUR) : end;
      hours.add(
          new StoreHour(
              start.atZone(zone).getHour(),
              start,
              Math.toIntExact(Duration.between(start, next).toMillis())));
      start = next;
    }
    return hours;
  }

  /** An instant within this hour, to the millisecond. */
  public Instant draw(Draws draws) {
    return start.plusMillis(draws.below(millis));
  }
}
