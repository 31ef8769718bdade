package io.furnistream.aggregates.testing;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RecordId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Records for tests. */
public final class Sales {

  public static final LocalDate DAY = LocalDate.of(2016, 11, 25);

  private Sales() {}

  /** The key of the n-th record of a day. */
  public static DailyRecordKey key(LocalDate day, int n) {
    RecordId id = RecordId.of("aggregates-test", Integer.toString(n));
    return new DailyRecordKey(day, id.bucket(), id.text());
  }

  /** A chair for 100.0000, profit 20.0000, sold in Århus; each test changes what it is about. */
  public static DailyRecord.Builder chair(DailyRecordKey key) {
    return DailyRecord.newBuilder()
        .setTsId(key.getTsId())
        .setTs(key.getTsDate().atTime(12, 0).toInstant(ZoneOffset.UTC))
        .setTsDate(key.getTsDate())
        .setOrderId("order-1")
        .setLine(1)
        .setCustomerId("customer-1")
        .setCustomerName("Ada")
        .setSegment("Consumer")
        .setCountry("Denmark")
        .setState("Midtjylland")
        .setCity("Århus")
        .setLatitude(new BigDecimal("56.162900"))
        .setLongitude(new BigDecimal("10.203900"))
        .setPlatform("Website")
        .setPaymentMethod("Cash")
        .setCategory("Furniture")
        .setSubCategory("Chairs")
        .setProductId("FUR-1")
        .setProductName("Stool")
        .setPrice(new BigDecimal("100.0000"))
        .setUnitCost(new BigDecimal("80.0000"))
        .setQuantity(1)
        .setDiscount(new BigDecimal("0.0000"))
        .setRevenue(new BigDecimal("100.0000"))
        .setProfit(new BigDecimal("20.0000"));
  }
}
