package io.furnistream.aggregates;

import io.furnistream.schemas.Money;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a group comes to, for its row.
 *
 * @param aggregate names the numbers of the tally
 * @param tally all differences of the group added up
 */
record Totals(Aggregate aggregate, Tally tally) {

  /** Records that count. Unit: records. */
  long records() {
    return tally.number(0);
  }

  /** Sum of a measure that the aggregate names, in the measure's unit. */
  long sum(Measure measure) {
    return tally.number(1 + index(aggregate, aggregate.measures(), measure));
  }

  /** Sum of a measure of money that the aggregate names, in the store's currency. */
  BigDecimal money(Measure measure) {
    return BigDecimal.valueOf(sum(measure), Money.SCALE);
  }

  /** Distinct members that the aggregate names. */
  long distinct(Member member) {
    return tally.number(indexOf(aggregate, member));
  }

  /** The first of the labels; empty when the aggregate has none. */
  List<String> label() {
    byte[] first = tally.firstLabel();
    return first == null ? List.of() : Labels.decode(first);
  }

  /**
   * Whether a count of members has yet to arrive: a group with records has at least one member of
   * each kind. Counts take one topic more than sums, so a new group can be seen without them.
   */
  boolean awaitsCounts() {
    for (Member member : aggregate.members()) {
      if (distinct(member) == 0) {
        return true;
      }
    }
    return false;
  }

  /** Which number of an aggregate's tallies counts a kind of member. */
  static int indexOf(Aggregate aggregate, Member member) {
    return 1 + aggregate.measures().size() + index(aggregate, aggregate.members(), member);
  }

  private static <T> int index(Aggregate aggregate, List<T> declared, T wanted) {
    int index = declared.indexOf(wanted);
    if (index < 0) {
      throw new IllegalArgumentException(aggregate.topic() + " does not declare " + wanted);
    }
    return index;
  }
}
