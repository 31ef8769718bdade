package io.furnistream.datagen.faults;

import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.Topic;
import io.furnistream.testing.SoundSales;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Sound sales, and schemas with ids of which no registry was asked. */
final class Sound {

  static final LocalDate DAY = LocalDate.parse("2023-12-01");
  static final int KEY_ID = 11;
  static final int VALUE_ID = 12;

  private Sound() {}

  /** The sale of one chair at its price of 10, less a tenth. */
  static Sale sale(LocalDate day, int n) {
    RecordId id = RecordId.of("sound", day.toString(), Integer.toString(n));
    return new Sale(
        id,
        new DailyRecordKey(day, id.bucket(), id.text()),
        SoundSales.sale(day, id)
            .setProductName("Chair")
            .setPaymentMethod(n % 2 == 0 ? "Cash" : "PayPal")
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
