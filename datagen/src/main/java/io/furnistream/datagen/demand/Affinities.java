package io.furnistream.datagen.demand;

import io.furnistream.datagen.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much more or less of each sub-category is bought, by regional taste and by what else is in
 * the basket. The same on every day.
 */
final class Affinities {

  private final List<double[]> first = new ArrayList<>();
  private final List<Map<String, double[]>> further = new ArrayList<>();

  /**
   * Those of a store.
   *
   * @param subCategories in the order in which factors are given
   */
  Affinities(Store store, Tastes tastes, List<String> subCategories) {
    for (int region = 0; region < tastes.regions(); region++) {
      first.add(factors(tastes, region, subCategories, Map.of()));
      Map<String, double[]> baskets = new HashMap<>();
      for (Map.Entry<String, Map<String, Double>> each : store.demand().goesWith().entrySet()) {
        baskets.put(each.getKey(), factors(tastes, region, subCategories, each.getValue()));
      }
      further.add(Map.copyOf(baskets));
    }
  }

  /** For each region, the factors of an order's first line. */
  List<double[]> first() {
    return first;
  }

  /**
   * For each region, the factors of an order's further lines by the sub-category of the first;
   * where none are there, they are as those of the first.
   */
  List<Map<String, double[]>> further() {
    return further;
  }

  private static double[] factors(
      Tastes tastes, int region, List<String> subCategories, Map<String, Double> goesWith) {
    return subCategories.stream()
        .mapToDouble(name -> tastes.factor(region, name) * goesWith.getOrDefault(name, 1.0))
        .toArray();
  }
}
