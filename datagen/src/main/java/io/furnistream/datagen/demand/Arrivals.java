package io.furnistream.datagen.demand;

import io.furnistream.datagen.store.Platform;
import java.util.Map;

/** When and where orders come in on a day. */
public final class Arrivals {

  private final Weighted<Arrival> all;
  private final Map<Platform, Weighted<Arrival>> byPlatform;

  Arrivals(Weighted<Arrival> all, Map<Platform, Weighted<Arrival>> byPlatform) {
    this.all = all;
    this.byPlatform = Map.copyOf(byPlatform);
  }

  /** Draws how an order comes in. */
  public Arrival draw(Draws draws) {
    return all.draw(draws);
  }

  /** Draws an hour of a platform; of any platform on a day on which that one is closed. */
  public StoreHour hour(Platform platform, Draws draws) {
    return byPlatform.getOrDefault(platform, all).draw(draws).hour();
  }

  /**
   * How an order comes in.
   *
   * @param hour within which hour of the day
   * @param platform where it is placed
   */
  public record Arrival(StoreHour hour, Platform platform) {}
}
