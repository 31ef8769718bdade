package io.furnistream.datagen.demand;

import io.furnistream.datagen.store.Demand;
import io.furnistream.datagen.store.Product;
import io.furnistream.datagen.store.Store;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what is bought on which day: the catalogue, shaped by season, promotions and taste. */
final class Assortments {

  private final Store store;
  private final Promotions promotions;
  private final Prices prices;
  private final Affinities affinities;
  private final Map<String, List<Product>> bySubCategory = new LinkedHashMap<>();

  Assortments(Store store, Promotions promotions, Tastes tastes) {
    this.store = store;
    this.promotions = promotions;
    this.prices = new Prices(store);
    for (Product product : store.products()) {
      bySubCategory.computeIfAbsent(product.subCategory(), name -> new ArrayList<>()).add(product);
    }
    this.affinities = new Affinities(store, tastes, List.copyOf(bySubCategory.keySet()));
  }

  /** Demand on a day, times the usual, by seasons and promotions of what is sold on it. */
  double factor(LocalDate day) {
    List<Demand.Promotion> offered = promotions.on(day);
    double usual = 0;
    double now = 0;
    for (List<Product> products : bySubCategory.values()) {
      double weight = 0;
      for (Product product : products) {
        weight += product.isSoldOn(day) ? product.weight() : 0;
      }
      usual += weight;
      now += weight * factor(products.get(0).category(), day.getMonth(), offered);
    }
    return now / usual;
  }

  /** The tables of a day. */
  Assortment on(LocalDate day) {
    List<Demand.Promotion> offered = promotions.on(day);
    List<Weighted<Offer>> shelves = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (List<Product> products : bySubCategory.values()) {
      String category = products.get(0).category();
      Weighted.Builder<Offer> shelf = shelf(products, day, Promotions.discount(offered, category));
      shelves.add(shelf.isEmpty() ? null : shelf.build());
      weights.add(shelf.total() * factor(category, day.getMonth(), offered));
    }
    List<Weighted<Weighted<Offer>>> first = new ArrayList<>();
    for (double[] factors : affinities.first()) {
      first.add(table(shelves, weights, factors));
    }
    List<Map<String, Weighted<Weighted<Offer>>>> further = new ArrayList<>();
    for (Map<String, double[]> baskets : affinities.further()) {
      Map<String, Weighted<Weighted<Offer>>> tables = new HashMap<>();
      baskets.forEach((name, factors) -> tables.put(name, table(shelves, weights, factors)));
      further.add(tables);
    }
    return new Assortment(first, further);
  }

  private Weighted.Builder<Offer> shelf(
      List<Product> products, LocalDate day, BigDecimal leastDiscount) {
    Weighted.Builder<Offer> shelf = Weighted.builder();
    for (Product product : products) {
      if (product.isSoldOn(day)) {
        shelf.add(new Offer(product, prices.on(day, product), leastDiscount), product.weight());
      }
    }
    return shelf;
  }

  private static Weighted<Weighted<Offer>> table(
      List<Weighted<Offer>> shelves, List<Double> weights, double[] factors) {
    Weighted.Builder<Weighted<Offer>> table = Weighted.builder();
    for (int i = 0; i < factors.length; i++) {
      // An empty shelf has the weight 0, and is not added.
      table.add(shelves.get(i), weights.get(i) * factors[i]);
    }
    return table.build();
  }

  private double factor(String category, Month month, List<Demand.Promotion> offered) {
    return store.demand().seasons().getOrDefault(category, Map.of()).getOrDefault(month, 1.0)
        * Promotions.factor(offered, category);
  }
}
