package io.furnistream.datagen.store;

import io.furnistream.schemas.Money;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

/** Makes a store of a document that has been checked. */
final class StoreAssembly {

  private StoreAssembly() {}

  static Store assemble(StoreDocument document, String source, ZoneId zone, String fingerprint) {
    return new Store(
        document.name(),
        source,
        Currency.getInstance(document.currency()),
        zone,
        products(document),
        cities(document),
        document.hours(),
        document.demand(),
        fingerprint);
  }

  private static List<Product> products(StoreDocument document) {
    List<Product> products = new ArrayList<>();
    document
        .products()
        .forEach(
            (category, subCategories) ->
                subCategories.forEach(
                    (subCategory, entries) ->
                        entries.forEach(
                            entry ->
                                products.add(
                                    new Product(
                                        entry.id(),
                                        entry.name(),
                                        category,
                                        subCategory,
                                        entry.price().setScale(Money.SCALE),
                                        entry.unitCost().setScale(Money.SCALE),
                                        entry.weight(),
                                        entry.launched(),
                                        entry.ended())))));
    return List.copyOf(products);
  }

  private static List<City> cities(StoreDocument document) {
    List<City> cities = new ArrayList<>();
    document
        .cities()
        .forEach(
            (country, states) ->
                states.forEach(
                    (state, entries) ->
                        entries.forEach(
                            entry ->
                                cities.add(
                                    new City(
                                        entry.name(),
                                        state,
                                        country,
                                        entry.latitude().setScale(City.COORDINATE_SCALE),
                                        entry.longitude().setScale(City.COORDINATE_SCALE),
                                        entry.weight())))));
    return List.copyOf(cities);
  }
}
