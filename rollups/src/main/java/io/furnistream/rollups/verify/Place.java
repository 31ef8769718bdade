package io.furnistream.rollups.verify;

import java.util.Comparator;

/**
 * What stands at a customer's coordinates.
 *
 * @param city name of the city
 * @param state state or region of that city
 * @param country country of that city
 */
record Place(String city, String state, String country) implements Comparable<Place> {

  private static final Comparator<Place> ALPHABETICAL =
      Comparator.comparing(Place::city).thenComparing(Place::state).thenComparing(Place::country);

  @Override
  public int compareTo(Place other) {
    return ALPHABETICAL.compare(this, other);
  }
}
