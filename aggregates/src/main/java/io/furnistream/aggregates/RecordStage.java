package io.furnistream.aggregates;

import io.furnistream.aggregates.Message.MemberChange;
import io.furnistream.aggregates.Message.Source;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The first stage, in the record's own partition. It remembers what each record last contributed,
 * finds the difference that a new value or a tombstone makes, and keeps this partition's part of
 * every group: sums, and how many records each label has. Members are counted by the next stage:
 * the records of one order or customer are in many partitions, so there is little to gather here.
 */
final class RecordStage extends PartStage<Sale> {

  /** Store of each record's last contribution. */
  static final String CONTRIBUTIONS = "contributions";

  /** Store of this partition's parts. */
  static final String PARTS = "record-parts";

  private static final int LABELS = 2;

  private final AggregateSet aggregates;
  private KeyValueStore<Bytes, byte[]> contributions;
  private Section labels;
  private int partition;

  RecordStage(AggregateSet aggregates, Emission emission) {
    super(PARTS, emission);
    this.aggregates = aggregates;
  }

  @Override
  void open(ProcessorContext<byte[], Message> context, KeyValueStore<Bytes, byte[]> store) {
    contributions = context.getStateStore(CONTRIBUTIONS);
    labels = new Section(store, LABELS);
    partition = context.taskId().partition();
  }

  @Override
  void update(byte[] recordKey, Sale sale) {
    Bytes id = Bytes.wrap(recordKey);
    byte[] before = contributions.get(id);
    byte[] after = sale == null ? null : SaleCodec.encode(sale);
    if (Arrays.equals(before, after)) {
      return;
    }
    Sale former = before == null ? null : SaleCodec.decode(before);
    for (Aggregate aggregate : aggregates) {
      move(aggregate, former, sale);
    }
    contributions.put(id, after);
  }

  @Override
  Source source() {
    return new Source(partition, false);
  }

  private void move(Aggregate aggregate, Sale from, Sale to) {
    byte[] left = AggregateSet.groupKey(aggregate, from);
    byte[] entered = AggregateSet.groupKey(aggregate, to);
    if (left != null && entered != null && Arrays.equals(left, entered)) {
      change(aggregate, left, from, to);
      return;
    }
    if (left != null) {
      change(aggregate, left, from, null);
    }
    if (entered != null) {
      change(aggregate, entered, null, to);
    }
  }

  private void change(Aggregate aggregate, byte[] groupKey, Sale from, Sale to) {
    List<Measure> measures = aggregate.measures();
    byte[] stored = groups().get(groupKey);
    Part part = stored == null ? new Part(1 + measures.size()) : Part.decode(stored);
    addDifference(part, 0, Measure.RECORDS, from, to);
    for (int index = 0; index < measures.size(); index++) {
      addDifference(part, 1 + index, measures.get(index), from, to);
    }
    changeMembers(aggregate, groupKey, from, to);
    changeLabel(aggregate, groupKey, part, from, to);
    byte[] updated = part.encode();
    if (!Arrays.equals(stored, updated)) {
      groups().put(groupKey, updated);
      markChanged(groupKey);
    }
  }

  private static void addDifference(Part part, int index, Measure measure, Sale from, Sale to) {
    // Taken away first: the difference of two extremes need not fit where their sums do.
    part.add(index, from == null ? 0 : Math.negateExact(measure.of(from)));
    part.add(index, to == null ? 0 : measure.of(to));
  }

  private void changeMembers(Aggregate aggregate, byte[] groupKey, Sale from, Sale to) {
    List<Member> members = aggregate.members();
    for (int index = 0; index < members.size(); index++) {
      byte[] left = memberKey(groupKey, index, members.get(index), from);
      byte[] entered = memberKey(groupKey, index, members.get(index), to);
      if (Arrays.equals(left, entered)) {
        continue;
      }
      if (entered != null) {
        forward(entered, new MemberChange(groupKey.length, 1));
      }
      if (left != null) {
        forward(left, new MemberChange(groupKey.length, -1));
      }
    }
  }

  private static byte[] memberKey(byte[] groupKey, int index, Member member, Sale sale) {
    return sale == null
        ? null
        : new ByteWriter().raw(groupKey).octet(index).text(member.of(sale)).toByteArray();
  }

  private void changeLabel(Aggregate aggregate, byte[] groupKey, Part part, Sale from, Sale to) {
    byte[] left = from == null ? null : Labels.encode(aggregate.label(from));
    byte[] entered = to == null ? null : Labels.encode(aggregate.label(to));
    if (Arrays.equals(left, entered)) {
      return;
    }
    if (entered != null && countRecords(groupKey, entered, 1) == 1) {
      part.setLabel(Labels.first(part.label(), entered));
    }
    if (left != null
        && countRecords(groupKey, left, -1) == 0
        && Arrays.equals(part.label(), left)) {
      part.setLabel(firstLabel(groupKey));
    }
  }

  private byte[] firstLabel(byte[] groupKey) {
    byte[] first = null;
    for (byte[] key : labels.keys(groupKey)) {
      first = Labels.first(first, new ByteReader(key, groupKey.length).rest());
    }
    return first;
  }

  /** Counts a record with this label in or out and returns how many there are now. */
  private long countRecords(byte[] groupKey, byte[] label, int change) {
    byte[] key = new ByteWriter().raw(groupKey).raw(label).toByteArray();
    byte[] stored = labels.get(key);
    long records = (stored == null ? 0 : new ByteReader(stored).number()) + change;
    if (records == 0) {
      labels.delete(key);
    } else {
      labels.put(key, new ByteWriter().number(records).toByteArray());
    }
    return records;
  }
}
