package io.furnistream.testing;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.RecordId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Sales that every rule accepts, to be changed in what a test is about. */
public final class SoundSales {

  private SoundSales() {}

  /**
   * The sale of one chair at its price of 10, at 17:00 UTC.
   *
   * @param day the sale's own, in a zone where it is that day then
   */
  public static DailyRecord.Builder sale(LocalDate day, RecordId id) {
    return DailyRecord.newBuilder()
        .setTsId(id.text())
        .setTs(day.atTime(17, 0).toInstant(ZoneOffset.UTC))
        .setTsDate(day)
        .setOrderId("unannounced")
        .setLine(1)
        .setCustomerId("unannounced")
        .setCustomerName("No One")
        .setSegment("Consumer")
        .setCountry("United States")
        .setState("Ohio")
        .setCity("Akron")
        .setLatitude(new BigDecimal("41.081400"))
        .setLongitude(new BigDecimal("-81.519000"))
        .setPlatform("Store")
        .setPaymentMethod("Cash")
        .setCategory("Furniture")
        .setSubCategory("Chairs")
        .setProductId("unannounced")
        .setProductName("Unannounced chair")
        .setPrice(new BigDecimal("10.0000"))
        .setUnitCost(new BigDecimal("6.0000"))
        .setQuantity(1)
        .setDiscount(new BigDecimal("0.0000"))
        .setRevenue(new BigDecimal("10.0000"))
        .setProfit(new BigDecimal("4.0000"));
  }
}
