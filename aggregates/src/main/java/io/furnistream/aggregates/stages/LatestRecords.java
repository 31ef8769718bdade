package io.furnistream.aggregates.stages;

import io.furnistream.aggregates.tables.ByteWriter;
import io.furnistream.aggregates.tables.Sale;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The latest records of one partition, exactly, in memory. When one of them is removed, the next
 * ones are read from the store, whose keys begin with the day: from the last day back, until there
 * are enough.
 */
final class LatestRecords {

  /** How many records the table holds. */
  static final int LIMIT = 100;

  private final KeyValueStore<Bytes, byte[]> contributions;
  private final Stage.Context<Integer, Batch> context;
  private final TreeMap<LatestRecord, byte[]> latest = new TreeMap<>();
  // Whether memory may lack some: after the start, and when a record was removed.
  private boolean incomplete = true;
  private boolean changed;

  LatestRecords(KeyValueStore<Bytes, byte[]> contributions, Stage.Context<Integer, Batch> context) {
    this.contributions = contributions;
    this.context = context;
  }

  /** Takes in that a record was added, removed or changed; the store already has it. */
  void change(byte[] recordKey, Sale former, Sale sale) {
    if (incomplete) {
      changed = true;
      return;
    }
    int day = LatestRecord.day(recordKey);
    if (former != null && reaches(day, former.time())) {
      byte[] gone = latest.remove(LatestRecord.of(recordKey, former.time()));
      changed |= gone != null;
      incomplete |= gone != null && latest.size() == LIMIT - 1;
    }
    if (sale != null && !incomplete && reaches(day, sale.time())) {
      LatestRecord added = LatestRecord.of(recordKey, sale.time());
      latest.put(added, SaleCodec.encode(sale));
      boolean stays = latest.size() <= LIMIT || !latest.pollLastEntry().getKey().equals(added);
      changed |= stays;
    }
  }

  /** Sends the latest records, if they changed, as they are now. */
  void flush() {
    if (!changed) {
      return;
    }
    if (incomplete) {
      read();
      incomplete = false;
    }
    ByteWriter entries = new ByteWriter();
    latest.forEach((record, sale) -> entries.block(LatestEntry.encode(record, sale)));
    context.send(context.partition(), new Batch(Batch.Kind.LATEST, entries.toByteArray()));
    changed = false;
  }

  private boolean reaches(int day, long time) {
    if (latest.size() < LIMIT) {
      return true;
    }
    LatestRecord last = latest.lastKey();
    return day > last.day() || (day == last.day() && time >= last.time());
  }

  private void read() {
    latest.clear();
    try (KeyValueIterator<Bytes, byte[]> backwards = contributions.reverseAll()) {
      while (backwards.hasNext()) {
        KeyValue<Bytes, byte[]> entry = backwards.next();
        if (latest.size() == LIMIT && LatestRecord.day(entry.key.get()) < latest.lastKey().day()) {
          return;
        }
        long time = SaleCodec.decode(entry.value).time();
        latest.put(LatestRecord.of(entry.key.get(), time), entry.value);
        if (latest.size() > LIMIT) {
          latest.pollLastEntry();
        }
      }
    }
  }
}
