package io.furnistream.datagen.demand;

import io.furnistream.datagen.store.Demand;
import io.furnistream.datagen.store.Store;
import java.time.LocalDate;

/**
 * How people shop in a store. Each day stands alone: what is said of it depends on the store, the
 * seed and the day. Thread-safe.
 */
public final class DemandModel {

  private static final int FIRST_YEAR = 365;

  private final Growth growth;
  private final Holidays holidays;
  private final OpeningHours openingHours;
  private final Assortments assortments;
  private final Customers customers;
  private final Noise noise;
  private final double usual;

  /**
   * The model of a store.
   *
   * @param version that of the generator: another version has other customers
   */
  public DemandModel(Store store, String version, long seed) {
    Demand demand = store.demand();
    Tastes tastes = new Tastes(store);
    this.growth = new Growth(demand.growth());
    this.holidays = new Holidays(demand.holidays());
    this.openingHours = new OpeningHours(store, holidays);
    this.assortments =
        new Assortments(store, new Promotions(demand.promotions(), holidays), tastes);
    this.customers = new Customers(store, growth, tastes, version, seed);
    this.noise =
        new Noise(
            demand.noise(), Seeds.of("noise", version, store.fingerprint(), Long.toString(seed)));
    this.usual =
        demand
            .growth()
            .from()
            .datesUntil(demand.growth().from().plusDays(FIRST_YEAR))
            .mapToDouble(this::expected)
            .average()
            .orElseThrow();
  }

  /**
   * How much is bought on a day, against an average day of the first year of growth (365 days from
   * its first day), on which it is 1 but for the noise.
   */
  public double level(LocalDate day) {
    return expected(day) / usual * noise.on(day);
  }

  /** What the orders of a day are drawn from; the store's zone has not left the day out. */
  public Market market(LocalDate day) {
    return new Market(openingHours.on(day), customers.on(day), assortments.on(day));
  }

  private double expected(LocalDate day) {
    return growth.on(day)
        * holidays.factor(day)
        * openingHours.factor(day)
        * assortments.factor(day);
  }
}
