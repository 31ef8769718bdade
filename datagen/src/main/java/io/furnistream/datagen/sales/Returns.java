package io.furnistream.datagen.sales;

import io.furnistream.datagen.demand.Draws;
import java.time.LocalDate;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Chooses the lines that come back on a day, among the orders of the days before it. An order has
 * one day on which it may come back, so that no line does twice.
 */
final class Returns {

  private final SalesDays days;
  private final int longest;

  /**
   * Returns of a dataset.
   *
   * @param longest a return comes 1 to this many days after the sale
   */
  Returns(SalesDays days, int longest) {
    this.days = days;
    this.longest = longest;
  }

  /**
   * The lines that come back on a day.
   *
   * @param wanted how many; there are fewer when too few orders may come back
   */
  List<ReturnedLine> on(LocalDate day, int wanted) {
    if (wanted == 0) {
      return List.of();
    }
    PriorityQueue<ReturnedLine> chosen = new PriorityQueue<>(ReturnedLine.BY_RANK.reversed());
    for (int delay = 1; delay <= longest; delay++) {
      LocalDate sold = day.minusDays(delay);
      if (!sold.isBefore(SalesDays.FIRST_DAY)) {
        choose(days.orders(sold), delay, wanted, chosen);
      }
    }
    return chosen.stream().sorted(ReturnedLine.BY_RANK).toList();
  }

  // The last order is left out: it may be cut short.
  private void choose(OrderBook book, int delay, int wanted, PriorityQueue<ReturnedLine> chosen) {
    for (int order = 1; order < book.orders(); order++) {
      if (delay(book, order) == delay) {
        long rank = book.seed(order, OrderBook.Purpose.RETURN_RANK);
        if (chosen.size() == wanted && rank < chosen.peek().rank()) {
          chosen.poll();
        }
        if (chosen.size() < wanted) {
          chosen.add(new ReturnedLine(book, order, rank));
        }
      }
    }
  }

  private int delay(OrderBook book, int order) {
    return 1 + (int) (Draws.fraction(book.seed(order, OrderBook.Purpose.RETURN_DELAY)) * longest);
  }
}
