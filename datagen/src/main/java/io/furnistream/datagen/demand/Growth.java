package io.furnistream.datagen.demand;

import io.furnistream.datagen.store.Demand;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** How much larger the store is than at the start. */
final class Growth {

  private static final double DAYS_A_YEAR = 365.2425;
  private static final double LEAST = 0.01;
  private static final double MOST = 100;

  private final Demand.Growth growth;

  Growth(Demand.Growth growth) {
    this.growth = growth;
  }

  /** Times the start, on a day; compound, and level before the first day and after the last. */
  double on(LocalDate day) {
    LocalDate until = day.isAfter(growth.until()) ? growth.until() : day;
    long days = Math.max(0, ChronoUnit.DAYS.between(growth.from(), until));
    double times = StrictMath.pow(1 + growth.percent() / 100, days / DAYS_A_YEAR);
    return Math.max(LEAST, Math.min(MOST, times));
  }
}
