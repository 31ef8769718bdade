package io.furnistream.verify.records;

import java.util.Arrays;
import java.util.Comparator;

/**
 * What is at a customer's coordinates.
 *
 * @param city name of the city
 * @param state state or region of that city
 * @param country country of that city
 */
record Place(String city, String state, String country) implements Comparable<Place> {

  /**
   * By code points, as the bytes of UTF-8 sort; Java's own order puts emoji before some letters.
   */
  private static final Comparator<String> CODE_POINTS =
      (left, right) ->
          // Most sales of a point on the map name the same place.
          left.equals(right)
              ? 0
              : Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());

  private static final Comparator<Place> ALPHABETICAL =
      Comparator.comparing(Place::city, CODE_POINTS)
          .thenComparing(Place::state, CODE_POINTS)
          .thenComparing(Place::country, CODE_POINTS);

  @Override
  public int compareTo(Place other) {
    return ALPHABETICAL.compare(this, other);
  }
}
