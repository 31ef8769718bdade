package io.furnistream.datagen.demand;

import java.util.List;

/** The customers who arrived in one month. */
record Cohort(List<Member> members) {

  /**
   * A customer and when they buy.
   *
   * @param from the first day on which they may buy, in days since 1970-01-01
   * @param until the first day on which they no longer do, likewise
   * @param rate how often they buy, against other customers
   */
  record Member(Customer customer, long from, long until, double rate) {

    boolean isThereOn(long day) {
      return day >= from && day < until;
    }
  }
}
