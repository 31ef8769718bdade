package io.furnistream.datagen.demand;

import io.furnistream.datagen.store.City;
import io.furnistream.datagen.store.Demand;
import io.furnistream.datagen.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Regional taste. Cities whose people have the same taste are one region. */
final class Tastes {

  private final List<List<Demand.Taste>> regions = new ArrayList<>();
  private final Map<City, Integer> regionOf = new HashMap<>();

  Tastes(Store store) {
    Map<List<Demand.Taste>, Integer> known = new HashMap<>();
    for (City city : store.cities()) {
      List<Demand.Taste> tastes =
          store.demand().tastes().stream().filter(taste -> taste.appliesTo(city)).toList();
      Integer region = known.get(tastes);
      if (region == null) {
        region = regions.size();
        known.put(tastes, region);
        regions.add(tastes);
      }
      regionOf.put(city, region);
    }
  }

  /** How many regions there are; they are numbered from 0. */
  int regions() {
    return regions.size();
  }

  /** The region of a city. */
  int regionOf(City city) {
    return regionOf.get(city);
  }

  /** What a region buys of a sub-category, times the usual. */
  double factor(int region, String subCategory) {
    double factor = 1;
    for (Demand.Taste taste : regions.get(region)) {
      factor *= taste.subCategory().equals(subCategory) ? taste.factor() : 1;
    }
    return factor;
  }
}
