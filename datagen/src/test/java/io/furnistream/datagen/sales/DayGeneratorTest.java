package io.furnistream.datagen.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.furnistream.datagen.store.Store;
import io.furnistream.datagen.store.StoreFile;
import io.furnistream.datagen.store.Stores;
import io.furnistream.schemas.ContractRules;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DayFigures;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DayGeneratorTest {

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 500, 1_234})
  void aDayHoldsExactlyWhatWasAskedFor(int records) {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(Days.generate(Days.dataset(seed, records), "2023-12-01")).hasSize(records);
    }
  }

  @Test
  void noRecordIsScreenedOut() {
    var rules = ContractRules.ofSales();
    for (String day : List.of("1970-01-03", "2023-12-01", "2199-12-30")) {
      assertThat(Days.generate(Days.dataset(3, 20_000), day))
          .allSatisfy(
              each -> {
                assertThat(rules.check(each.key())).isEmpty();
                assertThat(rules.check(each.key(), each.value())).isEmpty();
              });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2023-12-01, 2023-12-01T05:00:00Z, 2023-12-02T05:00:00Z",
    "2023-03-12, 2023-03-12T05:00:00Z, 2023-03-13T04:00:00Z",
    "2023-11-05, 2023-11-05T04:00:00Z, 2023-11-06T05:00:00Z"
  })
  void everyMomentLiesOnItsDayInTheStore(String day, String start, String end) {
    List<GeneratedRecord> records = Days.generate(Days.dataset(1, 20_000), day);
    assertThat(records)
        .allSatisfy(
            each -> {
              DailyRecord sale = each.value();
              assertThat(sale.getTsDate()).isEqualTo(LocalDate.parse(day));
              assertThat(sale.getTs())
                  .isAfterOrEqualTo(Instant.parse(start))
                  .isBefore(Instant.parse(end));
              assertThat(sale.getTs().atZone(NEW_YORK).toLocalDate()).isEqualTo(sale.getTsDate());
              assertThat(sale.getTs()).isEqualTo(Instant.ofEpochMilli(sale.getTs().toEpochMilli()));
            });
    Set<Instant> hours = new TreeSet<>();
    records.forEach(
        each ->
            hours.add(
                Instant.ofEpochSecond(each.value().getTs().getEpochSecond() / 3_600 * 3_600)));
    // At night the store sells little, yet no hour of the day is left out, the doubled one neither.
    long length = (Instant.parse(end).getEpochSecond() - Instant.parse(start).getEpochSecond());
    assertThat(hours).hasSize((int) (length / 3_600));
  }

  @Test
  void theShopSellsOnlyWhileItIsOpen() {
    for (GeneratedRecord each : Days.generate(Days.dataset(1, 20_000), "2023-12-01")) {
      if (each.value().getPlatform().equals("Store")) {
        assertThat(each.value().getTs().atZone(NEW_YORK).getHour()).isBetween(9, 20);
      }
    }
  }

  @Test
  void theKeyNamesTheRecordItPrecedes() {
    Set<String> ids = new HashSet<>();
    for (GeneratedRecord each : Days.generate(Days.dataset(1, 5_000), "2023-12-01")) {
      assertThat(each.key().getTsDate()).isEqualTo(each.value().getTsDate());
      assertThat(each.key().getTsId()).isEqualTo(each.value().getTsId());
      assertThat(each.id().text()).isEqualTo(each.value().getTsId());
      // The bucket is the last hexadecimal digit of the id.
      assertThat(Integer.toHexString(each.key().getBucket()))
          .isEqualTo(each.key().getTsId().substring(35));
      ids.add(each.value().getTsId());
    }
    assertThat(ids).hasSize(5_000);
  }

  @Test
  void moneyIsRightToTheLastDigit() {
    Set<BigDecimal> discounts = new TreeSet<>();
    Set<Integer> quantities = new TreeSet<>();
    for (GeneratedRecord each : Days.generate(Days.dataset(3, 10_000), "2023-07-04")) {
      DailyRecord sale = each.value();
      // In ten-thousandths and whole numbers: price x quantity x (10000 - discount), rounded half
      // up.
      BigInteger scaled =
          tenThousandths(sale.getPrice())
              .multiply(BigInteger.valueOf(sale.getQuantity()))
              .multiply(BigInteger.valueOf(10_000).subtract(tenThousandths(sale.getDiscount())));
      BigInteger revenue = scaled.add(BigInteger.valueOf(5_000)).divide(BigInteger.valueOf(10_000));
      assertThat(tenThousandths(sale.getRevenue())).isEqualTo(revenue);
      assertThat(tenThousandths(sale.getProfit()))
          .isEqualTo(
              revenue.subtract(
                  tenThousandths(sale.getUnitCost())
                      .multiply(BigInteger.valueOf(sale.getQuantity()))));
      assertThat(
              List.of(
                  sale.getPrice().scale(),
                  sale.getUnitCost().scale(),
                  sale.getDiscount().scale(),
                  sale.getRevenue().scale(),
                  sale.getProfit().scale()))
          .containsOnly(4);
      discounts.add(sale.getDiscount());
      quantities.add(sale.getQuantity());
    }
    assertThat(discounts.stream().map(each -> each.stripTrailingZeros().toPlainString()))
        .containsExactly("0", "0.05", "0.1", "0.15", "0.2", "0.3");
    assertThat(quantities).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void theLinesOfAnOrderBelongTogether() {
    Map<String, List<DailyRecord>> orders = new LinkedHashMap<>();
    for (Dataset dataset : List.of(Days.dataset(1, 2_000), Days.dataset(2, 2_000))) {
      for (String day : List.of("2023-12-01", "2023-12-02")) {
        for (GeneratedRecord each : Days.generate(dataset, day)) {
          orders
              .computeIfAbsent(each.value().getOrderId(), id -> new ArrayList<>())
              .add(each.value());
        }
      }
    }
    Set<Integer> sizes = new TreeSet<>();
    orders.forEach(
        (id, lines) -> {
          sizes.add(lines.size());
          DailyRecord first = lines.get(0);
          Set<String> products = new HashSet<>();
          for (int i = 0; i < lines.size(); i++) {
            DailyRecord line = lines.get(i);
            // An id that came back on another day or in another dataset would break the count.
            assertThat(line.getLine()).isEqualTo(i + 1);
            assertThat(line.getTsDate()).isEqualTo(first.getTsDate());
            assertThat(line.getTs()).isEqualTo(first.getTs());
            assertThat(line.getCustomerId()).isEqualTo(first.getCustomerId());
            assertThat(line.getPlatform()).isEqualTo(first.getPlatform());
            assertThat(line.getPaymentMethod()).isEqualTo(first.getPaymentMethod());
            assertThat(products.add(line.getProductId())).isTrue();
          }
        });
    assertThat(sizes).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void aCustomerIsTheSamePersonOnEveryDay() {
    Map<String, String> people = new TreeMap<>();
    for (String day : List.of("2023-12-01", "2024-06-30")) {
      for (GeneratedRecord each : Days.generate(Days.dataset(1, 20_000), day)) {
        DailyRecord sale = each.value();
        String person =
            String.join(
                "|",
                sale.getCustomerName(),
                sale.getSegment(),
                sale.getCity(),
                sale.getState(),
                sale.getCountry());
        assertThat(people.merge(sale.getCustomerId(), person, (old, now) -> now)).isEqualTo(person);
        assertThat(sale.getCustomerName()).matches("[^ ].* .*[^ ]");
      }
    }
    // Who arrives in a month, times how long they stay, and those who came in half a year.
    assertThat(people.size()).isBetween(900, 1_700);
    assertThat(people.values().stream().filter(each -> each.endsWith("|United States")).count())
        .isGreaterThan(people.size() * 3L / 4);
  }

  @Test
  void customersOfAnotherSeedAreOtherPeople() {
    Set<String> one = new HashSet<>();
    Days.generate(Days.dataset(1, 5_000), "2023-12-01")
        .forEach(each -> one.add(each.value().getCustomerId()));
    assertThat(Days.generate(Days.dataset(2, 5_000), "2023-12-01"))
        .noneMatch(each -> one.contains(each.value().getCustomerId()));
  }

  @Test
  void everythingTheContractListsOccursAndNothingElse() {
    Set<String> platforms = new TreeSet<>();
    Set<String> payments = new TreeSet<>();
    Set<String> segments = new TreeSet<>();
    Set<String> kinds = new TreeSet<>();
    for (GeneratedRecord each : Days.generate(Days.dataset(1, 20_000), "2023-12-01")) {
      DailyRecord sale = each.value();
      platforms.add(sale.getPlatform());
      payments.add(sale.getPaymentMethod());
      segments.add(sale.getSegment());
      kinds.add(sale.getCategory() + "/" + sale.getSubCategory());
      if (sale.getPaymentMethod().equals("Cash")) {
        assertThat(sale.getPlatform()).isEqualTo("Store");
      }
      assertThat(sale.getLatitude()).isBetween(new BigDecimal("-90"), new BigDecimal("90"));
      assertThat(sale.getLongitude()).isBetween(new BigDecimal("-180"), new BigDecimal("180"));
      assertThat(sale.getLatitude().scale()).isEqualTo(6);
      assertThat(sale.getLongitude().scale()).isEqualTo(6);
    }
    assertThat(platforms).containsExactly("Mobile App", "Phone", "Store", "Website");
    assertThat(payments)
        .containsExactly(
            "Bank Transfer", "Cash", "Credit Card", "Debit Card", "Gift Card", "PayPal");
    assertThat(segments).containsExactly("Consumer", "Corporate", "Home Office");
    assertThat(kinds)
        .containsExactly(
            "Furniture/Bookcases",
            "Furniture/Chairs",
            "Furniture/Furnishings",
            "Furniture/Tables",
            "Office Supplies/Appliances",
            "Office Supplies/Art",
            "Office Supplies/Binders",
            "Office Supplies/Envelopes",
            "Office Supplies/Fasteners",
            "Office Supplies/Labels",
            "Office Supplies/Paper",
            "Office Supplies/Storage",
            "Office Supplies/Supplies",
            "Technology/Accessories",
            "Technology/Copiers",
            "Technology/Machines",
            "Technology/Phones");
  }

  @ParameterizedTest
  @CsvSource({
    "America/New_York, 1970-01-03", "America/New_York, 2024-02-29", "Europe/London, 1971-02-14",
    "America/Sao_Paulo, 2018-11-04", "America/Sao_Paulo, 2018-02-17", "Asia/Kathmandu, 2199-12-30",
    "Australia/Lord_Howe, 2023-10-01", "Pacific/Apia, 2011-12-29", "Africa/Casablanca, 2100-02-28"
  })
  void everyDayOfEveryZoneGenerates(String zone, String day) {
    Store store = StoreFile.read("furniture", ZoneId.of(zone));
    for (Volume volume : List.of(Volume.exactly(200, 300), Volume.modelled(200, 300))) {
      List<GeneratedRecord> records = Days.generate(new Dataset(store, 1, volume), day);
      assertThat(records)
          .isNotEmpty()
          .allMatch(
              each ->
                  each.value()
                      .getTs()
                      .atZone(ZoneId.of(zone))
                      .toLocalDate()
                      .toString()
                      .equals(day));
    }
  }

  @Test
  void aDayThatAZoneLeftOutHasNoSales() {
    // Samoa went from the one side of the date line to the other.
    Store store = StoreFile.read("furniture", ZoneId.of("Pacific/Apia"));
    Dataset dataset = new Dataset(store, 1, Volume.exactly(200, 300));
    assertThat(Days.generate(dataset, "2011-12-30")).isEmpty();
    assertThat(Days.generate(dataset, "2011-12-31")).hasSize(200);
  }

  @Test
  void aStoreOfOneProductAndOneCitySells() {
    Store store =
        Stores.parse(
            """
            name: kiosk
            currency: JPY
            products: {Food: {Fruit: [{id: A, name: Apple, price: 100, unit_cost: 50, weight: 1}]}}
            cities: {Japan: {Tokyo: [{name: Tokyo, latitude: 35.6895, longitude: 139.6917, weight: 1}]}}
            demand: {customers: {arrive: 1, lifetime: 1}}
            """);
    assertThat(Days.generate(new Dataset(store, 1, Volume.exactly(3_000, 100)), "2023-12-01"))
        .hasSize(3_000)
        .allMatch(each -> each.value().getProductId().equals("A"));
  }

  @Test
  void theClothingStoreSells() {
    var rules = ContractRules.ofSales();
    Store store = StoreFile.read("clothing", ZoneId.of("Europe/Berlin"));
    Dataset dataset = new Dataset(store, 1, Volume.modelled(5_000, 1_500));
    assertThat(dataset.name()).startsWith("gen2-clothing-s1-d5000-b1500-");
    // A Sunday: the shops are closed.
    assertThat(Days.generate(dataset, "2024-04-07"))
        .allSatisfy(each -> assertThat(rules.check(each.key(), each.value())).isEmpty())
        .anyMatch(each -> each.value().getCountry().equals("Switzerland"))
        .noneMatch(
            each -> each.value().getPlatform().equals("Store") && each.value().getQuantity() > 0);
  }

  @Test
  void figuresAreThoseOfAPlainLoop() {
    List<GeneratedRecord> records = Days.generate(Days.dataset(7, 3_000), "2023-12-01");
    DayFigures figures = new DayFigures();
    records.forEach(each -> figures.add(each.value()));

    long quantity = 0;
    BigInteger revenue = BigInteger.ZERO;
    BigInteger profit = BigInteger.ZERO;
    BigInteger ids = BigInteger.ZERO;
    Set<String> customers = new HashSet<>();
    for (GeneratedRecord each : records) {
      quantity += each.value().getQuantity();
      revenue = revenue.add(tenThousandths(each.value().getRevenue()));
      profit = profit.add(tenThousandths(each.value().getProfit()));
      ids = ids.add(new BigInteger(each.value().getTsId().replace("-", ""), 16));
      customers.add(each.value().getCustomerId());
    }
    assertThat(figures.records()).isEqualTo(3_000);
    assertThat(figures.quantity()).isEqualTo(quantity);
    assertThat(figures.revenue()).isEqualTo(new BigDecimal(revenue, 4));
    assertThat(figures.profit()).isEqualTo(new BigDecimal(profit, 4));
    assertThat(figures.customers()).isEqualTo(customers.size());
    assertThat(new BigInteger(figures.idChecksum().toString(), 16))
        .isEqualTo(ids.mod(BigInteger.TWO.pow(128)));
  }

  @Test
  void partitionsAndBucketsAreFilledEvenly() {
    int[] partitions = new int[6];
    int[] buckets = new int[16];
    for (GeneratedRecord each : Days.generate(Days.dataset(1, 48_000), "2023-12-01")) {
      partitions[each.id().partition(6)]++;
      buckets[each.key().getBucket()]++;
    }
    for (int count : partitions) {
      assertThat(count).isCloseTo(8_000, within(500));
    }
    for (int count : buckets) {
      assertThat(count).isCloseTo(3_000, within(300));
    }
  }

  private static BigInteger tenThousandths(BigDecimal amount) {
    return amount.movePointRight(4).toBigIntegerExact();
  }
}
