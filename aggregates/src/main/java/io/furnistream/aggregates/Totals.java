package io.furnistream.aggregates;

import io.furnistream.schemas.Money;
import java.math.BigDecimal;
import java.util.List;

/** What the parts of one group come to, for the row. */
final class Totals {

  private final Aggregate aggregate;
  private final Part sums;
  private final Part counts;

  Totals(Aggregate aggregate) {
    this.aggregate = aggregate;
    this.sums = new Part(1 + aggregate.measures().size());
    this.counts = new Part(aggregate.members().size());
  }

  /** Adds a part of sums. */
  void addSums(Part part) {
    addAll(sums, part);
    sums.setLabel(Labels.first(sums.label(), part.label()));
  }

  /** Adds a part of distinct members. */
  void addCounts(Part part) {
    addAll(counts, part);
  }

  /** Records that count. Unit: records. */
  long records() {
    return sums.number(0);
  }

  /** Sum of a measure that the aggregate names, in the measure's unit. */
  long sum(Measure measure) {
    return sums.number(1 + index(aggregate.measures(), measure));
  }

  /** Sum of a measure of money that the aggregate names, in the store's currency. */
  BigDecimal money(Measure measure) {
    return BigDecimal.valueOf(sum(measure), Money.SCALE);
  }

  /** Distinct members that the aggregate names. */
  long distinct(Member member) {
    return counts.number(index(aggregate.members(), member));
  }

  /** The label's texts; empty when the aggregate has none. */
  List<String> label() {
    return sums.label() == null ? List.of() : Labels.decode(sums.label());
  }

  /**
   * Whether a count of members has yet to arrive: a group with records has at least one member of
   * each kind. Counts take one topic more than sums, so a new group can be seen without them.
   */
  boolean awaitsCounts() {
    for (int index = 0; index < counts.size(); index++) {
      if (counts.number(index) == 0) {
        return true;
      }
    }
    return false;
  }

  private static void addAll(Part total, Part part) {
    for (int index = 0; index < part.size(); index++) {
      total.add(index, part.number(index));
    }
  }

  private <T> int index(List<T> declared, T wanted) {
    int index = declared.indexOf(wanted);
    if (index < 0) {
      throw new IllegalArgumentException(aggregate.topic() + " does not declare " + wanted);
    }
    return index;
  }
}
