package io.furnistream.aggregates.tables;

import io.furnistream.schemas.Money;
import java.math.BigDecimal;
import java.util.List;

/**
 * The totals of a group, for its row.
 *
 * @param aggregate names the numbers
 * @param sums all differences of the group added up
 * @param firstLabel the first of the labels of the group's records; null when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Totals(Aggregate aggregate, Sums sums, byte[] firstLabel) {

  /** Records that count. Unit: records. */
  public long records() {
    return sums.count(0);
  }

  /** Sum of a measure of whole units that the aggregate names. */
  long sum(Measure measure) {
    return sums.count(indexOf(measure));
  }

  /** Sum of a measure of money that the aggregate names, in the store's currency. */
  BigDecimal money(Measure measure) {
    return new BigDecimal(sums.number(indexOf(measure)), Money.SCALE);
  }

  /** Distinct members that the aggregate names. */
  long distinct(Member member) {
    return sums.count(indexOf(aggregate, member));
  }

  /** The first of the labels; empty when the aggregate has none. */
  List<String> label() {
    return firstLabel == null ? List.of() : Labels.decode(firstLabel);
  }

  /**
   * Whether a count of members has yet to arrive: a group with records has at least one member of
   * each kind. Counts take one topic more than sums, so a new group can be seen without them.
   */
  public boolean awaitsCounts() {
    for (Member member : aggregate.members()) {
      if (distinct(member) == 0) {
        return true;
      }
    }
    return false;
  }

  /** Which number of an aggregate's tallies counts a kind of member. */
  public static int indexOf(Aggregate aggregate, Member member) {
    return 1 + aggregate.measures().size() + index(aggregate, aggregate.members(), member);
  }

  private int indexOf(Measure measure) {
    return 1 + index(aggregate, aggregate.measures(), measure);
  }

  private static <T> int index(Aggregate aggregate, List<T> declared, T wanted) {
    int index = declared.indexOf(wanted);
    if (index < 0) {
      throw new IllegalArgumentException(aggregate.topic() + " does not declare " + wanted);
    }
    return index;
  }
}
