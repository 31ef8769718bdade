package io.furnistream.aggregates;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The second stage, partitioned by a hash of member and day. It keeps how many records a member has
 * in each group of the day, whichever partitions they are in: the first is one more for the group,
 * the last one less. The members of a day spread over all partitions, so no day passes through one.
 */
final class MemberStage implements Stage<Integer, byte[]> {

  /** Store of how many records each member has. */
  static final String MEMBERS = "members";

  /** How many members may wait to be written; about half a kilobyte each. */
  private static final int BOUND = 8_000;

  private final AggregateSet aggregates;
  private final KeyValueStore<Bytes, byte[]> store;
  private final GroupChanges changes;
  private final Map<Bytes, MemberState> changed = new HashMap<>();

  MemberStage(AggregateSet aggregates, Surroundings<Integer, Batch> surroundings) {
    this.aggregates = aggregates;
    this.store = surroundings.store(MEMBERS);
    this.changes = new GroupChanges(surroundings::send);
  }

  @Override
  public void take(Integer partition, byte[] batch) {
    ByteReader entries = new ByteReader(batch);
    while (entries.hasRemaining()) {
      change(new ByteReader(entries.block()));
      changes.bound();
      if (changed.size() >= BOUND) {
        write();
      }
    }
  }

  @Override
  public void flush() {
    write();
    changes.flush();
  }

  private void change(ByteReader entry) {
    byte[] memberKey = entry.block();
    long records = entry.number();
    MemberState state =
        changed.computeIfAbsent(Bytes.wrap(memberKey), key -> MemberState.read(store, memberKey));
    while (entry.hasRemaining()) {
      byte[] group = entry.block();
      Tally sums = entry.octet() == 1 ? Tally.read(entry) : null;
      long before = state.records(group);
      long after = before + records;
      state.setRecords(group, after);
      int more = after == 0 ? -1 : before == 0 ? 1 : 0;
      if (sums != null || more != 0) {
        count(memberKey, group, sums, records, more);
      }
    }
  }

  private void count(byte[] memberKey, byte[] group, Tally sums, long records, int more) {
    ByteReader member = new ByteReader(memberKey);
    int kind = member.octet();
    byte[] groupKey = AggregateSet.groupKey(member.orderedInt(), group);
    Aggregate aggregate = aggregates.of(groupKey);
    Tally change = changes.of(aggregate, groupKey);
    if (sums != null) {
      change.add(sums, records);
    }
    change.add(Totals.indexOf(aggregate, Member.of(kind)), more);
  }

  private void write() {
    changed.values().forEach(MemberState::write);
    changed.clear();
  }
}
