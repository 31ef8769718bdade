package io.furnistream.aggregates;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The third stage, partitioned by group. It adds up the differences from every partition and sends
 * the row that they come to, where that differs from the row before; a tombstone when no record is
 * left.
 */
final class TotalStage implements Stage<Integer, byte[]> {

  /** Store of each group's tally. */
  static final String TOTALS = "totals";

  /** How many groups may wait to be written; about half a kilobyte each. */
  private static final int BOUND = 8_000;

  private final AggregateSet aggregates;
  private final Serializer<? super SpecificRecord> rows;
  private final KeyValueStore<Bytes, byte[]> store;
  private final Surroundings<RowKey, byte[]> surroundings;
  private final Map<Bytes, Group> changed = new HashMap<>();

  /**
   * A stage whose rows are written by {@code rows}.
   *
   * @param rows serializer of values; safe for use by several threads
   */
  TotalStage(
      AggregateSet aggregates,
      Serializer<? super SpecificRecord> rows,
      Surroundings<RowKey, byte[]> surroundings) {
    this.aggregates = aggregates;
    this.rows = rows;
    this.surroundings = surroundings;
    this.store = surroundings.store(TOTALS);
  }

  @Override
  public void take(Integer partition, byte[] batch) {
    ByteReader entries = new ByteReader(batch);
    while (entries.hasRemaining()) {
      ByteReader entry = new ByteReader(entries.block());
      Bytes groupKey = Bytes.wrap(entry.block());
      changed.computeIfAbsent(groupKey, this::read).tally.add(Tally.read(entry), 1);
      if (changed.size() >= BOUND) {
        flush();
      }
    }
  }

  @Override
  public void flush() {
    changed.forEach(this::send);
    changed.clear();
  }

  private Group read(Bytes groupKey) {
    Aggregate aggregate = aggregates.of(groupKey.get());
    byte[] stored = store.get(groupKey);
    if (stored == null) {
      return new Group(aggregate, Tally.of(aggregate), false, null);
    }
    ByteReader reader = new ByteReader(stored);
    boolean stands = reader.octet() == 1;
    Tally tally = Tally.read(reader);
    return new Group(aggregate, tally, stands, stands ? row(aggregate, tally) : null);
  }

  private void send(Bytes groupKey, Group group) {
    Totals totals = new Totals(group.aggregate, group.tally);
    boolean stands = group.stands;
    if (totals.records() == 0) {
      if (stands) {
        surroundings.send(aggregates.rowKey(groupKey.get()), null);
      }
      stands = false;
    } else {
      SpecificRecord row = row(group.aggregate, group.tally);
      if (row != null && !row.equals(group.row)) {
        byte[] bytes = rows.serialize(group.aggregate.topic().topicName(), row);
        surroundings.send(aggregates.rowKey(groupKey.get()), bytes);
      }
      stands = stands || row != null;
    }
    if (group.tally.isNothing()) {
      store.delete(groupKey);
    } else {
      ByteWriter writer = new ByteWriter().octet(stands ? 1 : 0);
      group.tally.write(writer);
      store.put(groupKey, writer.toByteArray());
    }
  }

  /** The row of a tally; null while it waits for a count. */
  private static SpecificRecord row(Aggregate aggregate, Tally tally) {
    Totals totals = new Totals(aggregate, tally);
    return totals.awaitsCounts() ? null : aggregate.row(totals);
  }

  /**
   * A group as it stands, with what it was when it was last written.
   *
   * @param stands whether the topic holds a row of it
   * @param row the row that its tally came to then; null where there is none or where it waited
   */
  private record Group(Aggregate aggregate, Tally tally, boolean stands, SpecificRecord row) {}
}
