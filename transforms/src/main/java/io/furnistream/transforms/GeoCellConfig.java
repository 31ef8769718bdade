package io.furnistream.transforms;

import io.furnistream.transforms.fields.FieldPath;
import io.furnistream.transforms.fields.Validators;
import io.furnistream.transforms.geo.GeoGrid;
import io.furnistream.transforms.geo.GridKind;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Configuration of {@link GeoCell}. */
final class GeoCellConfig extends AbstractConfig {

  static final String LATITUDE = "latitude";
  static final String LONGITUDE = "longitude";
  static final String GRID = "grid";
  static final String RESOLUTION = "resolution";
  static final String CELL = "cell";

  static final ConfigDef CONFIG_DEF =
      new ConfigDef()
          .define(
              LATITUDE,
              ConfigDef.Type.STRING,
              "latitude",
              Validators.path(),
              ConfigDef.Importance.HIGH,
              "Name or path of the latitude: decimal degrees, -90 to 90, as a number.")
          .define(
              LONGITUDE,
              ConfigDef.Type.STRING,
              "longitude",
              Validators.path(),
              ConfigDef.Importance.HIGH,
              "Name or path of the longitude: decimal degrees, -180 to 180, as a number.")
          .define(
              GRID,
              ConfigDef.Type.STRING,
              "h3",
              ConfigDef.CaseInsensitiveValidString.in("h3", "geohash"),
              ConfigDef.Importance.HIGH,
              "<code>h3</code>: hexagons of nearly the same size (Uber's H3). <code>geohash</code>:"
                  + " boxes, whose names begin as those of the larger boxes around them.")
          .define(
              RESOLUTION,
              ConfigDef.Type.INT,
              null,
              ConfigDef.LambdaValidator.with(
                  GeoCellConfig::requireResolution, () -> "0 to 15 for h3, 1 to 12 for geohash"),
              ConfigDef.Importance.HIGH,
              "How fine the grid is. H3: 0 (edges of 1,281 km) to 15 (0.6 m), by default 7 (1.4 km)."
                  + " Geohash: 1 to 12 characters, by default 6 (1.2 km by 0.6 km at the most).")
          .define(
              CELL,
              ConfigDef.Type.STRING,
              "cell",
              Validators.path(),
              ConfigDef.Importance.MEDIUM,
              "Name or path of the new field with the cell's name. Its centre goes into fields of"
                  + " this name and <code>_latitude</code> or <code>_longitude</code>.");

  GeoCellConfig(Map<String, ?> properties) {
    super(CONFIG_DEF, properties, false);
    Integer resolution = getInt(RESOLUTION);
    if (resolution != null && !kind().takes(resolution)) {
      throw new ConfigException(
          RESOLUTION,
          resolution,
          "must be %d to %d for the grid %s"
              .formatted(kind().lowest(), kind().highest(), getString(GRID)));
    }
  }

  FieldPath latitude() {
    return FieldPath.parse(getString(LATITUDE));
  }

  FieldPath longitude() {
    return FieldPath.parse(getString(LONGITUDE));
  }

  GeoGrid grid() {
    return kind().grid(getInt(RESOLUTION) == null ? kind().usual() : getInt(RESOLUTION));
  }

  FieldPath cell() {
    return FieldPath.parse(getString(CELL));
  }

  private static void requireResolution(String property, Object value) {
    // Which of the grids it is for is asked later: here, one property is seen without the others.
    if (value instanceof Integer resolution
        && Stream.of(GridKind.values()).noneMatch(kind -> kind.takes(resolution))) {
      throw new ConfigException(
          property, value, "must be 0 to 15 for the grid h3, or 1 to 12 for the grid geohash");
    }
  }

  private GridKind kind() {
    return GridKind.valueOf(getString(GRID).toUpperCase(Locale.ROOT));
  }
}
