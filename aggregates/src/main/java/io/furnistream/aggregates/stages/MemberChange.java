package io.furnistream.aggregates.stages;

import io.furnistream.aggregates.tables.Aggregate;
import io.furnistream.aggregates.tables.AggregateSet;
import io.furnistream.aggregates.tables.ByteWriter;
import io.furnistream.aggregates.tables.Member;
import io.furnistream.aggregates.tables.Sale;
import io.furnistream.aggregates.tables.Tally;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * One record of a member on a day, in all groups of that day in which the member is counted. It is
 * exact because it is sent once: in the transaction that remembers the record.
 *
 * @param memberKey the member's kind, the day, its id
 * @param groups the groups' keys without their day, each with the record's sums where these {@link
 *     AggregateSet#sumsGoWithMember go along}
 */
record MemberChange(Bytes memberKey, Bytes groups) {

  /** The changes that one record makes, in an order that depends on the record alone. */
  static List<MemberChange> of(AggregateSet aggregates, Sale sale) {
    List<MemberChange> changes = new ArrayList<>();
    for (Member member : Member.values()) {
      List<Aggregate> counting = aggregates.counting(member);
      // All but the groups by minute belong to the sale's own day, and those mostly do too.
      for (int day : days(counting, sale)) {
        ByteWriter groups = new ByteWriter();
        for (Aggregate aggregate : counting) {
          if (aggregate.covers(sale) && aggregate.day(sale) == day) {
            groups.block(AggregateSet.groupKeyWithoutDay(aggregate, sale));
            if (AggregateSet.sumsGoWithMember(aggregate)) {
              Tally.of(aggregate, sale).write(groups.octet(1));
            } else {
              groups.octet(0);
            }
          }
        }
        byte[] key =
            new ByteWriter()
                .octet(member.code())
                .orderedInt(day)
                .text(member.of(sale))
                .toByteArray();
        changes.add(new MemberChange(Bytes.wrap(key), Bytes.wrap(groups.toByteArray())));
      }
    }
    return changes;
  }

  /**
   * The stored form.
   *
   * @param records 1 for a record that came, -1 for one that went
   */
  byte[] encode(int records) {
    return new ByteWriter().block(memberKey.get()).number(records).raw(groups.get()).toByteArray();
  }

  private static List<Integer> days(List<Aggregate> counting, Sale sale) {
    List<Integer> days = new ArrayList<>(2);
    for (Aggregate aggregate : counting) {
      Integer day = aggregate.day(sale);
      if (aggregate.covers(sale) && !days.contains(day)) {
        days.add(day);
      }
    }
    return days;
  }
}
