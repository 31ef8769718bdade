package io.furnistream.aggregates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The first stage, in the record's own partition. It remembers what each record last contributed; a
 * new value takes the former contribution back and adds its own. Out of that one difference come
 * all aggregates: sums by group, changes of members, and the latest records.
 */
final class RecordStage implements Stage<byte[], Sale> {

  /** Store of each record's last contribution. */
  static final String CONTRIBUTIONS = "contributions";

  private final AggregateSet aggregates;
  private final KeyValueStore<Bytes, byte[]> contributions;
  private final GroupChanges sums;
  private final Batches members;
  private final LatestRecords latest;

  RecordStage(AggregateSet aggregates, Surroundings<Integer, Batch> surroundings) {
    this.aggregates = aggregates;
    this.contributions = surroundings.store(CONTRIBUTIONS);
    this.sums = new GroupChanges(surroundings::send);
    this.members = new Batches(Batch.Kind.MEMBERS, surroundings::send);
    this.latest = new LatestRecords(contributions, surroundings);
  }

  @Override
  public void take(byte[] recordKey, Sale sale) {
    Bytes id = Bytes.wrap(recordKey);
    byte[] before = contributions.get(id);
    byte[] after = sale == null ? null : SaleCodec.encode(sale);
    if (Arrays.equals(before, after)) {
      return;
    }
    Sale former = before == null ? null : SaleCodec.decode(before);
    contributions.put(id, after);
    add(former, -1);
    add(sale, 1);
    changeMembers(former, sale);
    latest.change(recordKey, former, sale);
    sums.bound();
  }

  @Override
  public void flush() {
    sums.flush();
    members.flush();
    latest.flush();
  }

  private void add(Sale sale, int sign) {
    if (sale == null) {
      return;
    }
    for (Aggregate aggregate : aggregates) {
      if (aggregate.covers(sale) && !AggregateSet.sumsGoWithMember(aggregate)) {
        byte[] groupKey = AggregateSet.groupKey(aggregate, sale);
        sums.of(aggregate, groupKey).add(Tally.of(aggregate, sale), sign);
      }
    }
  }

  private void changeMembers(Sale former, Sale sale) {
    List<MemberChange> left = MemberChange.of(aggregates, former);
    List<MemberChange> entered = MemberChange.of(aggregates, sale);
    List<MemberChange> kept = new ArrayList<>(left);
    kept.retainAll(entered);
    left.removeAll(kept);
    entered.removeAll(kept);
    left.forEach(change -> members.add(change.memberKey().get(), change.encode(-1)));
    entered.forEach(change -> members.add(change.memberKey().get(), change.encode(1)));
  }
}
