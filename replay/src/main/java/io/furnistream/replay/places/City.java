package io.furnistream.replay.places;

/**
 * A city of the gazetteer.
 *
 * @param name as GeoNames has it
 * @param state what its state is called in this store; empty where GeoNames has none
 * @param country its country's code
 * @param latitude in decimal degrees (WGS 84), north positive
 * @param longitude in decimal degrees (WGS 84), east positive
 * @param population 0 where it is not known
 */
record City(
    String name, String state, String country, double latitude, double longitude, long population) {

  private static final double NEAR_DEGREES = 0.3;

  /** Whether the other may be the same city: sources differ in where its centre is. */
  boolean isNear(City other) {
    return country.equals(other.country)
        && Math.abs(latitude - other.latitude) < NEAR_DEGREES
        && Math.abs(longitude - other.longitude) < NEAR_DEGREES;
  }
}
