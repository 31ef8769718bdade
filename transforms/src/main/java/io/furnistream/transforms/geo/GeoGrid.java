package io.furnistream.transforms.geo;

/** A division of the earth into cells. */
public interface GeoGrid {

  /**
   * The cell that a point lies in.
   *
   * @param latitude degrees, -90 to 90
   * @param longitude degrees, -180 to 180
   */
  Cell cell(double latitude, double longitude);

  /**
   * A cell.
   *
   * @param name as its grid writes it
   * @param latitude of its centre, degrees
   * @param longitude of its centre, degrees
   */
  record Cell(String name, double latitude, double longitude) {}
}
