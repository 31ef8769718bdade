package io.furnistream.datagen.demand;

import java.time.LocalDate;
import java.util.List;

/** The customers who arrived in one month. */
record Cohort(List<Member> members) {

  /**
   * A customer and when they buy.
   *
   * @param from the first day on which they may buy
   * @param until the first day on which they no longer do
   * @param rate how often they buy, against other customers
   */
  record Member(Customer customer, LocalDate from, LocalDate until, double rate) {

    boolean isThereOn(LocalDate day) {
      return !day.isBefore(from) && day.isBefore(until);
    }
  }
}
