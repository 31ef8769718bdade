package io.furnistream.datagen.sales;

import io.furnistream.datagen.demand.Draws;
import java.util.Comparator;

/**
 * A line that comes back.
 *
 * @param book the orders of the day on which it was sold
 * @param order number of its order
 * @param rank a hash of the order, by which those that come back are chosen
 */
record ReturnedLine(OrderBook book, int order, long rank) {

  /** Those that come back first; no two are alike. */
  static final Comparator<ReturnedLine> BY_RANK =
      Comparator.comparingLong(ReturnedLine::rank)
          .thenComparing(returned -> returned.book().day())
          .thenComparingInt(ReturnedLine::order);

  /** Which line of the order it is, from 1. */
  int line() {
    return 1 + (int) (Draws.fraction(book.seed(order, OrderBook.Purpose.RETURN_LINE)) * lines());
  }

  /** How many lines its order has. */
  int lines() {
    return book.size(order);
  }
}
