package io.furnistream.verify.records;

import io.furnistream.schemas.DayFigures;
import io.furnistream.schemas.Money;
import io.furnistream.verify.tables.AggregateTables;
import io.furnistream.verify.tables.Coordinates;
import io.furnistream.verify.tables.Figures;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Adds up one day's records to its figures and to the rows that each aggregated table must hold.
 * Not thread-safe.
 */
final class DayFold {

  private final DayFigures figures = new DayFigures();
  private final Set<String> orders = new HashSet<>();
  private final Map<List<String>, ProductSums> products = new HashMap<>();
  private final Map<Coordinates, Visitors> places = new HashMap<>();

  void add(UUID id, Contribution sale) {
    figures.add(id, sale.customer(), sale.quantity(), sale.revenueAmount(), sale.profitAmount());
    orders.add(sale.order());
    products.computeIfAbsent(sale.product(), p -> new ProductSums()).add(sale);
    if (sale.coordinates() != null) {
      places.computeIfAbsent(sale.coordinates(), c -> new Visitors()).add(sale);
    }
  }

  Figures figures() {
    return Figures.of(figures);
  }

  /** Puts the day's rows into the tables. */
  void fill(LocalDate day, AggregateTables tables) {
    tables
        .dailyPuRev()
        .put(
            day,
            List.of(),
            figures.records(),
            figures.customers(),
            (long) orders.size(),
            figures.quantity(),
            figures.revenue(),
            figures.profit());
    products.forEach(
        (product, sums) ->
            tables
                .dailyCategoryProduct()
                .put(day, product, sums.quantity, sums.revenue, sums.profit));
    places.forEach(
        (coordinates, visitors) ->
            tables
                .dailyAddress()
                .put(
                    day,
                    coordinates.key(),
                    visitors.place.city(),
                    visitors.place.state(),
                    visitors.place.country(),
                    (long) visitors.customers.size()));
  }

  private static final class ProductSums {
    private long quantity;
    private BigDecimal revenue = Money.ZERO;
    private BigDecimal profit = Money.ZERO;

    void add(Contribution sale) {
      quantity += sale.quantity();
      revenue = revenue.add(sale.revenueAmount());
      profit = profit.add(sale.profitAmount());
    }
  }

  private static final class Visitors {
    private final Set<String> customers = new HashSet<>();
    private Place place;

    void add(Contribution sale) {
      customers.add(sale.customer());
      // Where records disagree about a place, the contract takes the first in alphabetical order.
      if (place == null || sale.address().compareTo(place) < 0) {
        place = sale.address();
      }
    }
  }
}
