package io.furnistream.datagen.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.furnistream.datagen.store.Store;
import io.furnistream.datagen.store.Stores;
import io.furnistream.schemas.DailyRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What is sold is distributed as the store file says. Shares of 20,000 lines are within 0.015 of
 * what they are worked out to by hand: more than four standard deviations.
 */
class DemandTest {

  private static final int LINES = 20_000;
  private static final double TOLERANCE = 0.015;
  private static final String ONE_LINE = "orders: {lines: [1]}\n";

  @Test
  void productsSellAsTheirWeightsSay() {
    List<DailyRecord> sales = sales(Stores.with(ONE_LINE), "2023-05-03");
    assertThat(share(sales, each -> each.getProductId().equals("C-1")))
        .isCloseTo(0.3, within(TOLERANCE));
    assertThat(share(sales, each -> each.getProductId().equals("C-2")))
        .isCloseTo(0.1, within(TOLERANCE));
    assertThat(share(sales, each -> each.getProductId().equals("T-1")))
        .isCloseTo(0.4, within(TOLERANCE));
  }

  @Test
  void aProductIsSoldFromItsLaunchToItsEnd() {
    Store store =
        Stores.parse(
            Stores.PLAIN.replace(
                "weight: 40}", "weight: 40, launched: 2023-05-03, ended: 2023-05-04}"));
    Predicate<DailyRecord> table = each -> each.getProductId().equals("T-1");
    assertThat(sales(store, "2023-05-02")).noneMatch(table);
    assertThat(sales(store, "2023-05-03")).anyMatch(table);
    assertThat(sales(store, "2023-05-04")).noneMatch(table);
    assertThat(model(store, 1_000, "2023-05-03")).isEqualTo(model(store, 1_000, "2023-05-02"));
  }

  @Test
  void aSeasonRaisesItsCategoryAndTheDay() {
    Store store = Stores.with(ONE_LINE + "seasons: {Seats: {May: 3}}");
    Predicate<DailyRecord> seats = each -> each.getCategory().equals("Seats");
    // Weights of 60 and 40; three times 60 in May.
    assertThat(share(sales(store, "2023-06-05"), seats)).isCloseTo(0.6, within(TOLERANCE));
    assertThat(share(sales(store, "2023-05-31"), seats)).isCloseTo(180.0 / 220, within(TOLERANCE));
    assertThat(ratio(store, "2023-05-31", "2023-06-01")).isCloseTo(2.2, within(0.001));
  }

  @Test
  void aWeekdayRaisesItsPlatformAndTheDay() {
    Store store =
        Stores.parse(
            Stores.PLAIN
                + "hours: {Store: %1$s, Website: %1$s}\n".formatted("[" + "1, ".repeat(23) + "1]")
                + "demand: {weekdays: {Store: {Saturday: 3, Sunday: 0}}}\n");
    Predicate<DailyRecord> shop = each -> each.getPlatform().equals("Store");
    assertThat(share(sales(store, "2023-05-05"), shop)).isCloseTo(0.5, within(TOLERANCE));
    assertThat(share(sales(store, "2023-05-06"), shop)).isCloseTo(0.75, within(TOLERANCE));
    assertThat(sales(store, "2023-05-07")).noneMatch(shop);
    assertThat(ratio(store, "2023-05-06", "2023-05-05")).isCloseTo(2, within(0.001));
    assertThat(ratio(store, "2023-05-07", "2023-05-05")).isCloseTo(0.5, within(0.001));
  }

  @Test
  void aHolidayChangesDemandAndClosesPlatforms() {
    Store store =
        Stores.with("holidays: [{name: May Day, date: 05-01, factor: 0.5, closed: [Phone]}]");
    Predicate<DailyRecord> phone = each -> each.getPlatform().equals("Phone");
    assertThat(sales(store, "2023-05-01")).noneMatch(phone);
    assertThat(sales(store, "2023-05-02")).anyMatch(phone);
    // Half, and less what the phone would have sold.
    double byPhone = share(sales(store, "2023-05-02"), phone);
    assertThat(ratio(store, "2023-05-01", "2023-05-02"))
        .isCloseTo(0.5 * (1 - byPhone), within(0.01));
  }

  @Test
  void aPromotionReducesEveryLineOfItsCategories() {
    Store store =
        Stores.with(
            ONE_LINE
                + "promotions: [{name: Sale, once: {from: 2023-05-02, to: 2023-05-02}, factor: 2,"
                + " discount: 0.18, categories: [Seats]}]");
    List<DailyRecord> sales = sales(store, "2023-05-02");
    assertThat(sales)
        .filteredOn(each -> each.getCategory().equals("Seats"))
        .allMatch(each -> each.getDiscount().doubleValue() >= 0.18)
        // The defaults have 7 and 3 in a hundred lines at 20 and 30 percent.
        .satisfies(
            seats ->
                assertThat(
                        share(List.copyOf(seats), each -> each.getDiscount().doubleValue() == 0.18))
                    .isCloseTo(0.9, within(TOLERANCE)));
    assertThat(
            share(
                sales.stream().filter(each -> each.getCategory().equals("Boards")).toList(),
                each -> each.getDiscount().signum() == 0))
        .isCloseTo(0.58, within(2 * TOLERANCE));
    assertThat(share(sales, each -> each.getCategory().equals("Seats")))
        .isCloseTo(120.0 / 160, within(TOLERANCE));
    assertThat(ratio(store, "2023-05-02", "2023-05-01")).isCloseTo(1.6, within(0.001));
  }

  @Test
  void aBasketHoldsWhatGoesTogether() {
    String twoLines = "orders: {lines: [0, 1]}\n";
    // After the first chair: chairs 10, stools 20, tables 40; after the second: 30, 20, 40.
    double alone = 0.75 * 40 / 70 + 0.25 * 40 / 90;
    double together = 0.75 * 200 / 230 + 0.25 * 200 / 250;
    assertThat(tablesAfterChairs(Stores.with(twoLines))).isCloseTo(alone, within(2 * TOLERANCE));
    assertThat(tablesAfterChairs(Stores.with(twoLines + "goes_with: {Chairs: {Tables: 5}}")))
        .isCloseTo(together, within(2 * TOLERANCE));
  }

  private static double tablesAfterChairs(Store store) {
    List<DailyRecord> sales = sales(store, "2023-05-02");
    List<DailyRecord> after = new ArrayList<>();
    for (int i = 1; i < sales.size(); i++) {
      if (sales.get(i).getLine() == 2 && sales.get(i - 1).getSubCategory().equals("Chairs")) {
        after.add(sales.get(i));
      }
    }
    return share(after, each -> each.getSubCategory().equals("Tables"));
  }

  @Test
  void aCountryHasItsTaste() {
    Store store =
        Stores.with(ONE_LINE + "tastes: [{country: France, sub_category: Chairs, factor: 3}]");
    List<DailyRecord> sales = sales(store, "2023-05-02");
    Predicate<DailyRecord> chairs = each -> each.getSubCategory().equals("Chairs");
    assertThat(share(of(sales, "France"), chairs)).isCloseTo(120.0 / 180, within(2 * TOLERANCE));
    assertThat(share(of(sales, "Spain"), chairs)).isCloseTo(0.4, within(2 * TOLERANCE));
  }

  private static List<DailyRecord> of(List<DailyRecord> sales, String country) {
    return sales.stream().filter(each -> each.getCountry().equals(country)).toList();
  }

  @Test
  void anAverageDayOfTheFirstYearHasTheLinesAskedFor() {
    DayGenerator generator =
        new DayGenerator(new Dataset(Days.furniture(), 3, Volume.modelled(10_000, 0)));
    double sum =
        LocalDate.of(2023, 1, 1)
            .datesUntil(LocalDate.of(2024, 1, 1))
            .mapToInt(generator::records)
            .sum();
    // The noise of a year averages out to some percent.
    assertThat(sum / 365).isCloseTo(10_000, within(400.0));
  }

  @Test
  void demandGrows() {
    Store store = Stores.with("growth: {percent: 20, from: 2020-01-01, until: 2030-01-01}");
    assertThat(ratio(store, "2022-01-01", "2021-01-01")).isCloseTo(1.2, within(0.002));
    assertThat(ratio(store, "2040-01-01", "2030-01-01")).isEqualTo(1);
    assertThat(ratio(store, "2000-01-01", "2020-01-01")).isEqualTo(1);
  }

  @Test
  void theNoiseOfNeighboursIsAlike() {
    Store store = Stores.with("noise: {strength: 0.2, memory: 0.8}");
    DayGenerator generator = new DayGenerator(new Dataset(store, 5, Volume.modelled(5_000_000, 0)));
    double[] logs =
        LocalDate.of(1990, 1, 1)
            .datesUntil(LocalDate.of(2020, 1, 1))
            .mapToDouble(day -> Math.log(generator.records(day) / 5_000_000.0))
            .toArray();
    // A moving average of 14 days with geometric weights w: w (1 - w^26) / (1 - w^28).
    double expected = 0.8 * (1 - Math.pow(0.8, 26)) / (1 - Math.pow(0.8, 28));
    assertThat(correlation(logs, 1)).isCloseTo(expected, within(0.03));
    assertThat(correlation(logs, 14)).isCloseTo(0, within(0.08));
    assertThat(Math.sqrt(covariance(logs, 0))).isCloseTo(0.2, within(0.01));
  }

  private static double correlation(double[] values, int lag) {
    return covariance(values, lag) / covariance(values, 0);
  }

  private static double covariance(double[] values, int lag) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double sum = 0;
    for (int i = lag; i < values.length; i++) {
      sum += (values[i] - mean) * (values[i - lag] - mean);
    }
    return sum / (values.length - lag);
  }

  @Test
  void customersComeBackAtTheirRate() {
    Store store =
        Stores.with(
            ONE_LINE + "customers: {rates: [{rate: 1, weight: 50}, {rate: 12, weight: 50}]}");
    Map<String, Integer> orders = new HashMap<>();
    sales(store, "2023-05-02").forEach(each -> orders.merge(each.getCustomerId(), 1, Integer::sum));
    // Some 1,000 people: about three orders each of the ones, nearly forty of the others.
    Map<Boolean, List<Integer>> regulars =
        orders.values().stream().collect(Collectors.partitioningBy(count -> count > 13));
    double often = regulars.get(true).stream().mapToInt(Integer::intValue).average().orElseThrow();
    double total = regulars.get(false).stream().mapToInt(Integer::intValue).sum();
    assertThat((double) regulars.get(true).size() / orders.size()).isCloseTo(0.51, within(0.06));
    // All who come seldom, also those who did not come on this day.
    assertThat(often * regulars.get(true).size() / total).isCloseTo(12, within(2.5));
  }

  @Test
  void customersArriveAndLeave() {
    Store store =
        Stores.with(
            "customers: {arrive: 100, lifetime: 100}\n"
                + "growth: {percent: 100, from: 2023-01-01, until: 2025-01-01}");
    Set<String> first = customers(store, "2023-01-10");
    Set<String> next = customers(store, "2023-01-11");
    assertThat(first.size()).isBetween(200, 450);
    assertThat(next).filteredOn(first::contains).hasSizeGreaterThan(first.size() * 9 / 10);
    assertThat(next).anyMatch(each -> !first.contains(each));
    assertThat(customers(store, "2023-12-10")).noneMatch(first::contains);
    assertThat((double) customers(store, "2025-06-10").size() / first.size())
        .isCloseTo(4, within(0.8));
  }

  private static Set<String> customers(Store store, String day) {
    Set<String> ids = new HashSet<>();
    sales(store, day).forEach(each -> ids.add(each.getCustomerId()));
    return ids;
  }

  private static List<DailyRecord> sales(Store store, String day) {
    return Days.generate(new Dataset(store, 11, Volume.exactly(LINES, 0)), day).stream()
        .map(GeneratedRecord::value)
        .toList();
  }

  private static double share(List<DailyRecord> sales, Predicate<DailyRecord> which) {
    assertThat(sales.size()).isGreaterThan(1_000);
    return (double) sales.stream().filter(which).count() / sales.size();
  }

  private static double ratio(Store store, String day, String other) {
    return (double) model(store, 1_000_000, day) / model(store, 1_000_000, other);
  }

  private static int model(Store store, int lines, String day) {
    return new DayGenerator(new Dataset(store, 11, Volume.modelled(lines, 0)))
        .records(LocalDate.parse(day));
  }
}
