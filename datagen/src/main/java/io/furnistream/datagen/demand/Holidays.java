package io.furnistream.datagen.demand;

import io.furnistream.datagen.store.Demand;
import io.furnistream.datagen.store.Platform;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;

/** The days of a year on which demand differs. */
final class Holidays {

  private final List<Demand.Holiday> holidays;

  Holidays(List<Demand.Holiday> holidays) {
    this.holidays = holidays;
  }

  /** Demand on a day, times the usual. */
  double factor(LocalDate day) {
    double factor = 1;
    for (Demand.Holiday holiday : holidays) {
      if (holiday.factor() != null && isOn(holiday, day)) {
        factor *= holiday.factor();
      }
    }
    return factor;
  }

  /** Whether a platform sells nothing on a day. */
  boolean closes(Platform platform, LocalDate day) {
    return holidays.stream()
        .anyMatch(
            holiday ->
                holiday.closed() != null
                    && holiday.closed().contains(platform)
                    && isOn(holiday, day));
  }

  /** When a holiday is in a year; 29 February is not in every year. */
  Optional<LocalDate> date(String name, int year) {
    return holidays.stream()
        .filter(holiday -> holiday.name().equals(name))
        .findFirst()
        .flatMap(holiday -> date(holiday, year));
  }

  private static boolean isOn(Demand.Holiday holiday, LocalDate day) {
    return date(holiday, day.getYear()).filter(day::equals).isPresent();
  }

  private static Optional<LocalDate> date(Demand.Holiday holiday, int year) {
    if (holiday.date() != null) {
      return holiday.date().isValidYear(year)
          ? Optional.of(holiday.date().atYear(year))
          : Optional.empty();
    }
    if (holiday.nth() != null) {
      Demand.NthWeekday nth = holiday.nth();
      return Optional.of(
          LocalDate.of(year, nth.month(), 1)
              .with(TemporalAdjusters.dayOfWeekInMonth(nth.week(), nth.weekday())));
    }
    return Optional.of(Easter.in(year).plusDays(holiday.easter()));
  }
}
