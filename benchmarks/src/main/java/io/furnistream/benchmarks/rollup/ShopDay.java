package io.furnistream.benchmarks.rollup;

import io.furnistream.rollup.records.DayRecords;
import io.furnistream.rollup.records.RawRecord;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.Money;
import io.furnistream.schemas.PlatformSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A day of a store, made as it is read, the same each time: about two records an order and four a
 * customer, 2,000 products, 500 places, ids as good as random. One record in 32 lacks coordinates,
 * one in 32 its cost and profit.
 *
 * @param count how many records, a multiple of 16
 */
record ShopDay(long count) implements DayRecords {

  static final LocalDate DAY = LocalDate.parse("2023-12-01");

  private static final Instant START = Instant.parse("2023-12-01T05:00:00Z");
  private static final long MILLIS = 86_400_000;
  // The 13th hexadecimal digit is Cassandra's first sort key; here all ids share it.
  private static final long DIGIT = 0x4000;
  private static final int BUCKETS = PlatformSettings.defaults().buckets();

  private static final List<Product> PRODUCTS =
      IntStream.range(0, 2000).mapToObj(Product::number).toList();
  private static final List<City> CITIES = IntStream.range(0, 500).mapToObj(City::number).toList();
  private static final List<String> SEGMENTS = List.of("Consumer", "Corporate", "Home Office");
  private static final List<String> PLATFORMS = List.of("Store", "Web", "Phone");
  private static final List<String> PAYMENTS = List.of("Cash", "Credit card", "Transfer", "PayPal");
  private static final List<BigDecimal> DISCOUNTS =
      List.of(
          new BigDecimal("0.0000"),
          new BigDecimal("0.0500"),
          new BigDecimal("0.1000"),
          new BigDecimal("0.2000"));

  ShopDay {
    if (count % BUCKETS != 0) {
      throw new IllegalArgumentException("%d is not a multiple of %d".formatted(count, BUCKETS));
    }
  }

  @Override
  public void read(LocalDate day, Reader reader) throws IOException {
    long inBucket = count / BUCKETS;
    long gap = (1L << 32) / Math.max(inBucket, 1);
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      for (long i = 0; i < inBucket; i++) {
        long random = mix(bucket * inBucket + i);
        long ascending = i * gap + (random >>> 1) % gap;
        UUID id =
            new UUID(
                (ascending << 32) | (random & 0xFFFF_0FFFL) | DIGIT,
                (mix(random) & ~(BUCKETS - 1L)) | bucket);
        reader.take(new RawRecord(bucket, id, sale(id, random)));
      }
    }
  }

  private DailyRecord sale(UUID id, long random) {
    long order = (random >>> 1) % Math.max(count / 2, 1);
    long customer = mix(order) >>> 1;
    customer %= Math.max(count / 4, 1);
    long dice = mix(random + 1);
    Product product = pick(PRODUCTS, dice);
    City city = pick(CITIES, mix(customer));
    int quantity = 1 + (int) (dice >>> 60) / 4;
    BigDecimal discount = pick(DISCOUNTS, dice >>> 20);
    BigDecimal revenue = Money.revenue(product.price, quantity, discount);
    boolean located = (dice >>> 30) % 32 != 0;
    boolean costed = (dice >>> 40) % 32 != 0;
    return DailyRecord.newBuilder()
        .setTsId(id.toString())
        .setTs(START.plusMillis((mix(order + 7) >>> 1) % MILLIS))
        .setTsDate(DAY)
        .setOrderId("order-" + order)
        .setLine(1 + (int) (dice >>> 62))
        .setCustomerId("customer-" + customer)
        .setCustomerName("Zoë Müller " + customer % 50_000)
        .setSegment(pick(SEGMENTS, mix(customer + 1)))
        .setCountry("Germany")
        .setState(city.state)
        .setCity(city.name)
        .setLatitude(located ? city.latitude : null)
        .setLongitude(located ? city.longitude : null)
        .setPlatform(pick(PLATFORMS, dice >>> 10))
        .setPaymentMethod(pick(PAYMENTS, dice >>> 15))
        .setCategory(product.category)
        .setSubCategory(product.subCategory)
        .setProductId(product.id)
        .setProductName(product.name)
        .setPrice(product.price)
        .setUnitCost(costed ? product.cost : null)
        .setQuantity(quantity)
        .setDiscount(discount)
        .setRevenue(revenue)
        .setProfit(costed ? Money.profit(revenue, product.cost, quantity) : null)
        .build();
  }

  private static <T> T pick(List<T> from, long random) {
    return from.get((int) ((random >>> 1) % from.size()));
  }

  /** Spreads numbers over all 64 bits: the finalizer of MurmurHash3. */
  private static long mix(long number) {
    long mixed = number + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ (mixed >>> 33);
  }

  private record Product(
      String id,
      String name,
      String category,
      String subCategory,
      BigDecimal price,
      BigDecimal cost) {

    static Product number(int n) {
      return new Product(
          "P-" + n,
          "Stühle & Tische, Modell " + n,
          "Category " + n % 7,
          "Sub-category " + n % 40,
          BigDecimal.valueOf(99_900 + n * 7_919L, Money.SCALE),
          BigDecimal.valueOf(61_300 + n * 4_801L, Money.SCALE));
    }
  }

  private record City(String name, String state, BigDecimal latitude, BigDecimal longitude) {

    static City number(int n) {
      return new City(
          "Köln " + n,
          "State " + n % 16,
          BigDecimal.valueOf(47_300_000 + n * 15_101L, 6),
          BigDecimal.valueOf(5_900_000 + n * 18_013L, 6));
    }
  }
}
