package io.furnistream.aggregates.stages;

import io.furnistream.aggregates.faults.DataFaultException;
import io.furnistream.aggregates.tables.Aggregate;
import io.furnistream.aggregates.tables.AggregateSet;
import io.furnistream.aggregates.tables.ByteReader;
import io.furnistream.aggregates.tables.Member;
import io.furnistream.aggregates.tables.Tally;
import io.furnistream.aggregates.tables.Totals;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * A {@link MemberChange} as {@link MemberStage} reads it.
 *
 * @param memberKey the member's kind, the day, its id
 * @param member the kind
 * @param day days since 1970-01-01
 * @param sign 1 for a record that came, -1 for one that went
 * @param groups where the member is counted
 */
record MemberEntry(Bytes memberKey, Member member, int day, int sign, List<Group> groups) {

  /**
   * One group of the member.
   *
   * @param withoutDay its key, but for the day
   * @param sums what the record adds to its sums; null where they go another way
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Group(byte[] withoutDay, Aggregate aggregate, Tally sums) {}

  /**
   * Reads what {@link MemberChange#encode} wrote.
   *
   * @throws DataFaultException when it did not write this
   */
  static MemberEntry decode(AggregateSet aggregates, byte[] entry) {
    return DataFaultException.guard(() -> read(aggregates, new ByteReader(entry)));
  }

  private static MemberEntry read(AggregateSet aggregates, ByteReader entry) {
    byte[] memberKey = entry.block();
    ByteReader memberReader = new ByteReader(memberKey);
    Member member = Member.of(memberReader.octet());
    int day = memberReader.orderedInt();
    long sign = entry.number();
    if (Math.abs(sign) != 1) {
      throw new IllegalStateException(sign + " records at once");
    }
    List<Group> groups = new ArrayList<>();
    while (entry.hasRemaining()) {
      byte[] withoutDay = entry.block();
      Aggregate aggregate = aggregates.of(withoutDay);
      // Fails where the aggregate does not count such members.
      Totals.indexOf(aggregate, member);
      Tally sums = entry.octet() == 1 ? Tally.read(entry, aggregate) : null;
      groups.add(new Group(withoutDay, aggregate, sums));
    }
    return new MemberEntry(Bytes.wrap(memberKey), member, day, (int) sign, groups);
  }
}
