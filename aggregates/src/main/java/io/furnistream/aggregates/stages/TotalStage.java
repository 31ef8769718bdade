package io.furnistream.aggregates.stages;

import io.furnistream.aggregates.faults.DataFaultException;
import io.furnistream.aggregates.tables.Aggregate;
import io.furnistream.aggregates.tables.AggregateSet;
import io.furnistream.aggregates.tables.ByteReader;
import io.furnistream.aggregates.tables.ByteWriter;
import io.furnistream.aggregates.tables.RowKey;
import io.furnistream.aggregates.tables.Sums;
import io.furnistream.aggregates.tables.Tally;
import io.furnistream.aggregates.tables.Totals;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The third stage, partitioned by group. It adds up the differences from every partition and sends
 * the resulting row, if it differs from the row before; a tombstone when no record is left.
 */
public final class TotalStage implements Stage<Integer, byte[]> {

  /** Store of each group's tally. */
  public static final String TOTALS = "totals";

  /** How many labels of a group one entry holds. */
  static final int LABELS_TOGETHER = 8;

  /** How many bytes may wait to be written: some 8,000 groups. */
  private static final int BOUND = 4 << 20;

  private static final int GROUP_OVERHEAD = 400;

  private static final int HAS_ROW = 1;
  private static final int LABELLED = 2;
  private static final int REFUSED = 4;

  private static final int SUMS = 0;
  private static final int LABELS = 1;
  private static final int FURTHER_LABELS = 2;

  private final AggregateSet aggregates;
  private final Rows rows;
  private final Section sums;
  private final Occurrences.Form labels;
  private final Context<RowKey, byte[]> context;
  private final Map<Bytes, Group> changed = new HashMap<>();
  private int waiting;

  /** The stage of one task, on the store {@value #TOTALS}. */
  public TotalStage(AggregateSet aggregates, Rows rows, Context<RowKey, byte[]> context) {
    this.aggregates = aggregates;
    this.rows = rows;
    this.context = context;
    KeyValueStore<Bytes, byte[]> store = context.store(TOTALS);
    this.sums = new Section(store, SUMS);
    this.labels = Occurrences.Form.of(LABELS_TOGETHER, store, LABELS, FURTHER_LABELS);
  }

  @Override
  public void take(Integer partition, byte[] batch) {
    for (byte[] entry : Batch.split(batch)) {
      GroupChange change;
      try {
        change = GroupChange.decode(aggregates, entry);
      } catch (DataFaultException e) {
        context.refuse(entry, e);
        continue;
      }
      add(change);
      waiting += entry.length;
      if (waiting >= BOUND) {
        flush();
      }
    }
  }

  @Override
  public void flush() {
    changed.forEach(this::write);
    changed.clear();
    waiting = 0;
  }

  private void add(GroupChange change) {
    Group group = changed.computeIfAbsent(change.groupKey(), key -> read(key, change.aggregate()));
    group.sums.add(change.tally().sums());
    change.tally().labels().forEach((label, records) -> add(group, label.get(), records));
  }

  private void add(Group group, byte[] label, long records) {
    if (group.labels == null) {
      group.labels = Occurrences.read(labels, group.key);
    }
    group.labels.setRecords(label, group.labels.records(label) + records);
  }

  private Group read(Bytes groupKey, Aggregate aggregate) {
    Group group = new Group(groupKey.get(), aggregate);
    byte[] stored = sums.get(group.key);
    if (stored == null) {
      group.sums = Tally.sumsOf(aggregate);
    } else {
      ByteReader reader = new ByteReader(stored);
      int flags = reader.octet();
      group.hasRow = (flags & HAS_ROW) != 0;
      group.labels = (flags & LABELLED) == 0 ? null : Occurrences.read(labels, group.key);
      group.sums = Sums.read(reader);
      group.refused = (flags & REFUSED) != 0;
      group.row = group.hasRow && !group.refused ? sentRow(group) : null;
    }
    waiting += GROUP_OVERHEAD + 2 * group.key.length + group.labelBytes();
    return group;
  }

  /** The row that was sent; null when it could not be built. */
  private static SpecificRecord sentRow(Group group) {
    byte[] label = group.firstLabel();
    try {
      return DataFaultException.guard(() -> row(new Totals(group.aggregate, group.sums, label)));
    } catch (DataFaultException e) {
      return null;
    }
  }

  private void write(Bytes groupKey, Group group) {
    byte[] label = group.firstLabel();
    try {
      sendChange(group, label);
    } catch (DataFaultException e) {
      // The group's totals stay remembered: its row is sent as soon as it can be built.
      if (!group.refused) {
        context.refuse(group.key, e);
      }
      group.refused = true;
    }
    boolean labelled = group.labels != null && !group.labels.isEmpty();
    if (group.labels != null) {
      group.labels.write();
    }
    if (group.sums.areZero() && !labelled && !group.refused) {
      sums.delete(group.key);
    } else {
      ByteWriter writer =
          new ByteWriter()
              .octet(
                  (group.hasRow ? HAS_ROW : 0)
                      | (labelled ? LABELLED : 0)
                      | (group.refused ? REFUSED : 0));
      group.sums.write(writer);
      sums.put(group.key, writer.toByteArray());
    }
  }

  private void sendChange(Group group, byte[] label) {
    Totals totals = new Totals(group.aggregate, group.sums, label);
    if (DataFaultException.guard(totals::records) == 0) {
      if (group.hasRow) {
        send(group, null);
      }
      group.hasRow = false;
      group.refused = false;
      return;
    }
    SpecificRecord row = DataFaultException.guard(() -> row(totals));
    if (row == null) {
      return;
    }
    if (!row.equals(group.row)) {
      send(group, row);
      group.hasRow = true;
    }
    group.refused = false;
  }

  private void send(Group group, SpecificRecord row) {
    rows.send(context, row, keys -> aggregates.rowKey(group.key, keys));
  }

  /** The row of a group; null while it waits for a count. */
  private static SpecificRecord row(Totals totals) {
    return totals.awaitsCounts() ? null : totals.aggregate().row(totals);
  }

  /** A group as it is now, with what it was when it was last written. */
  private static final class Group {
    private final byte[] key;
    private final Aggregate aggregate;
    private Sums sums;
    // Null where it has none.
    private Occurrences labels;
    // Whether the topic holds a row of it.
    private boolean hasRow;
    // Whether no row could be built from its totals; there is a letter for it then.
    private boolean refused;
    // The row of that time; null if there was none, or if it waited or was refused.
    private SpecificRecord row;

    Group(byte[] key, Aggregate aggregate) {
      this.key = key;
      this.aggregate = aggregate;
    }

    byte[] firstLabel() {
      return labels == null ? null : labels.first();
    }

    int labelBytes() {
      return labels == null ? 0 : labels.size();
    }
  }
}
