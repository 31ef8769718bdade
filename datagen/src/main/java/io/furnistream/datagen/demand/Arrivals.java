package io.furnistream.datagen.demand;

import io.furnistream.datagen.store.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When and where orders come in on a day. */
public final class Arrivals {

  private final Weighted<Arrival> all;
  private final Map<Platform, Weighted<Arrival>> byPlatform;
  private final List<OpenHour> hours;

  /**
   * The tables of a day.
   *
   * @param hours all of the day, in their order
   */
  Arrivals(
      Weighted<Arrival> all, Map<Platform, Weighted<Arrival>> byPlatform, List<OpenHour> hours) {
    this.all = all;
    this.byPlatform = Map.copyOf(byPlatform);
    this.hours = List.copyOf(hours);
  }

  /** Draws how an order comes in. */
  public Arrival draw(Draws draws) {
    return all.draw(draws);
  }

  /** Draws an hour of a platform; of any platform on a day on which that one is closed. */
  public StoreHour hour(Platform platform, Draws draws) {
    return byPlatform.getOrDefault(platform, all).draw(draws).hour();
  }

  /** Which part of the day's orders has come in before an instant, on average: 0 to 1. */
  public double shareBefore(Instant instant) {
    double before = 0;
    double whole = 0;
    for (OpenHour each : hours) {
      double weight = each.weight();
      long passed = Duration.between(each.hour().start(), instant).toMillis();
      before += weight * Math.max(0, Math.min(1, (double) passed / each.hour().millis()));
      whole += weight;
    }
    return before / whole;
  }

  /** Draws where an order of an instant is placed; as any of the day when nothing is open then. */
  public Platform platform(Instant instant, Draws draws) {
    for (OpenHour each : hours) {
      if (each.holds(instant) && each.platforms().isPresent()) {
        return each.platforms().get().draw(draws);
      }
    }
    return all.draw(draws).platform();
  }

  /**
   * An hour of the day.
   *
   * @param weight how many orders come in, compared with the day's other hours
   * @param platforms where they are placed; empty when nothing is open
   */
  record OpenHour(StoreHour hour, double weight, Optional<Weighted<Platform>> platforms) {

    boolean holds(Instant instant) {
      return !instant.isBefore(hour.start())
          && instant.isBefore(hour.start().plusMillis(hour.millis()));
    }
  }

  /**
   * How an order comes in.
   *
   * @param hour within which hour of the day
   * @param platform where it is placed
   */
  public record Arrival(StoreHour hour, Platform platform) {}
}
