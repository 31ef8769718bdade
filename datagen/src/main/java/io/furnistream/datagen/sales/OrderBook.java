package io.furnistream.datagen.sales;

import io.furnistream.datagen.demand.Draws;
import io.furnistream.datagen.demand.Market;
import io.furnistream.datagen.demand.Weighted;
import java.time.LocalDate;
import java.util.function.Supplier;

/**
 * The orders of a day, numbered from 1. Each has a seed of its own, of which what is asked of it
 * can be told without making the order, or any other. Thread-safe.
 */
final class OrderBook {

  private final LocalDate day;
  private final long seed;
  private final int lines;
  private final Weighted<Integer> sizes;
  private final Supplier<Market> marketOfDay;
  private volatile Market market;
  private volatile int orders;

  /**
   * The orders of a day.
   *
   * @param lines lines that the day's orders have together
   * @param sizes of how many lines orders are
   * @param market asked for only when orders are made
   */
  OrderBook(LocalDate day, long seed, int lines, Weighted<Integer> sizes, Supplier<Market> market) {
    this.day = day;
    this.seed = seed;
    this.lines = lines;
    this.sizes = sizes;
    this.marketOfDay = market;
  }

  LocalDate day() {
    return day;
  }

  /** How many orders the day's lines make; the last may be cut short. */
  int orders() {
    if (orders == 0 && lines > 0) {
      int order = 0;
      for (int left = lines; left > 0; left -= size(order)) {
        order++;
      }
      orders = order;
    }
    return orders;
  }

  /** What its orders are drawn from. */
  Market market() {
    if (market == null) {
      market = marketOfDay.get();
    }
    return market;
  }

  /** The seed of an order, for a purpose: orders differ in all of them. */
  long seed(int order, Purpose purpose) {
    return Draws.at(seed + purpose.place, order);
  }

  /** How many lines an order has, unless it is cut short. */
  int size(int order) {
    return sizes.at(Draws.fraction(seed(order, Purpose.SIZE)));
  }

  /** What a seed is for. The places are part of every record. */
  enum Purpose {
    CONTENTS(0),
    SIZE(1),
    RETURN_DELAY(2),
    RETURN_RANK(3),
    RETURN_LINE(4),
    RETURN_HOUR(5),
    PLACE_IN_MINUTE(6);

    private final int place;

    Purpose(int place) {
      this.place = place;
    }
  }
}
