package io.furnistream.datagen;

import java.util.Comparator;

/**
 * A line that comes back.
 *
 * @param book the orders of the day on which it was sold
 * @param order number of its order
 * @param lines how many lines that order has
 * @param rank a hash of the order, by which those that come back are chosen
 */
record ReturnedLine(OrderBook book, int order, int lines, long rank) {

  /** Those that come back first; no two are alike. */
  static final Comparator<ReturnedLine> BY_RANK =
      Comparator.comparingLong(ReturnedLine::rank)
          .thenComparing(returned -> returned.book().day())
          .thenComparingInt(ReturnedLine::order);
}
