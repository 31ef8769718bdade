package io.furnistream.aggregates.stages;

import io.furnistream.aggregates.faults.DataFaultException;
import io.furnistream.aggregates.tables.AggregateSet;
import io.furnistream.aggregates.tables.Totals;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/**
 * The second stage, partitioned by a hash of member and day. It keeps how many records a member has
 * in each group of the day, whichever partitions they are in: the first is one more for the group,
 * the last one less. The members of a day spread over all partitions, so no day passes through one.
 */
public final class MemberStage implements Stage<Integer, byte[]> {

  /** Store of how many records each member has. */
  public static final String MEMBERS = "members";

  /** How many groups one entry holds. */
  static final int TOGETHER = 32;

  /** How many bytes may wait to be written: some 8,000 members. */
  private static final int BOUND = 4 << 20;

  private static final int MEMBER_OVERHEAD = 300;
  private static final int ENTRY = 0;
  private static final int FURTHER = 1;

  private final AggregateSet aggregates;
  private final Occurrences.Form form;
  private final Context<Integer, Batch> context;
  private final GroupChanges changes;
  private final Map<Bytes, Occurrences> changed = new HashMap<>();
  private int waiting;

  /** The stage of one task, on the store {@value #MEMBERS}. */
  public MemberStage(AggregateSet aggregates, Context<Integer, Batch> context) {
    this.aggregates = aggregates;
    this.form = Occurrences.Form.of(TOGETHER, context.store(MEMBERS), ENTRY, FURTHER);
    this.context = context;
    this.changes = new GroupChanges(context::send);
  }

  @Override
  public void take(Integer partition, byte[] batch) {
    for (byte[] entry : Batch.split(batch)) {
      MemberEntry member;
      try {
        member = MemberEntry.decode(aggregates, entry);
      } catch (DataFaultException e) {
        context.refuse(entry, e);
        continue;
      }
      change(member);
      changes.flushIfFull();
      waiting += entry.length;
      if (waiting >= BOUND) {
        write();
      }
    }
  }

  @Override
  public void flush() {
    write();
    changes.flush();
  }

  private void change(MemberEntry member) {
    Occurrences state = changed.computeIfAbsent(member.memberKey(), this::read);
    for (MemberEntry.Group group : member.groups()) {
      long before = state.records(group.withoutDay());
      long after = before + member.sign();
      state.setRecords(group.withoutDay(), after);
      int more = after == 0 ? -1 : before == 0 ? 1 : 0;
      if (group.sums() != null || more != 0) {
        count(member, group, more);
      }
    }
  }

  private void count(MemberEntry member, MemberEntry.Group group, int more) {
    byte[] groupKey = AggregateSet.groupKey(member.day(), group.withoutDay());
    if (group.sums() != null) {
      changes.add(group.aggregate(), groupKey, group.sums(), member.sign());
    }
    changes.add(
        group.aggregate(), groupKey, Totals.indexOf(group.aggregate(), member.member()), more);
  }

  private Occurrences read(Bytes memberKey) {
    Occurrences stored = Occurrences.read(form, memberKey.get());
    waiting += MEMBER_OVERHEAD + stored.size();
    return stored;
  }

  private void write() {
    changed.values().forEach(Occurrences::write);
    changed.clear();
    waiting = 0;
  }
}
