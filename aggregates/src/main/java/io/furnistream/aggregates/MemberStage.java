package io.furnistream.aggregates;

import io.furnistream.aggregates.Message.MemberChange;
import io.furnistream.aggregates.Message.Source;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The second stage, partitioned by group and member. One member of one group is in one partition
 * here, whichever partitions its records are in, so it is counted once; and the members of one
 * group spread over all partitions, so that no day passes through one of them.
 */
final class MemberStage extends PartStage<MemberChange> {

  /** Store of how many records each member has, and of this partition's counts. */
  static final String COUNTS = "member-counts";

  private static final int MEMBERS = 2;

  private final AggregateSet aggregates;
  private Section members;
  private int partition;

  MemberStage(AggregateSet aggregates, Emission emission) {
    super(COUNTS, emission);
    this.aggregates = aggregates;
  }

  @Override
  void open(ProcessorContext<byte[], Message> context, KeyValueStore<Bytes, byte[]> store) {
    members = new Section(store, MEMBERS);
    partition = context.taskId().partition();
  }

  @Override
  void update(byte[] memberKey, MemberChange change) {
    byte[] stored = members.get(memberKey);
    long before = stored == null ? 0 : new ByteReader(stored).number();
    long after = before + change.records();
    if (after == 0) {
      members.delete(memberKey);
    } else {
      members.put(memberKey, new ByteWriter().number(after).toByteArray());
    }
    if ((before == 0) != (after == 0)) {
      byte[] groupKey = Arrays.copyOf(memberKey, change.groupKeyLength());
      int index = Byte.toUnsignedInt(memberKey[change.groupKeyLength()]);
      count(groupKey, index, after == 0 ? -1 : 1);
    }
  }

  @Override
  Source source() {
    return new Source(partition, true);
  }

  private void count(byte[] groupKey, int memberIndex, int more) {
    byte[] stored = groups().get(groupKey);
    Part part =
        stored == null ? new Part(aggregates.of(groupKey).members().size()) : Part.decode(stored);
    part.add(memberIndex, more);
    groups().put(groupKey, part.encode());
    markChanged(groupKey);
  }
}
