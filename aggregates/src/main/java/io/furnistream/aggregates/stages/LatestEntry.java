package io.furnistream.aggregates.stages;

import io.furnistream.aggregates.tables.ByteReader;
import io.furnistream.aggregates.tables.ByteWriter;
import io.furnistream.aggregates.tables.Sale;

/**
 * One of the latest records of a partition, as {@link LatestRecords} sends it to {@link
 * LatestStage}.
 */
record LatestEntry(LatestRecord record, Sale sale) {

  /**
   * The stored form.
   *
   * @param sale in the form of {@link SaleCodec}
   */
  static byte[] encode(LatestRecord record, byte[] sale) {
    return new ByteWriter().block(record.key().get()).block(sale).toByteArray();
  }

  static LatestEntry decode(byte[] entry) {
    ByteReader reader = new ByteReader(entry);
    byte[] recordKey = reader.block();
    Sale sale = SaleCodec.decode(reader.block());
    return new LatestEntry(LatestRecord.of(recordKey, sale.time()), sale);
  }
}
