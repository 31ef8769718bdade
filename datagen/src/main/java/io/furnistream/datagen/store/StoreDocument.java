package io.furnistream.datagen.store;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A store file as it is written: products by category and sub-category, cities by country and
 * state.
 *
 * @param zone null where the file leaves it out
 */
record StoreDocument(
    String name,
    String currency,
    String zone,
    Map<String, Map<String, List<ProductEntry>>> products,
    Map<String, Map<String, List<CityEntry>>> cities,
    Map<Platform, List<Integer>> hours,
    Demand demand) {

  /** A line of the catalogue. */
  record ProductEntry(
      String id,
      String name,
      BigDecimal price,
      BigDecimal unitCost,
      int weight,
      LocalDate launched,
      LocalDate ended) {}

  /** A city of a state. */
  record CityEntry(String name, BigDecimal latitude, BigDecimal longitude, int weight) {}
}
