package io.furnistream.replay.places;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A city, or what a source calls one.
 *
 * @param country its country's English name; as the source has it where it is not known
 * @param state the full name of its state or region; as the source has it where it is not known
 * @param city its name; as the source has it where it is not known
 * @param latitude in decimal degrees (WGS 84), north positive, six decimals; null where the city is
 *     not known
 * @param longitude in decimal degrees (WGS 84), east positive, six decimals; null where the city is
 *     not known
 */
public record Place(
    String country, String state, String city, BigDecimal latitude, BigDecimal longitude) {

  private static final int DECIMALS = 6;

  /** A city that is not known. */
  static Place unlocated(String country, String state, String city) {
    return new Place(country, state, city, null, null);
  }

  /** A city that is known. */
  static Place at(String country, String state, String city, double latitude, double longitude) {
    return new Place(country, state, city, decimal(latitude), decimal(longitude));
  }

  private static BigDecimal decimal(double degrees) {
    return BigDecimal.valueOf(degrees).setScale(DECIMALS, RoundingMode.HALF_UP);
  }
}
