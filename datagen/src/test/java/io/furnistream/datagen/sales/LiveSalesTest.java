package io.furnistream.datagen.sales;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.datagen.store.Store;
import io.furnistream.schemas.DailyRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveSalesTest {

  private static final Store STORE = Days.furniture();
  private static final Instant NOON = Instant.parse("2027-11-26T17:00:00Z");

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 50, 1_000})
  void everyMinuteHasTheRate(int rate) {
    LiveSales sales = new LiveSales(new LiveDataset(STORE, 7, false, rate));
    for (int i = 0; i < 3; i++) {
      Instant minute = NOON.plus(LiveSales.MINUTE.multipliedBy(i));
      assertThat(sales.lines(minute)).isEqualTo(60 * rate);
      assertThat(records(sales, minute)).hasSize(60 * rate);
    }
  }

  /** A long order moves a part of its lines across the edge of a window, no more. */
  @Test
  void anySecondHasTheRateWithinTwoOrders() {
    LiveSales sales = new LiveSales(new LiveDataset(STORE, 7, false, 200));
    int longest = STORE.demand().orders().lines().size();
    int[] seconds = new int[60];
    for (GeneratedRecord sale : records(sales, NOON)) {
      seconds[(int) Duration.between(NOON, sale.value().getTs()).toSeconds()]++;
    }
    for (int second : seconds) {
      assertThat(second).isBetween(200 - 2 * longest, 200 + 2 * longest);
    }
  }

  @Test
  void recordsAreSoundAndOfTheirMinute() {
    LiveSales sales = new LiveSales(new LiveDataset(STORE, 7, false, 20));
    Set<String> ids = new HashSet<>();
    Set<String> orders = new HashSet<>();
    int made = 0;
    for (int i = 0; i < 5; i++) {
      Instant minute = NOON.plus(LiveSales.MINUTE.multipliedBy(i));
      Instant last = minute;
      for (List<GeneratedRecord> order : sales.orders(minute)) {
        String id = order.get(0).value().getOrderId();
        assertThat(orders.add(id)).isTrue();
        assertThat(order).isNotEmpty();
        for (GeneratedRecord each : order) {
          DailyRecord sale = each.value();
          made++;
          assertThat(sale.getOrderId()).isEqualTo(id);
          assertThat(sale.getTsDate()).isEqualTo(LocalDate.parse("2027-11-26"));
          assertThat(sale.getTs()).isBetween(last, minute.plus(LiveSales.MINUTE).minusMillis(1));
          last = sale.getTs();
          ids.add(sale.getTsId());
        }
      }
    }
    assertThat(made).isEqualTo(5 * 60 * 20);
    assertThat(ids).hasSize(made);
  }

  @Test
  void aMinuteDoesNotDependOnThoseBeforeIt() {
    LiveDataset dataset = new LiveDataset(STORE, 7, false, 20);
    List<GeneratedRecord> alone = records(new LiveSales(dataset), NOON);
    LiveSales sales = new LiveSales(dataset);
    records(sales, NOON.minus(Duration.ofDays(1)));
    records(sales, NOON.minus(LiveSales.MINUTE));
    assertThat(records(sales, NOON)).isEqualTo(alone);
    assertThat(records(new LiveSales(new LiveDataset(STORE, 8, false, 20)), NOON))
        .isNotEqualTo(alone);
  }

  @Test
  void whatTheLedgerStatesGivesItWhateverTheStacksStoreIs() {
    assertThat(new LiveDataset(STORE, 7, false, 20).producing().arguments())
        .isEqualTo("--store furniture --live --rate 20 --seed 7");
  }

  /** Days of 24, 23 and 25 hours: all of what the model says of the day, and no number twice. */
  @ParameterizedTest
  @CsvSource({
    "2027-11-26, 2027-11-26T05:00:00Z, 1440",
    "2027-03-14, 2027-03-14T05:00:00Z, 1380",
    "2027-11-07, 2027-11-07T04:00:00Z, 1500"
  })
  void theMinutesOfADayAreWhatTheModelSays(String day, Instant start, int minutes) {
    LocalDate date = LocalDate.parse(day);
    LiveSales sales = new LiveSales(new LiveDataset(STORE, 7, true, 3_000));
    assertThat(sales.startOf(date)).isEqualTo(start);
    Set<String> ids = new HashSet<>();
    int made = 0;
    int open = 0;
    for (int i = 0; i < minutes; i++) {
      for (GeneratedRecord each : records(sales, start.plus(LiveSales.MINUTE.multipliedBy(i)))) {
        assertThat(each.value().getTsDate()).isEqualTo(date);
        ids.add(each.value().getTsId());
        made++;
        open += isOpen(each.value()) ? 1 : 0;
      }
    }
    int asDays = new DayGenerator(new Dataset(STORE, 7, Volume.modelled(3_000, 0))).records(date);
    assertThat(made).isEqualTo(asDays);
    assertThat(ids).hasSize(made);
    assertThat(open).as("sales where the platform is open at that hour").isEqualTo(made);
  }

  private static boolean isOpen(DailyRecord sale) {
    int hour = sale.getTs().atZone(STORE.zone()).getHour();
    return STORE.hours().entrySet().stream()
        .filter(each -> each.getKey().text().equals(sale.getPlatform()))
        .anyMatch(each -> each.getValue().get(hour) > 0);
  }

  /** At a rate, somebody must sell in the middle of the night, too. */
  @Test
  void aRateHoldsAtEveryHour() {
    LiveSales sales = new LiveSales(new LiveDataset(STORE, 7, false, 5));
    for (int hour = 0; hour < 24; hour++) {
      assertThat(records(sales, NOON.plus(Duration.ofHours(hour)))).hasSize(300);
    }
  }

  private static List<GeneratedRecord> records(LiveSales sales, Instant minute) {
    List<GeneratedRecord> all = new ArrayList<>();
    sales.orders(minute).forEach(all::addAll);
    return all;
  }
}
