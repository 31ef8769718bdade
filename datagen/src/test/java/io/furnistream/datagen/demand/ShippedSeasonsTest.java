package io.furnistream.datagen.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.furnistream.datagen.store.Store;
import io.furnistream.datagen.store.StoreFile;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stores that ship have the year that such stores have. */
class ShippedSeasonsTest {

  /** So many that their mean has hardly any noise. */
  private static final int SEEDS = 30;

  /**
   * January to December against the mean month, growth aside: roughly the furniture and home
   * furnishings stores of the USA (Census Bureau, Monthly Retail Trade Survey, NAICS 442, not
   * adjusted).
   */
  private static final double[] FURNITURE = {
    0.97, 0.92, 1.00, 0.96, 1.01, 0.97, 0.97, 1.03, 0.98, 1.00, 1.07, 1.10
  };

  @ParameterizedTest
  @ValueSource(ints = {2023, 2024, 2025, 2026, 2027})
  void furnitureSellsMostInDecemberAndThenInNovember(int year) {
    Map<Month, Double> months = months("furniture", "America/New_York", year);
    assertThat(byDemand(months)).startsWith(Month.DECEMBER, Month.NOVEMBER);
  }

  @Test
  void furnitureHasTheYearOfItsTrade() {
    // Growth of 8 percent a year, taken out by hand.
    Map<Month, Double> months = months("furniture", "America/New_York", 2023);
    double[] level =
        Arrays.stream(Month.values())
            .mapToDouble(each -> months.get(each) / Math.pow(1.08, (each.getValue() - 0.5) / 12))
            .toArray();
    double mean = DoubleStream.of(level).average().orElseThrow();
    for (int i = 0; i < FURNITURE.length; i++) {
      assertThat(level[i] / mean).as(Month.of(i + 1).name()).isCloseTo(FURNITURE[i], within(0.03));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2023, 2024, 2025, 2026, 2027})
  void clothingSellsMostInDecemberByFar(int year) {
    Map<Month, Double> months = months("clothing", "Europe/Berlin", year);
    List<Month> order = byDemand(months);
    assertThat(order).startsWith(Month.DECEMBER);
    assertThat(months.get(Month.DECEMBER) / months.get(order.get(1))).isGreaterThan(1.1);
  }

  private static List<Month> byDemand(Map<Month, Double> months) {
    return months.entrySet().stream()
        .sorted(Map.Entry.<Month, Double>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<Month, Double> months(String name, String zone, int year) {
    Store store = StoreFile.read(name, ZoneId.of(zone));
    List<DemandModel> models =
        IntStream.range(0, SEEDS).mapToObj(seed -> new DemandModel(store, "test", seed)).toList();
    Map<Month, Double> months = new EnumMap<>(Month.class);
    LocalDate.of(year, 1, 1)
        .datesUntil(LocalDate.of(year + 1, 1, 1))
        .forEach(
            day ->
                months.merge(
                    day.getMonth(),
                    models.stream().mapToDouble(model -> model.level(day)).sum(),
                    Double::sum));
    return months;
  }
}
