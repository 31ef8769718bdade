package io.furnistream.aggregates;

import io.furnistream.schemas.Money;
import io.furnistream.schemas.RecentRecords;
import io.furnistream.schemas.RecentRecordsKey;
import io.furnistream.schemas.Topic;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Merges the latest records of every partition to the rows of {@code recent_records}: position 1 is
 * the latest record there is. All of it is in one partition; it is {@value LatestRecords#RING}
 * records for each.
 */
final class LatestStage implements Stage<Integer, byte[]> {

  /** Store of the latest records of each partition. */
  static final String LATEST = "latest";

  private final Serializer<? super SpecificRecord> rows;
  private final Surroundings<RowKey, byte[]> surroundings;
  private final KeyValueStore<Bytes, byte[]> store;
  private List<SpecificRecord> standing;

  LatestStage(Serializer<? super SpecificRecord> rows, Surroundings<RowKey, byte[]> surroundings) {
    this.rows = rows;
    this.surroundings = surroundings;
    this.store = surroundings.store(LATEST);
  }

  @Override
  public void take(Integer partition, byte[] entries) {
    if (standing == null) {
      standing = merged();
    }
    store.put(Bytes.wrap(new ByteWriter().number(partition).toByteArray()), entries);
  }

  @Override
  public void flush() {
    if (standing == null) {
      return;
    }
    List<SpecificRecord> now = merged();
    for (int index = 0; index < Math.max(now.size(), standing.size()); index++) {
      SpecificRecord before = index < standing.size() ? standing.get(index) : null;
      SpecificRecord after = index < now.size() ? now.get(index) : null;
      if (after == null) {
        surroundings.send(key(index + 1), null);
      } else if (!after.equals(before)) {
        surroundings.send(key(index + 1), rows.serialize(Topic.RECENT_RECORDS.topicName(), after));
      }
    }
    standing = now;
  }

  private List<SpecificRecord> merged() {
    TreeMap<LatestRecord, Sale> all = new TreeMap<>();
    try (KeyValueIterator<Bytes, byte[]> partitions = store.all()) {
      while (partitions.hasNext()) {
        KeyValue<Bytes, byte[]> partition = partitions.next();
        ByteReader entries = new ByteReader(partition.value);
        while (entries.hasRemaining()) {
          byte[] recordKey = entries.block();
          Sale sale = SaleCodec.decode(entries.block());
          all.put(LatestRecord.of(recordKey, sale.time()), sale);
        }
      }
    }
    List<SpecificRecord> merged = new ArrayList<>();
    all.forEach(
        (record, sale) -> {
          if (merged.size() < LatestRecords.RING) {
            merged.add(row(record, sale));
          }
        });
    return merged;
  }

  private static RowKey key(int position) {
    return new RowKey(
        Topic.RECENT_RECORDS,
        Bytes.wrap(new ByteWriter().orderedInt(position).toByteArray()),
        new RecentRecordsKey(position));
  }

  private static RecentRecords row(LatestRecord record, Sale sale) {
    return new RecentRecords(
        record.id(),
        Instant.ofEpochMilli(sale.time()),
        LocalDate.ofEpochDay(record.day()),
        sale.orderId(),
        sale.customerId(),
        sale.country(),
        sale.state(),
        sale.city(),
        sale.platform(),
        sale.category(),
        sale.subCategory(),
        sale.productId(),
        sale.productName(),
        sale.quantity(),
        BigDecimal.valueOf(sale.revenue(), Money.SCALE),
        BigDecimal.valueOf(sale.profit(), Money.SCALE));
  }
}
