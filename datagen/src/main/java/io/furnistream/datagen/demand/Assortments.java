package io.furnistream.datagen.demand;

import io.furnistream.datagen.demand.Assortment.Shelf;
import io.furnistream.datagen.store.Demand;
import io.furnistream.datagen.store.Product;
import io.furnistream.datagen.store.Store;
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
  private final Tastes tastes;

  Assortments(Store store, Promotions promotions, Tastes tastes) {
    this.store = store;
    this.promotions = promotions;
    this.prices = new Prices(store);
    this.tastes = tastes;
  }

  /** Demand on a day, times the usual, by seasons and promotions of what is sold on it. */
  double factor(LocalDate day) {
    List<Demand.Promotion> offered = promotions.on(day);
    Map<String, Double> byCategory = new HashMap<>();
    double usual = 0;
    double now = 0;
    for (Product product : store.products()) {
      if (product.isSoldOn(day)) {
        usual += product.weight();
        now +=
            product.weight()
                * byCategory.computeIfAbsent(
                    product.category(), category -> factor(category, day.getMonth(), offered));
      }
    }
    return now / usual;
  }

  /** The tables of a day. */
  Assortment on(LocalDate day) {
    Map<Shelf, Double> shelves = shelves(day);
    List<Weighted<Shelf>> first = new ArrayList<>();
    List<Map<String, Weighted<Shelf>>> further = new ArrayList<>();
    for (int region = 0; region < tastes.regions(); region++) {
      first.add(table(shelves, region, Map.of()));
      Map<String, Weighted<Shelf>> baskets = new HashMap<>();
      for (Map.Entry<String, Map<String, Double>> each : store.demand().goesWith().entrySet()) {
        baskets.put(each.getKey(), table(shelves, region, each.getValue()));
      }
      further.add(Map.copyOf(baskets));
    }
    return new Assortment(first, further);
  }

  private Weighted<Shelf> table(
      Map<Shelf, Double> shelves, int region, Map<String, Double> goesWith) {
    Weighted.Builder<Shelf> table = Weighted.builder();
    shelves.forEach(
        (shelf, weight) ->
            table.add(
                shelf,
                weight
                    * tastes.factor(region, shelf.subCategory())
                    * goesWith.getOrDefault(shelf.subCategory(), 1.0)));
    return table.build();
  }

  private Map<Shelf, Double> shelves(LocalDate day) {
    List<Demand.Promotion> offered = promotions.on(day);
    Map<String, List<Product>> sold = new LinkedHashMap<>();
    for (Product product : store.products()) {
      if (product.isSoldOn(day)) {
        sold.computeIfAbsent(product.subCategory(), name -> new ArrayList<>()).add(product);
      }
    }
    Map<Shelf, Double> shelves = new LinkedHashMap<>();
    sold.forEach(
        (subCategory, products) -> {
          String category = products.get(0).category();
          Weighted.Builder<Offer> offers = Weighted.builder();
          for (Product product : products) {
            offers.add(
                new Offer(product, prices.on(day, product), Promotions.discount(offered, category)),
                product.weight());
          }
          Weighted<Offer> shelf = offers.build();
          shelves.put(
              new Shelf(subCategory, shelf),
              shelf.total() * factor(category, day.getMonth(), offered));
        });
    return shelves;
  }

  private double factor(String category, Month month, List<Demand.Promotion> offered) {
    return store.demand().seasons().getOrDefault(category, Map.of()).getOrDefault(month, 1.0)
        * Promotions.factor(offered, category);
  }
}
