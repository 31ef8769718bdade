package io.furnistream.verify.tables;

import java.math.BigDecimal;
import java.util.List;

/**
 * A point on the map, in decimal degrees (WGS 84). Stores write the same number with more or fewer
 * zeros at its end; these compare equal.
 *
 * @param latitude -90 to 90, north positive
 * @param longitude -180 to 180, east positive
 */
public record Coordinates(BigDecimal latitude, BigDecimal longitude) {

  /** Drops the zeros at the end. */
  public Coordinates {
    latitude = latitude.stripTrailingZeros();
    longitude = longitude.stripTrailingZeros();
  }

  /** The coordinates as the key of a table's row. */
  public List<String> key() {
    return List.of(latitude.toPlainString(), longitude.toPlainString());
  }
}
