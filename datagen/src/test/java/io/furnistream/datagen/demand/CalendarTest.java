package io.furnistream.datagen.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.furnistream.datagen.store.Demand;
import io.furnistream.datagen.store.Platform;
import io.furnistream.datagen.store.Store;
import io.furnistream.datagen.store.Stores;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holidays, promotions, prices and growth, against a calendar. */
class CalendarTest {

  private static final String HOLIDAYS =
      """
      holidays:
        - {name: Fixed, date: 12-25, factor: 0.5, closed: [Store]}
        - {name: Leap, date: 02-29, factor: 2}
        - {name: Thanksgiving, nth: {week: 4, weekday: Thursday, month: November}, factor: 3}
        - {name: Memorial, nth: {week: -1, weekday: Monday, month: May}, factor: 4}
        - {name: Good Friday, easter: -2, factor: 5, closed: [Phone]}
        - {name: New Year, date: 01-01}
      promotions:
        - {name: Around, around: {holiday: Thanksgiving, first: 1, last: 4}, factor: 2, discount: 0.25, categories: [Seats]}
        - {name: Before, around: {holiday: New Year, first: -3, last: -1}, factor: 1.5, discount: 0.1}
        - {name: Over the year, yearly: {from: 12-27, to: 01-10}, factor: 1, discount: 0.2}
        - {name: Once, once: {from: 2024-02-28, to: 2024-03-01}, factor: 7, discount: 0.05}
      """;

  private final Store store = Stores.with(HOLIDAYS);
  private final Holidays holidays = new Holidays(store.demand().holidays());
  private final Promotions promotions = new Promotions(store.demand().promotions(), holidays);

  /** From printed calendars. */
  @ParameterizedTest
  @CsvSource({
    "1943-04-25", "1970-03-29", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24",
    "2019-04-21", "2023-04-09", "2024-03-31", "2025-04-20", "2038-04-25", "2285-03-22"
  })
  void easterIsWhereTheCalendarHasIt(LocalDate day) {
    assertThat(Easter.in(day.getYear())).isEqualTo(day);
  }

  @ParameterizedTest
  @CsvSource({
    "2023-12-25, 0.5", "2023-12-24, 1", "2024-02-29, 2", "2023-02-28, 1", "2023-03-01, 1",
    "2023-11-23, 3", "2024-11-28, 3", "2023-11-30, 1", "2023-05-29, 4", "2027-05-31, 4",
    "2023-05-22, 1", "2023-04-07, 5", "2024-03-29, 5", "2024-01-01, 1"
  })
  void holidaysFallOnTheirDays(LocalDate day, double factor) {
    assertThat(holidays.factor(day)).isEqualTo(factor);
  }

  @Test
  void holidaysCloseWhatTheySay() {
    LocalDate christmas = LocalDate.of(2023, 12, 25);
    assertThat(holidays.closes(Platform.STORE, christmas)).isTrue();
    assertThat(holidays.closes(Platform.PHONE, christmas)).isFalse();
    assertThat(holidays.closes(Platform.STORE, christmas.plusDays(1))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2023-11-23, ''",
    "2023-11-24, Around",
    "2023-11-27, Around",
    "2023-11-28, ''",
    // New Year is in the year after.
    "2023-12-28, Over the year",
    "2023-12-29, Before Over the year",
    "2023-12-31, Before Over the year",
    "2024-01-01, Over the year",
    "2024-01-10, Over the year",
    "2024-01-11, ''",
    "2024-02-27, ''",
    "2024-02-29, Once",
    "2024-03-01, Once",
    "2024-03-02, ''",
    "2025-02-28, ''"
  })
  void promotionsLastAsLongAsTheySay(LocalDate day, String names) {
    assertThat(promotions.on(day).stream().map(Demand.Promotion::name).toList())
        .isEqualTo(
            List.of("Around", "Before", "Over the year", "Once").stream()
                .filter(names::contains)
                .toList());
  }

  @Test
  void aPromotionIsForItsCategories() {
    List<Demand.Promotion> offered = promotions.on(LocalDate.of(2023, 11, 24));
    assertThat(Promotions.factor(offered, "Seats")).isEqualTo(2);
    assertThat(Promotions.factor(offered, "Boards")).isEqualTo(1);
    assertThat(Promotions.discount(offered, "Seats")).isEqualTo(new BigDecimal("0.2500"));
    assertThat(Promotions.discount(offered, "Boards")).isEqualTo(new BigDecimal("0.0000"));
    // Two at once: both raise demand, the larger discount counts.
    List<Demand.Promotion> two = promotions.on(LocalDate.of(2023, 12, 30));
    assertThat(Promotions.factor(two, "Boards")).isEqualTo(1.5);
    assertThat(Promotions.discount(two, "Boards")).isEqualTo(new BigDecimal("0.2000"));
  }

  @ParameterizedTest
  @CsvSource({
    "USD, 2023-12-31, S-1, 7.2500", "USD, 2024-01-01, S-1, 7.9800", "USD, 2024-01-02, S-1, 3.9900",
    "USD, 2030-01-01, S-1, 3.9900", "USD, 2024-01-02, C-1, 11.0000",
        "USD, 2024-01-02, T-1, 90.0000",
    "JPY, 2024-01-01, S-1, 8.0000"
  })
  void pricesChangeOnTheirDay(String currency, LocalDate day, String product, String price) {
    Store changing =
        Stores.parse(
            Stores.PLAIN.replace("USD", currency)
                + """
                demand:
                  price_changes:
                    - {day: 2024-01-02, product: S-1, percent: -50}
                    - {day: 2024-01-01, category: Seats, percent: 10}
                    - {day: 2023-06-01, category: Boards, percent: -10}
                """);
    assertThat(
            new Prices(changing)
                .on(
                    day,
                    changing.products().stream()
                        .filter(each -> each.id().equals(product))
                        .findFirst()
                        .orElseThrow()))
        .isEqualTo(new BigDecimal(price));
  }

  @ParameterizedTest
  @CsvSource({
    "1990-01-01, 1",
    "2023-01-01, 1",
    "2024-01-01, 1.0999",
    "2025-01-01, 1.2102",
    "2099-01-01, 1.2102"
  })
  void growthIsCompoundAndBounded(LocalDate day, double times) {
    Growth growth =
        new Growth(new Demand.Growth(10, LocalDate.of(2023, 1, 1), LocalDate.of(2025, 1, 1)));
    assertThat(growth.on(day)).isCloseTo(times, within(0.0002));
    Growth wild =
        new Growth(new Demand.Growth(900, LocalDate.of(1970, 1, 1), LocalDate.of(2199, 1, 1)));
    assertThat(wild.on(LocalDate.of(2199, 1, 1))).isEqualTo(100);
  }
}
