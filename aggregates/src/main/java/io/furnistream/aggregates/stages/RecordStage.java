package io.furnistream.aggregates.stages;

import io.furnistream.aggregates.faults.DataFaultException;
import io.furnistream.aggregates.tables.AggregateSet;
import io.furnistream.aggregates.tables.Sale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The first stage, in the record's own partition. It remembers what each record last contributed; a
 * new value takes the former contribution back and adds its own. All aggregates come from that one
 * difference: sums by group, changes of members, and the latest records.
 */
public final class RecordStage implements Stage<byte[], Sale> {

  /** Store of each record's last contribution. */
  public static final String CONTRIBUTIONS = "contributions";

  private final AggregateSet aggregates;
  private final KeyValueStore<Bytes, byte[]> contributions;
  private final GroupChanges sums;
  private final Batches members;
  private final LatestRecords latest;

  /** The stage of one task, on the store {@value #CONTRIBUTIONS}. */
  public RecordStage(AggregateSet aggregates, Context<Integer, Batch> context) {
    this.aggregates = aggregates;
    this.contributions = context.store(CONTRIBUTIONS);
    this.sums = new GroupChanges(context::send);
    this.members = new Batches(Batch.Kind.MEMBERS, context::send);
    this.latest = new LatestRecords(contributions, context);
  }

  @Override
  public void take(byte[] recordKey, Sale sale) {
    Bytes id = Bytes.wrap(recordKey);
    byte[] before = contributions.get(id);
    byte[] after = sale == null ? null : DataFaultException.guard(() -> SaleCodec.encode(sale));
    if (Arrays.equals(before, after)) {
      return;
    }
    Contribution entered = DataFaultException.guard(() -> Contribution.of(aggregates, sale));
    // All faults of the data have been found by now.
    Sale former = before == null ? null : SaleCodec.decode(before);
    Contribution left = Contribution.of(aggregates, former);
    contributions.put(id, after);
    left.groups().forEach(change -> add(change, -1));
    entered.groups().forEach(change -> add(change, 1));
    changeMembers(left.members(), entered.members());
    latest.change(recordKey, former, sale);
    sums.flushIfFull();
  }

  @Override
  public void flush() {
    sums.flush();
    members.flush();
    latest.flush();
  }

  private void add(GroupChange change, int sign) {
    sums.add(change.aggregate(), change.groupKey().get(), change.tally(), sign);
  }

  private void changeMembers(List<MemberChange> before, List<MemberChange> after) {
    List<MemberChange> left = new ArrayList<>(before);
    List<MemberChange> entered = new ArrayList<>(after);
    left.removeAll(after);
    entered.removeAll(before);
    left.forEach(change -> members.add(change.memberKey().get(), change.encode(-1)));
    entered.forEach(change -> members.add(change.memberKey().get(), change.encode(1)));
  }
}
