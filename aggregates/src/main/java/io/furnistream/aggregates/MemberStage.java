package io.furnistream.aggregates;

import io.furnistream.aggregates.Message.Presence;
import io.furnistream.aggregates.Message.Source;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The second stage, partitioned by group and member. One member of one group is in one partition
 * here, whichever partitions its records are in, so it is counted once; and the members of one
 * group spread over all partitions, so that no day passes through one of them.
 */
final class MemberStage extends PartStage<Presence> {

  /** Store of where each member is present, and of this partition's counts. */
  static final String COUNTS = "member-counts";

  private static final int PRESENCE = 2;

  private final AggregateSet aggregates;
  private Section presence;
  private int partition;

  MemberStage(AggregateSet aggregates, Emission emission) {
    super(COUNTS, emission);
    this.aggregates = aggregates;
  }

  @Override
  void open(ProcessorContext<byte[], Message> context, KeyValueStore<Bytes, byte[]> store) {
    presence = new Section(store, PRESENCE);
    partition = context.taskId().partition();
  }

  @Override
  void update(byte[] memberKey, Presence message) {
    byte[] stored = presence.get(memberKey);
    BitSet partitions = stored == null ? new BitSet() : BitSet.valueOf(stored);
    boolean wasPresent = !partitions.isEmpty();
    partitions.set(message.partition(), message.present());
    if (partitions.isEmpty()) {
      presence.delete(memberKey);
    } else {
      presence.put(memberKey, partitions.toByteArray());
    }
    boolean isPresent = !partitions.isEmpty();
    if (isPresent != wasPresent) {
      byte[] groupKey = Arrays.copyOf(memberKey, message.groupKeyLength());
      count(groupKey, Byte.toUnsignedInt(memberKey[message.groupKeyLength()]), isPresent ? 1 : -1);
    }
  }

  @Override
  Source source() {
    return new Source(partition, true);
  }

  private void count(byte[] groupKey, int memberIndex, int members) {
    byte[] stored = groups().get(groupKey);
    Part part =
        stored == null ? new Part(aggregates.of(groupKey).members().size()) : Part.decode(stored);
    part.add(memberIndex, members);
    groups().put(groupKey, part.encode());
    markChanged(groupKey);
  }
}
