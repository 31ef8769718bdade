package io.furnistream.transforms.geo;

import ch.hsr.geohash.GeoHash;
import ch.hsr.geohash.WGS84Point;

/** Geohash: boxes named by base-32 digits. */
final class GeohashGrid implements GeoGrid {

  private final int length;

  /**
   * Boxes of one size.
   *
   * @param length characters of a name, 1 to 12
   */
  GeohashGrid(int length) {
    this.length = length;
  }

  @Override
  public Cell cell(double latitude, double longitude) {
    GeoHash hash = GeoHash.withCharacterPrecision(latitude, longitude, length);
    WGS84Point centre = hash.getBoundingBox().getCenter();
    return new Cell(hash.toBase32(), centre.getLatitude(), centre.getLongitude());
  }
}
