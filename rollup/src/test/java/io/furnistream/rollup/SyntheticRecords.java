package io.furnistream.rollup;

import io.furnistream.rollup.records.DayRecords;
import io.furnistream.rollup.records.RawRecord;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.PlatformSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Raw records that are made as they are read. Every record is of another customer and another
 * order, at one of 10,007 points, of one of 50,021 products: more of each than memory may hold.
 *
 * @param count how many, a multiple of 16
 * @param from number of the first: other numbers make other orders and customers
 */
record SyntheticRecords(long count, long from) implements DayRecords {

  private static final int PLACES = 10_007;
  private static final int PRODUCTS = 50_021;

  @Override
  public void read(LocalDate day, Reader reader) throws IOException {
    Instant start = Instant.parse(day + "T05:00:00Z");
    long inBucket = count / PlatformSettings.defaults().buckets();
    for (int bucket = 0; bucket < PlatformSettings.defaults().buckets(); bucket++) {
      for (long i = 0; i < inBucket; i++) {
        long n = from + bucket * inBucket + i;
        UUID id = new UUID(0x4000, (i << 4) + bucket);
        reader.take(new RawRecord(bucket, id, sale(day, start.plusMillis(n), n, id)));
      }
    }
  }

  private static DailyRecord sale(LocalDate day, Instant ts, long n, UUID id) {
    return DailyRecord.newBuilder()
        .setTsId(id.toString())
        .setTs(ts)
        .setTsDate(day)
        .setOrderId("order-" + n)
        .setLine(1)
        .setCustomerId("customer-" + n)
        .setCustomerName("Zoë Müller " + n % 1000)
        .setSegment("Consumer")
        .setCountry("Germany")
        .setState("Berlin")
        .setCity("Berlin " + n % PLACES)
        .setLatitude(BigDecimal.valueOf(n % PLACES, 6))
        .setLongitude(BigDecimal.valueOf(-n % PLACES, 6))
        .setPlatform("Store")
        .setPaymentMethod("Cash")
        .setCategory("Furniture")
        .setSubCategory("Chairs")
        .setProductId("P-" + n % PRODUCTS)
        .setProductName("Oak chair no. " + n % PRODUCTS)
        .setPrice(new BigDecimal("10.0000"))
        .setUnitCost(new BigDecimal("7.5000"))
        .setQuantity(2)
        .setDiscount(new BigDecimal("0.0000"))
        .setRevenue(new BigDecimal("20.0000"))
        .setProfit(new BigDecimal("5.0001"))
        .build();
  }
}
