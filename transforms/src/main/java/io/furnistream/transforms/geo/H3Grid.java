package io.furnistream.transforms.geo;

import com.uber.h3core.H3Core;
import com.uber.h3core.util.LatLng;
import java.io.IOException;
import org.apache.kafka.connect.errors.ConnectException;

/** Uber's H3, by its own library. */
final class H3Grid implements GeoGrid {

  private final H3Core h3;
  private final int resolution;

  /**
   * H3 cells of one size.
   *
   * @param resolution 0 to 15
   */
  H3Grid(int resolution) {
    this.resolution = resolution;
    try {
      h3 = H3Core.newInstance();
    } catch (IOException | UnsatisfiedLinkError e) {
      throw new ConnectException(
          "H3's native library cannot be loaded here: use grid=geohash, or give the worker a"
              + " writable java.io.tmpdir",
          e);
    }
  }

  @Override
  public Cell cell(double latitude, double longitude) {
    long cell = h3.latLngToCell(latitude, longitude, resolution);
    LatLng centre = h3.cellToLatLng(cell);
    return new Cell(h3.h3ToString(cell), centre.lat, centre.lng);
  }
}
