package io.furnistream.datagen.faults;

import io.furnistream.schemas.DailyRecord;
import org.apache.avro.generic.GenericRecord;

/** Sales as bytes, a tenth of them by drifted schemas where there are any. Not thread-safe. */
final class SaleEncoder {

  /** The share of sales that a drifted schema writes. */
  private static final double DRIFTED = 0.1;

  private final Formats formats;

  SaleEncoder(Formats formats) {
    this.formats = formats;
  }

  /** Whether a drifted schema writes what is said of this sale. */
  boolean isDrifted(Sale sale) {
    return !formats.drifted().isEmpty() && Lot.of("drift", sale.id()) < DRIFTED;
  }

  /** The sale as it is. */
  Message message(Sale sale) {
    return message(sale, sale.value());
  }

  /** Another value of the sale's key. */
  Message message(Sale sale, DailyRecord value) {
    Message message = byTheContract(sale, value);
    return isDrifted(sale) ? message.withValue(drifted(sale, message.value())) : message;
  }

  /** The sale as it is, by the contract's schema in any case. */
  Message byTheContract(Sale sale) {
    return byTheContract(sale, sale.value());
  }

  private Message byTheContract(Sale sale, DailyRecord value) {
    return new Message(
        sale.partition(),
        sale.time(),
        formats.key().bytes(sale.key()),
        formats.value().bytes(value));
  }

  private byte[] drifted(Sale sale, byte[] bytes) {
    WireFormat drifted =
        formats.drifted().get(Lot.below(formats.drifted().size(), "schema", sale.id()));
    GenericRecord plain = formats.value().plain(bytes);
    return drifted.plainBytes(DriftedSchemas.as(drifted.schema(), plain));
  }
}
