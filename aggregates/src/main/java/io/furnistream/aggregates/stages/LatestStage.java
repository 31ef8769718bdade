package io.furnistream.aggregates.stages;

import io.furnistream.aggregates.faults.DataFaultException;
import io.furnistream.aggregates.tables.ByteWriter;
import io.furnistream.aggregates.tables.RowKey;
import io.furnistream.aggregates.tables.Sale;
import io.furnistream.schemas.Money;
import io.furnistream.schemas.RecentRecords;
import io.furnistream.schemas.RecentRecordsKey;
import io.furnistream.schemas.Topic;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Merges the latest records of every partition into the rows of {@code recent_records}: position 1
 * is the latest record there is. All of it is in one partition: {@value LatestRecords#LIMIT}
 * records from each.
 */
public final class LatestStage implements Stage<Integer, byte[]> {

  /** Store of the latest records of each partition. */
  public static final String LATEST = "latest";

  /** In the store while rows are refused, in the form of a partition without entries. */
  private static final Bytes REFUSALS = key(Integer.MAX_VALUE);

  private final Rows rows;
  private final Context<RowKey, byte[]> context;
  private final KeyValueStore<Bytes, byte[]> store;
  private final Set<SpecificRecord> refused = new HashSet<>();

  // The rows that the topic holds; null where it is only known that there is one.
  private List<SpecificRecord> current;
  private boolean refusing;

  /** The stage of one task, on the store {@value #LATEST}. */
  public LatestStage(Rows rows, Context<RowKey, byte[]> context) {
    this.rows = rows;
    this.context = context;
    this.store = context.store(LATEST);
  }

  @Override
  public void take(Integer partition, byte[] entries) {
    Bytes partitionKey = DataFaultException.guard(() -> key(partition));
    List<byte[]> split = Batch.split(entries);
    if (current == null) {
      List<SpecificRecord> before = merged();
      refusing = store.get(REFUSALS) != null;
      // It is not known which of them were refused before a restart: all are sent once more.
      current = refusing ? Collections.nCopies(before.size(), null) : before;
    }
    ByteWriter sound = new ByteWriter();
    for (byte[] entry : split) {
      try {
        DataFaultException.guard(() -> LatestEntry.decode(entry));
        sound.block(entry);
      } catch (DataFaultException e) {
        context.refuse(entry, e);
      }
    }
    store.put(partitionKey, sound.toByteArray());
  }

  @Override
  public void flush() {
    if (current == null) {
      return;
    }
    List<SpecificRecord> now = merged();
    List<SpecificRecord> written = new ArrayList<>();
    for (int index = 0; index < Math.max(now.size(), current.size()); index++) {
      SpecificRecord before = index < current.size() ? current.get(index) : null;
      SpecificRecord after = index < now.size() ? now.get(index) : null;
      boolean isCurrent = (after != null && after.equals(before)) || send(index + 1, after);
      if (index < now.size()) {
        written.add(isCurrent ? after : before);
      }
    }
    current = written;
    refused.retainAll(now);
    if (refusing == refused.isEmpty()) {
      refusing = !refused.isEmpty();
      store.put(REFUSALS, refusing ? new byte[0] : null);
    }
  }

  private static Bytes key(Integer partition) {
    return Bytes.wrap(new ByteWriter().number(partition).toByteArray());
  }

  /** Returns whether it could be sent; a row that cannot be built is one letter. */
  private boolean send(int position, SpecificRecord row) {
    byte[] positionKey = new ByteWriter().orderedInt(position).toByteArray();
    RecentRecordsKey key = new RecentRecordsKey(position);
    try {
      rows.send(context, row, keys -> RowKey.of(Topic.RECENT_RECORDS, positionKey, key, keys));
      return true;
    } catch (DataFaultException e) {
      if (refused.add(row)) {
        context.refuse(positionKey, e);
      }
      return false;
    }
  }

  private List<SpecificRecord> merged() {
    TreeMap<LatestRecord, Sale> all = new TreeMap<>();
    try (KeyValueIterator<Bytes, byte[]> partitions = store.all()) {
      while (partitions.hasNext()) {
        for (byte[] bytes : Batch.split(partitions.next().value)) {
          LatestEntry entry = LatestEntry.decode(bytes);
          all.put(entry.record(), entry.sale());
        }
      }
    }
    return all.entrySet().stream()
        .limit(LatestRecords.LIMIT)
        .map(entry -> row(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static SpecificRecord row(LatestRecord record, Sale sale) {
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
