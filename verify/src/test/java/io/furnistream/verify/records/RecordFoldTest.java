package io.furnistream.verify.records;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static io.furnistream.verify.tables.Sales.DEC_2;
import static io.furnistream.verify.tables.Sales.key;
import static io.furnistream.verify.tables.Sales.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.IdChecksum;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.Sales;
import io.furnistream.verify.tables.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordFoldTest {

  private final RecordFold fold = new RecordFold(DayRange.ALL);

  @Test
  void addsUpADayOverPartitions() {
    fold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0010").setQuantity(2).build());
    fold.endPartition();
    fold.put(key(DEC_1, 2), sale(DEC_1, 2, "ann", "20.0000").setProfit(null).build());
    fold.put(key(DEC_1, 3), sale(DEC_1, 3, "bob", "-5.0000").setQuantity(-1).build());
    fold.put(key(DEC_2, 4), sale(DEC_2, 4, "bob", "7.0000").build());
    fold.endPartition();

    assertThat(fold.reading().days())
        .containsExactly(
            Map.entry(DEC_1, figures(3, 2, "115.0010", "9.5001", 2, 6)),
            Map.entry(DEC_2, figures(1, 1, "7.0000", "0.7000", 1, 4)));
  }

  @Test
  void aDuplicateChangesNothing() {
    fold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());
    fold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());

    assertThat(days())
        .containsExactly(Map.entry(DEC_1, figures(1, 1, "100.0000", "10.0000", 1, 1)));
  }

  @Test
  void ofACorrectedRecordTheLatestCounts() {
    fold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());
    fold.put(key(DEC_1, 2), sale(DEC_1, 2, "ann", "1.0000").build());
    fold.put(key(DEC_1, 1), sale(DEC_1, 1, "cem", "90.0000").setQuantity(3).build());

    assertThat(days()).containsExactly(Map.entry(DEC_1, figures(2, 4, "91.0000", "9.1000", 2, 3)));
  }

  @Test
  void aTombstoneTakesTheRecordBack() {
    fold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());
    fold.put(key(DEC_1, 2), sale(DEC_1, 2, "bob", "1.0000").build());
    fold.put(key(DEC_1, 1), null);
    fold.put(key(DEC_2, 9), null);

    assertThat(days()).containsExactly(Map.entry(DEC_1, figures(1, 1, "1.0000", "0.1000", 1, 2)));
  }

  @Test
  void aDayWhoseRecordsAreAllDeletedIsNotListed() {
    fold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());
    fold.put(key(DEC_1, 1), null);

    assertThat(days()).isEmpty();
    assertThat(fold.reading().tables()).allSatisfy(table -> assertThat(table.days()).isEmpty());
  }

  @Test
  void aRecordThatComesBackCountsAgain() {
    fold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());
    fold.put(key(DEC_1, 1), null);
    fold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "50.0000").build());

    assertThat(days()).containsExactly(Map.entry(DEC_1, figures(1, 1, "50.0000", "5.0000", 1, 1)));
  }

  @Test
  void aRecordThatMovedToAnotherDayCountsThere() {
    fold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());
    fold.put(key(DEC_2, 1), sale(DEC_2, 1, "ann", "100.0000").build());
    fold.put(key(DEC_1, 1), null);

    assertThat(days())
        .containsExactly(Map.entry(DEC_2, figures(1, 1, "100.0000", "10.0000", 1, 1)));
  }

  @Test
  void daysOutsideTheRangeArePassedOver() {
    RecordFold oneDay = new RecordFold(new DayRange(DEC_2, DEC_2));
    oneDay.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());
    oneDay.put(key(DEC_2, 2), sale(DEC_2, 2, "ann", "3.0000").build());
    oneDay.put(key(DEC_2.plusDays(1), 3), sale(DEC_2.plusDays(1), 3, "ann", "5.0000").build());
    oneDay.endPartition();

    assertThat(oneDay.reading().days().keySet()).containsExactly(DEC_2);
  }

  @Test
  void anUnreadableRecordLeavesWhatCameBefore() {
    fold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());

    assertThatThrownBy(
            () ->
                fold.put(
                    key(DEC_1, 1), sale(DEC_1, 1, "ann", "1.0000").setRevenue(tooLong()).build()))
        .isInstanceOf(UnreadableRecordException.class);
    assertThatThrownBy(
            () ->
                fold.put(
                    new DailyRecordKey(DEC_1, 0, "no uuid"),
                    sale(DEC_1, 1, "ann", "1.0000").build()))
        .isInstanceOf(UnreadableRecordException.class);
    assertThat(days())
        .containsExactly(Map.entry(DEC_1, figures(1, 1, "100.0000", "10.0000", 1, 1)));
  }

  @Test
  void aRecordThatBreaksARuleLeavesWhatCameBefore() {
    fold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").build());
    fold.put(key(DEC_1, 2), sale(DEC_1, 2, "ann", "1.0000").build());
    refused("quantity", key(DEC_1, 1), sale(DEC_1, 1, "cem", "90.0000").setQuantity(0).build());
    refused("discount", key(DEC_1, 3), sale(DEC_1, 3, "dan", "7.0000").setDiscount(two()).build());
    refused("key_bucket", new DailyRecordKey(DEC_1, 16, Sales.id(2).toString()), null);

    assertThat(days())
        .containsExactly(Map.entry(DEC_1, figures(2, 2, "101.0000", "10.1000", 1, 3)));
    // Ann's first record is cem's, and dan's is there too.
    assertThat(fold.produced())
        .containsExactly(Map.entry(DEC_1, figures(3, 2, "98.0000", "9.8000", 3, 6)));
  }

  @Test
  void aValueThatIsNotItsKeysIsRefused() {
    fold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "1.0000").build());
    refused("key_bucket", new DailyRecordKey(DEC_1, 3, Sales.id(1).toString()), null);
    refused("ts_date", key(DEC_1, 1), sale(DEC_2, 1, "ann", "2.0000").build());
    refused("ts_id", key(DEC_1, 1), sale(DEC_1, 17, "ann", "2.0000").build());

    assertThat(days()).containsExactly(Map.entry(DEC_1, figures(1, 1, "1.0000", "0.1000", 1, 1)));
  }

  @Test
  void onlyTheLatestWordOfAKeyIsProduced() {
    refused("quantity", key(DEC_1, 1), sale(DEC_1, 1, "ann", "1.0000").setQuantity(0).build());
    fold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "2.0000").build());
    refused("quantity", key(DEC_1, 2), sale(DEC_1, 2, "ann", "4.0000").setQuantity(0).build());
    fold.put(key(DEC_1, 2), null);
    refused("quantity", key(DEC_2, 3), sale(DEC_2, 3, "ann", "8.0000").setQuantity(0).build());
    refused("line", key(DEC_2, 3), sale(DEC_2, 3, "bob", "16.0000").setLine(0).build());
    refused("revenue", key(DEC_1, 9), sale(DEC_1, 9, "x", "1.0000").setRevenue(tooLong()).build());

    assertThat(days()).containsExactly(Map.entry(DEC_1, figures(1, 1, "2.0000", "0.2000", 1, 1)));
    assertThat(fold.produced())
        .as("of the first day it cannot be said: an amount is none")
        .containsExactly(Map.entry(DEC_2, figures(1, 1, "16.0000", "1.6000", 1, 3)));
  }

  @Test
  void aDaysRowCountsCustomersAndOrdersOnce() {
    fold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").setOrderId("o1").build());
    fold.endPartition();
    fold.put(key(DEC_1, 2), sale(DEC_1, 2, "ann", "20.0000").setOrderId("o1").build());
    fold.put(key(DEC_1, 3), sale(DEC_1, 3, "bob", "5.0000").setOrderId("o2").build());
    fold.endPartition();

    Table dailyPuRev = table("daily_pu_rev");
    assertThat(dailyPuRev.columns())
        .containsExactly(
            "daily_records",
            "daily_pu",
            "daily_orders",
            "daily_quantity",
            "daily_rev",
            "daily_profit");
    assertThat(dailyPuRev.rows(DEC_1))
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
      fold.put(
          key(DEC_1, n),
          sale(DEC_1, n, "ann", "0.0000")
              .setOrderId("o" + n % 2)
              .setQuantity(100_000)
              .setRevenue(most)
              .setProfit(most.negate())
              .build());
    }
    fold.endPartition();

    BigDecimal revenue = new BigDecimal("99999999999999999.9000");
    BigDecimal profit = revenue.negate();
    assertThat(fold.reading().on(DEC_1))
        .isEqualTo(
            new Figures(1000L, 100_000_000L, revenue, profit, 1L, new IdChecksum(0, 500_500)));
    Map<String, List<Object>> rows =
        Map.of(
            "daily_pu_rev", List.of(1000L, 1L, 2L, 100_000_000L, revenue, profit),
            "daily_category_product", List.of(100_000_000L, revenue, profit),
            "daily_platform_product", List.of(100_000_000L, revenue, profit),
            "sales_by_minute", List.of(2L, 100_000_000L, revenue, profit),
            "daily_state", List.of(1L, 2L, revenue, profit),
            "daily_customer", List.of(2L, 100_000_000L, revenue, profit),
            "live_kpis",
                List.of(1000L, 1L, 1L, 2L, revenue, new BigDecimal("49999999999999999.9500")));
    rows.forEach(
        (name, row) -> assertThat(table(name).rows(DEC_1).values()).as(name).containsExactly(row));
  }

  @Test
  void eachProductOfADayHasItsSums() {
    fold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "100.0000").setQuantity(4).build());
    fold.put(key(DEC_1, 2), sale(DEC_1, 2, "bob", "20.0000").setProductName("Pine chair").build());
    fold.endPartition();
    fold.put(key(DEC_1, 3), sale(DEC_1, 3, "bob", "-100.0000").setQuantity(-4).build());
    fold.endPartition();

    assertThat(table("daily_category_product").rows(DEC_1))
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
    fold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "1.0000").setCity("Berlin-Mitte").build());
    fold.put(key(DEC_1, 2), sale(DEC_1, 2, "bob", "1.0000").build());
    fold.endPartition();
    fold.put(key(DEC_1, 3), sale(DEC_1, 3, "ann", "1.0000").build());
    fold.put(key(DEC_1, 4), sale(DEC_1, 4, "cem", "1.0000").setLatitude(null).build());
    fold.endPartition();

    assertThat(table("daily_address").rows(DEC_1))
        .containsExactly(
            Map.entry(List.of("52.52", "13.405"), List.of("Berlin", "Berlin", "Germany", 2L)));
  }

  /** As the stores sort, by code points: U+FF21 comes before an emoji, but not as Java's chars. */
  @Test
  void theFirstNameOfAPlaceIsThatOfTheLowestCodePoints() {
    fold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "1.0000").setCity("\uD83D\uDE00grin").build());
    fold.put(key(DEC_1, 2), sale(DEC_1, 2, "bob", "1.0000").setCity("\uFF21wide").build());
    fold.endPartition();

    assertThat(table("daily_address").rows(DEC_1).values())
        .containsExactly(List.of("\uFF21wide", "Berlin", "Germany", 2L));
  }

  @Test
  void eachTableHasItsRows() {
    fold.put(
        key(DEC_1, 1),
        sale(DEC_1, 1, "ann", "100.0000").setOrderId("o1").setProductId("P-2").build());
    fold.endPartition();
    // The evening in New York, and so the next day in UTC.
    fold.put(
        key(DEC_1, 2),
        sale(DEC_1, 2, "ann", "20.0000")
            .setOrderId("o1")
            .setTs(Instant.parse("2023-12-02T01:30:59.999Z"))
            .setPlatform("Phone")
            .build());
    fold.put(
        key(DEC_1, 3),
        sale(DEC_1, 3, "bob", "5.0000").setOrderId("o2").setState("Bavaria").build());
    fold.put(key(DEC_1, 4), sale(DEC_1, 4, "bob", "1.0000").build());
    fold.put(key(DEC_1, 4), null);
    fold.endPartition();

    assertThat(table("daily_platform_product").rows(DEC_1))
        .containsOnly(
            Map.entry(List.of("Store", "P-2"), List.of(1L, money("100.0000"), money("10.0000"))),
            Map.entry(List.of("Phone", "P-1"), List.of(1L, money("20.0000"), money("2.0000"))),
            Map.entry(List.of("Store", "P-1"), List.of(1L, money("5.0000"), money("0.5000"))));
    assertThat(table("sales_by_minute").rows(DEC_1))
        .containsOnly(
            Map.entry(
                List.of("2023-12-01T10:00:00Z", "Furniture", "Store"),
                List.of(2L, 2L, money("105.0000"), money("10.5000"))));
    assertThat(table("sales_by_minute").rows(DEC_2))
        .containsOnly(
            Map.entry(
                List.of("2023-12-02T01:30:00Z", "Furniture", "Phone"),
                List.of(1L, 1L, money("20.0000"), money("2.0000"))));
    assertThat(table("daily_state").rows(DEC_1))
        .containsOnly(
            Map.entry(
                List.of("Germany", "Berlin"), List.of(1L, 1L, money("120.0000"), money("12.0000"))),
            Map.entry(
                List.of("Germany", "Bavaria"), List.of(1L, 1L, money("5.0000"), money("0.5000"))));
    assertThat(table("daily_customer").rows(DEC_1))
        .containsOnly(
            Map.entry(
                List.of("ann", "Furniture", "Berlin"),
                List.of(1L, 2L, money("120.0000"), money("12.0000"))),
            Map.entry(
                List.of("bob", "Furniture", "Bavaria"),
                List.of(1L, 1L, money("5.0000"), money("0.5000"))));
    assertThat(table("live_kpis").rows(DEC_1))
        .containsOnly(
            Map.entry(List.of(), List.of(3L, 2L, 2L, 2L, money("125.0000"), money("62.5000"))));
    Map<List<String>, List<Object>> latest = table("recent_records").rows(DEC_1);
    assertThat(latest.get(List.of("1")))
        .startsWith(
            Sales.id(2).toString(), Instant.parse("2023-12-02T01:30:59.999Z").toEpochMilli());
    assertThat(latest.get(List.of("2")).get(0)).isEqualTo(Sales.id(1).toString());
    assertThat(latest.get(List.of("3")).get(0)).isEqualTo(Sales.id(3).toString());
  }

  @Test
  void aMinuteIsOfItsDayInUtcWhicheverDaysAreAskedFor() {
    RecordFold second = new RecordFold(new DayRange(DEC_2, DEC_2));
    second.put(
        key(DEC_1, 1),
        sale(DEC_1, 1, "ann", "3.0000").setTs(Instant.parse("2023-12-02T01:00:00Z")).build());
    second.put(key(DEC_1, 2), sale(DEC_1, 2, "ann", "1.0000").build());
    second.endPartition();

    assertThat(second.reading().days()).isEmpty();
    assertThat(
            second.reading().tables().stream()
                .filter(table -> table.name().equals("sales_by_minute"))
                .flatMap(table -> table.days().stream()))
        .containsExactly(DEC_2);
  }

  @Test
  void theLatestAreAHundredAtMost() {
    for (int n = 1; n <= 150; n++) {
      fold.put(key(DEC_1, n), sale(DEC_1, n, "ann", "1.0000").build());
    }
    fold.put(key(DEC_2, 151), sale(DEC_2, 151, "ann", "1.0000").build());
    fold.endPartition();

    Table latest = table("recent_records");
    assertThat(latest.rows(DEC_2)).containsOnlyKeys(List.of("1"));
    assertThat(latest.rows(DEC_1)).hasSize(99).containsKey(List.of("100"));
    assertThat(latest.rows(DEC_1).get(List.of("100")).get(0)).isEqualTo(Sales.id(99).toString());
  }

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }

  private Map<LocalDate, Figures> days() {
    fold.endPartition();
    return fold.reading().days();
  }

  private Table table(String name) {
    return fold.reading().tables().stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void refused(String rule, DailyRecordKey key, DailyRecord sale) {
    assertThatThrownBy(() -> fold.put(key, sale))
        .isInstanceOfSatisfying(
            UnreadableRecordException.class, e -> assertThat(e.rule()).isEqualTo(rule));
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
