package io.furnistream.aggregates.stages;

import io.furnistream.aggregates.tables.ByteReader;
import io.furnistream.aggregates.tables.ByteWriter;
import io.furnistream.aggregates.tables.Sale;
import io.furnistream.aggregates.tables.Sale.Place;
import io.furnistream.schemas.Topic;

/**
 * How a {@link Sale} is remembered: one byte of version, then the fields. Equal sales have equal
 * bytes, so a duplicate is known without being decoded.
 */
final class SaleCodec {

  /** The version of {@link Topic#AGGREGATED_FORM}, which is raised with every change here. */
  static final int VERSION = Topic.AGGREGATED_FORM;

  private SaleCodec() {}

  static byte[] encode(Sale sale) {
    ByteWriter writer =
        new ByteWriter()
            .octet(VERSION)
            .orderedInt(sale.day())
            .number(sale.time())
            .text(sale.orderId())
            .text(sale.customerId())
            .text(sale.country())
            .text(sale.state())
            .text(sale.city());
    if (sale.place() == null) {
      writer.octet(0);
    } else {
      writer.octet(1).orderedInt(sale.place().latitude()).orderedInt(sale.place().longitude());
    }
    return writer
        .text(sale.platform())
        .text(sale.category())
        .text(sale.subCategory())
        .text(sale.productId())
        .text(sale.productName())
        .number(sale.quantity())
        .number(sale.revenue())
        .number(sale.profit())
        .toByteArray();
  }

  /**
   * Reads a sale back.
   *
   * @throws IllegalStateException when another version wrote it
   */
  static Sale decode(byte[] bytes) {
    ByteReader reader = new ByteReader(bytes);
    int version = reader.octet();
    if (version != VERSION) {
      throw new IllegalStateException(
          "The state was written in form %d and this program reads form %d: it was written by another program under the same application id"
              .formatted(version, VERSION));
    }
    return new Sale(
        reader.orderedInt(),
        reader.number(),
        reader.text(),
        reader.text(),
        reader.text(),
        reader.text(),
        reader.text(),
        reader.octet() == 0 ? null : new Place(reader.orderedInt(), reader.orderedInt()),
        reader.text(),
        reader.text(),
        reader.text(),
        reader.text(),
        reader.text(),
        (int) reader.number(),
        reader.number(),
        reader.number());
  }
}
