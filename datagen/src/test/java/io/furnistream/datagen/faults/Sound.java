package io.furnistream.datagen.faults;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.Topic;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Sound sales, and schemas with ids of which no registry was asked. */
final class Sound {

  static final LocalDate DAY = LocalDate.parse("2023-12-01");
  static final int KEY_ID = 11;
  static final int VALUE_ID = 12;

  private Sound() {}

  /** The sale of one chair and its price of 10, sold on a day. */
  static Sale sale(LocalDate day, int n) {
    RecordId id = RecordId.of("sound", day.toString(), Integer.toString(n));
    return new Sale(
        id,
        new DailyRecordKey(day, id.bucket(), id.text()),
        DailyRecord.newBuilder()
            .setTsId(id.text())
            .setTs(day.atTime(17, 0).toInstant(ZoneOffset.UTC))
            .setTsDate(day)
            .setOrderId("order")
            .setLine(1)
            .setCustomerId("customer")
            .setCustomerName("No One")
            .setSegment("Consumer")
            .setCountry("United States")
            .setState("Ohio")
            .setCity("Akron")
            .setLatitude(new BigDecimal("41.081400"))
            .setLongitude(new BigDecimal("-81.519000"))
            .setPlatform("Store")
            .setPaymentMethod(n % 2 == 0 ? "Cash" : "PayPal")
            .setCategory("Furniture")
            .setSubCategory("Chairs")
            .setProductId("chair")
            .setProductName("Chair")
            .setPrice(new BigDecimal("10.0000"))
            .setUnitCost(new BigDecimal("6.0000"))
            .setQuantity(1)
            .setDiscount(new BigDecimal("0.1000"))
            .setRevenue(new BigDecimal("9.0000"))
            .setProfit(new BigDecimal("3.0000"))
            .build());
  }

  /** The contract's schemas alone. */
  static Formats contract() {
    return new Formats(key(), value(), List.of(), Optional.empty());
  }

  /** The contract's schemas and those it drifts to. */
  static Formats drifting() {
    List<WireFormat> drifted =
        List.of(
            new WireFormat(DriftedSchemas.compatible().get(0), 13),
            new WireFormat(DriftedSchemas.compatible().get(1), 14));
    return new Formats(
        key(), value(), drifted, Optional.of(new WireFormat(DriftedSchemas.foreign(), 15)));
  }

  private static WireFormat key() {
    return new WireFormat(Topic.DAILY_RECORDS.keySchema(), KEY_ID);
  }

  private static WireFormat value() {
    return new WireFormat(Topic.DAILY_RECORDS.valueSchema(), VALUE_ID);
  }
}
