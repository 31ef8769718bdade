package io.furnistream.verify.records;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static io.furnistream.verify.tables.Sales.DEC_2;
import static io.furnistream.verify.tables.Sales.key;
import static io.furnistream.verify.tables.Sales.sale;
import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.IdChecksum;
import io.furnistream.schemas.Topic;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.Sales;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LandedTest {

  private final Sold sold = new Sold();

  @AfterEach
  void close() {
    sold.close();
  }

  @Test
  void addsUpADayOverPartitions() {
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0010").setQuantity(2).build());
    sold.put(key(DEC_1, 2), sale(DEC_1, 2, "ann", "20.0000").setProfit(null).build());
    sold.put(key(DEC_1, 3), sale(DEC_1, 3, "bob", "-5.0000").setQuantity(-1).build());
    sold.put(key(DEC_2, 4), sale(DEC_2, 4, "bob", "7.0000").build());

    assertThat(days())
        .containsExactly(
            Map.entry(DEC_1, figures(3, 2, "115.0010", "9.5001", 2, 6)),
            Map.entry(DEC_2, figures(1, 1, "7.0000", "0.7000", 1, 4)));
  }

  @Test
  void aDuplicateChangesNothing() {
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());

    assertThat(days())
        .containsExactly(Map.entry(DEC_1, figures(1, 1, "100.0000", "10.0000", 1, 1)));
  }

  @Test
  void ofACorrectedRecordTheLatestCounts() {
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());
    sold.put(key(DEC_1, 2), sale(DEC_1, 2, "ann", "1.0000").build());
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "cem", "90.0000").setQuantity(3).build());

    assertThat(days()).containsExactly(Map.entry(DEC_1, figures(2, 4, "91.0000", "9.1000", 2, 3)));
  }

  @Test
  void aTombstoneTakesTheRecordBack() {
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());
    sold.put(key(DEC_1, 2), sale(DEC_1, 2, "bob", "1.0000").build());
    sold.put(key(DEC_1, 1), null);
    sold.put(key(DEC_2, 9), null);

    assertThat(days()).containsExactly(Map.entry(DEC_1, figures(1, 1, "1.0000", "0.1000", 1, 2)));
  }

  @Test
  void aDayWhoseRecordsAreAllDeletedIsNotListed() {
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());
    sold.put(key(DEC_1, 1), null);

    assertThat(days()).isEmpty();
    assertThat(Topic.AGGREGATED)
        .allSatisfy(topic -> assertThat(sold.rows(topic, DayRange.ALL)).isEmpty());
  }

  @Test
  void aRecordThatComesBackCountsAgain() {
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());
    sold.put(key(DEC_1, 1), null);
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "50.0000").build());

    assertThat(days()).containsExactly(Map.entry(DEC_1, figures(1, 1, "50.0000", "5.0000", 1, 1)));
  }

  @Test
  void aRecordThatMovedToAnotherDayCountsThere() {
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());
    sold.put(key(DEC_2, 1), sale(DEC_2, 1, "ann", "100.0000").build());
    sold.put(key(DEC_1, 1), null);

    assertThat(days())
        .containsExactly(Map.entry(DEC_2, figures(1, 1, "100.0000", "10.0000", 1, 1)));
  }

  @Test
  void daysOutsideTheRangeArePassedOver() {
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());
    sold.put(key(DEC_2, 2), sale(DEC_2, 2, "ann", "3.0000").build());
    sold.put(key(DEC_2.plusDays(1), 3), sale(DEC_2.plusDays(1), 3, "ann", "5.0000").build());

    assertThat(sold.prepare(new DayRange(DEC_2, DEC_2)).figures().keySet()).containsExactly(DEC_2);
  }

  @Test
  void anUnreadableRecordLeavesWhatCameBefore() {
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());

    refused("revenue", key(DEC_1, 1), sale(DEC_1, 1, "a", "1.0000").setRevenue(tooLong()).build());
    refused(
        "key_ts_id",
        new DailyRecordKey(DEC_1, 0, "no uuid"),
        sale(DEC_1, 1, "ann", "1.0000").build());
    assertThat(days())
        .containsExactly(Map.entry(DEC_1, figures(1, 1, "100.0000", "10.0000", 1, 1)));
  }

  @Test
  void aRecordThatBreaksARuleLeavesWhatCameBefore() {
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());
    sold.put(key(DEC_1, 2), sale(DEC_1, 2, "ann", "1.0000").build());
    refused("quantity", key(DEC_1, 1), sale(DEC_1, 1, "cem", "90.0000").setQuantity(0).build());
    refused("discount", key(DEC_1, 3), sale(DEC_1, 3, "dan", "7.0000").setDiscount(two()).build());
    refused("key_bucket", new DailyRecordKey(DEC_1, 16, Sales.id(2).toString()), null);

    assertThat(days())
        .containsExactly(Map.entry(DEC_1, figures(2, 2, "101.0000", "10.1000", 1, 3)));
    // Ann's first record is cem's, and dan's is there too.
    assertThat(sold.prepare(DayRange.ALL).produced())
        .containsExactly(Map.entry(DEC_1, figures(3, 2, "98.0000", "9.8000", 3, 6)));
  }

  @Test
  void aValueThatIsNotItsKeysIsRefused() {
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "1.0000").build());
    refused("key_bucket", new DailyRecordKey(DEC_1, 3, Sales.id(1).toString()), null);
    refused("ts_date", key(DEC_1, 1), sale(DEC_2, 1, "ann", "2.0000").build());
    refused("ts_id", key(DEC_1, 1), sale(DEC_1, 17, "ann", "2.0000").build());

    assertThat(days()).containsExactly(Map.entry(DEC_1, figures(1, 1, "1.0000", "0.1000", 1, 1)));
  }

  @Test
  void onlyTheLatestWordOfAKeyIsProduced() {
    refused("quantity", key(DEC_1, 1), sale(DEC_1, 1, "ann", "1.0000").setQuantity(0).build());
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "2.0000").build());
    refused("quantity", key(DEC_1, 2), sale(DEC_1, 2, "ann", "4.0000").setQuantity(0).build());
    sold.put(key(DEC_1, 2), null);
    refused("quantity", key(DEC_2, 3), sale(DEC_2, 3, "ann", "8.0000").setQuantity(0).build());
    refused("line", key(DEC_2, 3), sale(DEC_2, 3, "bob", "16.0000").setLine(0).build());
    refused("revenue", key(DEC_1, 9), sale(DEC_1, 9, "x", "1.0000").setRevenue(tooLong()).build());

    assertThat(days()).containsExactly(Map.entry(DEC_1, figures(1, 1, "2.0000", "0.2000", 1, 1)));
    assertThat(sold.prepare(DayRange.ALL).produced())
        .as("of the first day it cannot be said: an amount is none")
        .containsExactly(Map.entry(DEC_2, figures(1, 1, "16.0000", "1.6000", 1, 3)));
  }

  @Test
  void aDaysRowCountsCustomersAndOrdersOnce() {
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").setOrderId("o1").build());
    sold.put(key(DEC_1, 2), sale(DEC_1, 2, "ann", "20.0000").setOrderId("o1").build());
    sold.put(key(DEC_1, 3), sale(DEC_1, 3, "bob", "5.0000").setOrderId("o2").build());

    assertThat(sold.rows(Topic.DAILY_PU_REV, DEC_1))
        .containsExactly(
            Map.entry(
                List.of(),
                List.of(3L, 2L, 2L, 3L, new BigDecimal("125.0000"), new BigDecimal("12.5000"))));
  }

  /** 1,000 of the largest records: more than 18 digits hold, and more than 64 bits. */
  @Test
  void sumsOfTheLargestAmountsAreThoseOfBigDecimal() {
    BigDecimal most = new BigDecimal("99999999999999.9999");
    for (int n = 1; n <= 1000; n++) {
      sold.put(
          key(DEC_1, n),
          sale(DEC_1, n, "ann", "0.0000")
              .setOrderId("o" + n % 2)
              .setQuantity(100_000)
              .setRevenue(most)
              .setProfit(most.negate())
              .build());
    }

    BigDecimal revenue = new BigDecimal("99999999999999999.9000");
    BigDecimal profit = revenue.negate();
    assertThat(days().get(DEC_1))
        .isEqualTo(
            new Figures(1000L, 100_000_000L, revenue, profit, 1L, new IdChecksum(0, 500_500)));
    Map<Topic, List<Object>> rows =
        Map.of(
            Topic.DAILY_PU_REV, List.of(1000L, 1L, 2L, 100_000_000L, revenue, profit),
            Topic.DAILY_CATEGORY_PRODUCT, List.of(100_000_000L, revenue, profit),
            Topic.DAILY_PLATFORM_PRODUCT, List.of(100_000_000L, revenue, profit),
            Topic.SALES_BY_MINUTE, List.of(2L, 100_000_000L, revenue, profit),
            Topic.DAILY_STATE, List.of(1L, 2L, revenue, profit),
            Topic.DAILY_CUSTOMER, List.of(2L, 100_000_000L, revenue, profit),
            Topic.LIVE_KPIS,
                List.of(1000L, 1L, 1L, 2L, revenue, new BigDecimal("49999999999999999.9500")));
    rows.forEach((topic, row) -> assertThat(sold.rows(topic, DEC_1).values()).containsExactly(row));
  }

  @Test
  void eachProductOfADayHasItsSums() {
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").setQuantity(4).build());
    sold.put(key(DEC_1, 2), sale(DEC_1, 2, "bob", "20.0000").setProductName("Pine chair").build());
    sold.put(key(DEC_1, 3), sale(DEC_1, 3, "bob", "-100.0000").setQuantity(-4).build());

    assertThat(sold.rows(Topic.DAILY_CATEGORY_PRODUCT, DEC_1))
        .containsOnly(
            // Sold and returned: its total is zero and it is still a row.
            Map.entry(
                List.of("Furniture", "Chairs", "Oak chair"),
                List.of(0L, new BigDecimal("0.0000"), new BigDecimal("0.0000"))),
            Map.entry(
                List.of("Furniture", "Chairs", "Pine chair"),
                List.of(1L, new BigDecimal("20.0000"), new BigDecimal("2.0000"))));
  }

  @Test
  void eachPlaceOfADayHasItsCustomersAndTheFirstOfItsNames() {
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "1.0000").setCity("Berlin-Mitte").build());
    sold.put(key(DEC_1, 2), sale(DEC_1, 2, "bob", "1.0000").build());
    sold.put(key(DEC_1, 3), sale(DEC_1, 3, "ann", "1.0000").build());
    sold.put(key(DEC_1, 4), sale(DEC_1, 4, "cem", "1.0000").setLatitude(null).build());

    assertThat(sold.rows(Topic.DAILY_ADDRESS, DEC_1))
        .containsExactly(
            Map.entry(List.of("52.52", "13.405"), List.of("Berlin", "Berlin", "Germany", 2L)));
  }

  /** As the stores sort, by code points: U+FF21 comes before an emoji, but not as Java's chars. */
  @Test
  void theFirstNameOfAPlaceIsThatOfTheLowestCodePoints() {
    sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "1.0000").setCity("\uD83D\uDE00grin").build());
    sold.put(key(DEC_1, 2), sale(DEC_1, 2, "bob", "1.0000").setCity("\uFF21wide").build());

    assertThat(sold.rows(Topic.DAILY_ADDRESS, DEC_1).values())
        .containsExactly(List.of("\uFF21wide", "Berlin", "Germany", 2L));
  }

  @Test
  void eachTableHasItsRows() {
    sold.put(
        key(DEC_1, 1),
        sale(DEC_1, 1, "ann", "100.0000").setOrderId("o1").setProductId("P-2").build());
    // The evening in New York, and so the next day in UTC.
    sold.put(
        key(DEC_1, 2),
        sale(DEC_1, 2, "ann", "20.0000")
            .setOrderId("o1")
            .setTs(Instant.parse("2023-12-02T01:30:59.999Z"))
            .setPlatform("Phone")
            .build());
    sold.put(
        key(DEC_1, 3),
        sale(DEC_1, 3, "bob", "5.0000").setOrderId("o2").setState("Bavaria").build());
    sold.put(key(DEC_1, 4), sale(DEC_1, 4, "bob", "1.0000").build());
    sold.put(key(DEC_1, 4), null);

    assertThat(sold.rows(Topic.DAILY_PLATFORM_PRODUCT, DEC_1))
        .containsOnly(
            Map.entry(List.of("Store", "P-2"), List.of(1L, money("100.0000"), money("10.0000"))),
            Map.entry(List.of("Phone", "P-1"), List.of(1L, money("20.0000"), money("2.0000"))),
            Map.entry(List.of("Store", "P-1"), List.of(1L, money("5.0000"), money("0.5000"))));
    assertThat(sold.rows(Topic.SALES_BY_MINUTE, DEC_1))
        .containsOnly(
            Map.entry(
                List.of("2023-12-01T10:00:00Z", "Furniture", "Store"),
                List.of(2L, 2L, money("105.0000"), money("10.5000"))));
    assertThat(sold.rows(Topic.SALES_BY_MINUTE, DEC_2))
        .containsOnly(
            Map.entry(
                List.of("2023-12-02T01:30:00Z", "Furniture", "Phone"),
                List.of(1L, 1L, money("20.0000"), money("2.0000"))));
    assertThat(sold.rows(Topic.DAILY_STATE, DEC_1))
        .containsOnly(
            Map.entry(
                List.of("Germany", "Berlin"), List.of(1L, 1L, money("120.0000"), money("12.0000"))),
            Map.entry(
                List.of("Germany", "Bavaria"), List.of(1L, 1L, money("5.0000"), money("0.5000"))));
    assertThat(sold.rows(Topic.DAILY_CUSTOMER, DEC_1))
        .containsOnly(
            Map.entry(
                List.of("ann", "Furniture", "Berlin"),
                List.of(1L, 2L, money("120.0000"), money("12.0000"))),
            Map.entry(
                List.of("bob", "Furniture", "Bavaria"),
                List.of(1L, 1L, money("5.0000"), money("0.5000"))));
    assertThat(sold.rows(Topic.LIVE_KPIS, DEC_1))
        .containsOnly(
            Map.entry(List.of(), List.of(3L, 2L, 2L, 2L, money("125.0000"), money("62.5000"))));
    Map<List<String>, List<Object>> latest = sold.rows(Topic.RECENT_RECORDS, DEC_1);
    assertThat(latest.get(List.of("1")))
        .startsWith(
            Sales.id(2).toString(), Instant.parse("2023-12-02T01:30:59.999Z").toEpochMilli());
    assertThat(latest.get(List.of("2")).get(0)).isEqualTo(Sales.id(1).toString());
    assertThat(latest.get(List.of("3")).get(0)).isEqualTo(Sales.id(3).toString());
  }

  @Test
  void aMinuteIsOfItsDayInUtcWhicheverDaysAreAskedFor() {
    sold.put(
        key(DEC_1, 1),
        sale(DEC_1, 1, "ann", "3.0000").setTs(Instant.parse("2023-12-02T01:00:00Z")).build());
    sold.put(key(DEC_1, 2), sale(DEC_1, 2, "ann", "1.0000").build());
    DayRange second = new DayRange(DEC_2, DEC_2);

    assertThat(sold.prepare(second).figures()).isEmpty();
    assertThat(sold.rows(Topic.SALES_BY_MINUTE, second)).containsOnlyKeys(DEC_2);
  }

  @Test
  void theLatestAreAHundredAtMost() {
    for (int n = 1; n <= 150; n++) {
      sold.put(key(DEC_1, n), sale(DEC_1, n, "ann", "1.0000").build());
    }
    sold.put(key(DEC_2, 151), sale(DEC_2, 151, "ann", "1.0000").build());

    Map<LocalDate, Map<List<String>, List<Object>>> latest =
        sold.rows(Topic.RECENT_RECORDS, DayRange.ALL);
    assertThat(latest.get(DEC_2)).containsOnlyKeys(List.of("1"));
    assertThat(latest.get(DEC_1)).hasSize(99).containsKey(List.of("100"));
    assertThat(latest.get(DEC_1).get(List.of("100")).get(0)).isEqualTo(Sales.id(99).toString());
  }

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }

  private Map<LocalDate, Figures> days() {
    return sold.days();
  }

  private void refused(String rule, DailyRecordKey key, DailyRecord sale) {
    assertThat(sold.put(key, sale)).contains(rule);
  }

  private static BigDecimal two() {
    return new BigDecimal("2.0000");
  }

  private static BigDecimal tooLong() {
    return new BigDecimal("123456789012345.0000");
  }

  private static Figures figures(
      long records, long quantity, String revenue, String profit, long customers, long checksum) {
    return new Figures(
        records,
        quantity,
        new BigDecimal(revenue),
        new BigDecimal(profit),
        customers,
        new IdChecksum(0, checksum));
  }
}
