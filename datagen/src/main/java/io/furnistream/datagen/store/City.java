package io.furnistream.datagen.store;

import java.math.BigDecimal;

/**
 * Where customers live.
 *
 * @param latitude decimal degrees (WGS 84), scale 6, north positive
 * @param longitude decimal degrees (WGS 84), scale 6, east positive
 * @param weight how many customers live there, against the other cities; 1 or more
 */
public record City(
    String name,
    String state,
    String country,
    BigDecimal latitude,
    BigDecimal longitude,
    int weight) {

  /** Digits behind the point of a coordinate, as in the contract. */
  static final int COORDINATE_SCALE = 6;
}
