package io.furnistream.rollup.records;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.RecordId;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Raw records in a list, in a store's order. */
public final class ListedRecords implements DayRecords {

  public static final LocalDate DAY = LocalDate.parse("2023-12-01");

  private final List<RawRecord> records = new ArrayList<>();

  public ListedRecords with(DailyRecord... sales) {
    for (DailyRecord sale : sales) {
      RecordId id = RecordId.parse(sale.getTsId());
      records.add(new RawRecord(id.bucket(), id.uuid(), sale));
    }
    records.sort(Comparator.comparing(RawRecord::bucket).thenComparing(RawRecord::id));
    return this;
  }

  @Override
  public void read(LocalDate day, Reader reader) throws IOException {
    for (RawRecord rawRecord : records) {
      reader.take(rawRecord);
    }
  }

  /** A chair for 10.0000 with a profit of 2.5000, sold in Berlin. */
  public static DailyRecord.Builder sale(long n, String customer) {
    return DailyRecord.newBuilder()
        .setTsId(new UUID(0, n).toString())
        .setTs(Instant.parse("2023-12-01T22:30:00.123Z"))
        .setTsDate(DAY)
        .setOrderId("order-" + n)
        .setLine(1)
        .setCustomerId(customer)
        .setCustomerName("Zoë Müller")
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
        .setPrice(new BigDecimal("10.0000"))
        .setUnitCost(new BigDecimal("7.5000"))
        .setQuantity(1)
        .setDiscount(new BigDecimal("0.0000"))
        .setRevenue(new BigDecimal("10.0000"))
        .setProfit(new BigDecimal("2.5000"));
  }

  /** Every value that may be null is; the others are at an edge, or beyond ASCII. */
  public static DailyRecord.Builder extreme(long n, String customer) {
    return sale(n, customer)
        .setCity("São Paulo")
        .setLatitude(null)
        .setLongitude(null)
        .setUnitCost(null)
        .setProfit(null)
        .setProductName("Tischlämpchen 椅子 🪑")
        .setQuantity(-2)
        .setDiscount(new BigDecimal("0.1250"))
        .setPrice(new BigDecimal("99999999999999.9999"))
        .setRevenue(new BigDecimal("-0.0001"));
  }
}
