package io.furnistream.verify.tables;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** Keys and records for tests, plain enough to be added up by hand. */
public final class Sales {

  public static final LocalDate DEC_1 = LocalDate.parse("2023-12-01");
  public static final LocalDate DEC_2 = LocalDate.parse("2023-12-02");

  private Sales() {}

  /** The id whose lower half is {@code n}: ids 1 and 2 have the checksum ...03. */
  public static UUID id(long n) {
    return new UUID(0, n);
  }

  public static DailyRecordKey key(LocalDate day, long n) {
    return new DailyRecordKey(day, (int) (n % 16), id(n).toString());
  }

  /** A record with a profit of a tenth of its revenue, of one chair, in Berlin. */
  public static DailyRecord.Builder sale(LocalDate day, long n, String customer, String revenue) {
    return DailyRecord.newBuilder()
        .setTsId(id(n).toString())
        .setTs(Instant.parse(day + "T10:00:00Z"))
        .setTsDate(day)
        .setOrderId("order-" + n)
        .setLine(1)
        .setCustomerId(customer)
        .setCustomerName(customer)
        .setSegment("Consumer")
        .setCountry("Germany")
        .setState("Berlin")
        .setCity("Berlin")
        .setLatitude(new BigDecimal("52.520000"))
        .setLongitude(new BigDecimal("13.405000"))
        .setPlatform("Store")
        .setPaymentMethod("Cash")
        .setCategory("Furniture")
        .setSubCategory("Chairs")
        .setProductId("P-1")
        .setProductName("Oak chair")
        .setPrice(new BigDecimal(revenue).abs())
        .setUnitCost(null)
        .setQuantity(1)
        .setDiscount(new BigDecimal("0.0000"))
        .setRevenue(new BigDecimal(revenue))
        .setProfit(new BigDecimal(revenue).movePointLeft(1).setScale(4));
  }
}
