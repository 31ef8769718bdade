package io.furnistream.aggregates.stages;

import io.furnistream.aggregates.tables.Aggregate;
import io.furnistream.aggregates.tables.AggregateSet;
import io.furnistream.aggregates.tables.Sale;
import io.furnistream.aggregates.tables.Tally;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * What one record adds to the groups and members that it counts in. It is computed from the record
 * alone, so a record for which it cannot be computed has changed nothing yet.
 *
 * @param groups the groups to which sums go at once
 * @param members the members, in an order that depends on the record alone
 */
record Contribution(List<GroupChange> groups, List<MemberChange> members) {

  private static final Contribution NOTHING = new Contribution(List.of(), List.of());

  /** The contribution of a sale; nothing for null. */
  static Contribution of(AggregateSet aggregates, Sale sale) {
    if (sale == null) {
      return NOTHING;
    }
    List<GroupChange> groups = new ArrayList<>();
    for (Aggregate aggregate : aggregates) {
      if (aggregate.covers(sale) && !AggregateSet.sumsGoWithMember(aggregate)) {
        groups.add(
            new GroupChange(
                Bytes.wrap(AggregateSet.groupKey(aggregate, sale)),
                aggregate,
                Tally.of(aggregate, sale)));
      }
    }
    return new Contribution(groups, MemberChange.of(aggregates, sale));
  }
}
