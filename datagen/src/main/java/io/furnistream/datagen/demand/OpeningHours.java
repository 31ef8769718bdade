package io.furnistream.datagen.demand;

import io.furnistream.datagen.demand.Arrivals.Arrival;
import io.furnistream.datagen.store.Platform;
import io.furnistream.datagen.store.Store;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opening hours, shaped by the day of the week and by holidays. */
final class OpeningHours {

  private final Store store;
  private final Holidays holidays;

  OpeningHours(Store store, Holidays holidays) {
    this.store = store;
    this.holidays = holidays;
  }

  /** Demand on a day, times the usual, by the platforms that are open and the day of the week. */
  double factor(LocalDate day) {
    double usual = 0;
    double now = 0;
    for (Map.Entry<Platform, List<Integer>> each : store.hours().entrySet()) {
      double weight = each.getValue().stream().mapToInt(Integer::intValue).sum();
      usual += weight;
      now += weight * factor(each.getKey(), day);
    }
    return now / usual;
  }

  /** The tables of a day that the store's zone did not leave out. */
  Arrivals on(LocalDate day) {
    List<StoreHour> hours = StoreHour.of(day, store.zone());
    Weighted.Builder<Arrival> all = Weighted.builder();
    Map<Platform, Weighted<Arrival>> byPlatform = new EnumMap<>(Platform.class);
    for (Map.Entry<Platform, List<Integer>> each : store.hours().entrySet()) {
      double factor = factor(each.getKey(), day);
      Weighted.Builder<Arrival> own = Weighted.builder();
      for (StoreHour hour : hours) {
        Arrival arrival = new Arrival(hour, each.getKey());
        double weight = each.getValue().get(hour.hour()) * factor;
        all.add(arrival, weight);
        own.add(arrival, weight);
      }
      if (!own.isEmpty()) {
        byPlatform.put(each.getKey(), own.build());
      }
    }
    return new Arrivals(
        all.build(), byPlatform, hours.stream().map(hour -> open(hour, day)).toList());
  }

  private Arrivals.OpenHour open(StoreHour hour, LocalDate day) {
    Weighted.Builder<Platform> platforms = Weighted.builder();
    store
        .hours()
        .forEach(
            (platform, weights) ->
                platforms.add(platform, weights.get(hour.hour()) * factor(platform, day)));
    return new Arrivals.OpenHour(
        hour,
        platforms.total(),
        platforms.isEmpty() ? Optional.empty() : Optional.of(platforms.build()));
  }

  private double factor(Platform platform, LocalDate day) {
    return holidays.closes(platform, day)
        ? 0
        : store
            .demand()
            .weekdays()
            .getOrDefault(platform, Map.of())
            .getOrDefault(day.getDayOfWeek(), 1.0);
  }
}
