package io.furnistream.datagen.demand;

import io.furnistream.datagen.store.Demand;
import io.furnistream.schemas.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.stream.Stream;

/** The days on which the store gives a discount, and sells more. */
final class Promotions {

  private final List<Demand.Promotion> promotions;
  private final Holidays holidays;

  Promotions(List<Demand.Promotion> promotions, Holidays holidays) {
    this.promotions = promotions;
    this.holidays = holidays;
  }

  /** Those of a day. */
  List<Demand.Promotion> on(LocalDate day) {
    return promotions.stream().filter(promotion -> isOn(promotion, day)).toList();
  }

  /** Demand for a category while promotions last, times the usual. */
  static double factor(List<Demand.Promotion> promotions, String category) {
    double factor = 1;
    for (Demand.Promotion promotion : promotions) {
      factor *= reduces(promotion, category) ? promotion.factor() : 1;
    }
    return factor;
  }

  /** The fraction off the price that a line of a category has at least, scale 4. */
  static BigDecimal discount(List<Demand.Promotion> promotions, String category) {
    return promotions.stream()
        .filter(promotion -> reduces(promotion, category))
        .map(promotion -> promotion.discount().setScale(Money.SCALE))
        .reduce(Money.ZERO, BigDecimal::max);
  }

  private static boolean reduces(Demand.Promotion promotion, String category) {
    return promotion.categories() == null || promotion.categories().contains(category);
  }

  private boolean isOn(Demand.Promotion promotion, LocalDate day) {
    if (promotion.once() != null) {
      return isBetween(day, promotion.once().from(), promotion.once().to());
    }
    if (promotion.yearly() != null) {
      return isBetween(MonthDay.from(day), promotion.yearly());
    }
    Demand.Around around = promotion.around();
    // Days around a holiday may lie in the year before or after its own.
    return Stream.of(day.getYear() - 1, day.getYear(), day.getYear() + 1)
        .flatMap(year -> holidays.date(around.holiday(), year).stream())
        .anyMatch(
            holiday ->
                isBetween(day, holiday.plusDays(around.first()), holiday.plusDays(around.last())));
  }

  private static boolean isBetween(LocalDate day, LocalDate from, LocalDate to) {
    return !day.isBefore(from) && !day.isAfter(to);
  }

  private static boolean isBetween(MonthDay day, Demand.Yearly yearly) {
    boolean begun = !day.isBefore(yearly.from());
    boolean notOver = !day.isAfter(yearly.to());
    return yearly.from().isAfter(yearly.to()) ? begun || notOver : begun && notOver;
  }
}
