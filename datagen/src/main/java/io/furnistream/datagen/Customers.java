package io.furnistream.datagen;

import io.furnistream.schemas.RecordId;
import java.util.Locale;
import java.util.Random;
import net.datafaker.Faker;
import net.datafaker.providers.base.Name;

/** Makes the customers of a dataset. */
final class Customers {

  private static final int LEAST = 800;
  private static final int SPREAD = 400;
  private static final int TAG_DIGITS = 8;

  private Customers() {}

  /**
   * The customers of a dataset, weighted by how often they buy: 800 to 1,199 of them. They do not
   * depend on the records a day, so that datasets of one seed and different sizes show the same
   * people.
   */
  static Weighted<Customer> of(Dataset dataset) {
    Store store = dataset.store();
    String seed = Long.toString(dataset.seed());
    String version = Integer.toString(Dataset.GENERATOR_VERSION);
    Random random = Seeds.random("customers", version, store.fingerprint(), seed);
    // A source of their own, so that a newer Datafaker could change names but never who buys what.
    Random nameSource = Seeds.random("names", version, store.fingerprint(), seed);
    Name names = new Faker(Locale.US, nameSource).name();
    String tag =
        RecordId.of("tag", version, store.fingerprint(), seed).text().substring(0, TAG_DIGITS);
    Weighted<City> cities = cities(store);
    Weighted.Builder<Customer> customers = Weighted.builder();
    int count = LEAST + random.nextInt(SPREAD);
    for (int i = 1; i <= count; i++) {
      Customer customer =
          new Customer(
              String.format(Locale.ROOT, "C-%s-%04d", tag, i),
              names.firstName() + " " + names.lastName(),
              DemandModel.SEGMENT.draw(random),
              cities.draw(random));
      customers.add(customer, DemandModel.LOYALTY.draw(random));
    }
    return customers.build();
  }

  private static Weighted<City> cities(Store store) {
    Weighted.Builder<City> cities = Weighted.builder();
    store.cities().forEach(city -> cities.add(city, city.weight()));
    return cities.build();
  }
}
