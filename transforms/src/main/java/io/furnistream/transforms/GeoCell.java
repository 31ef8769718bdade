package io.furnistream.transforms;

import io.furnistream.transforms.fields.FieldPath;
import io.furnistream.transforms.fields.FieldTransform;
import io.furnistream.transforms.fields.Input;
import io.furnistream.transforms.fields.RecordPart;
import io.furnistream.transforms.fields.Writing;
import io.furnistream.transforms.geo.GeoGrid;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/**
 * Adds the H3 or geohash cell that a latitude and longitude lie in, and the cell's centre.
 *
 * <p>The cell is text, the centre in degrees: Decimal with six digits behind the point (0.1 m)
 * where the latitude is one, else float64. All three are null when a coordinate is, and optional.
 * Used by one thread, as Connect does.
 *
 * @param <R> source or sink record
 */
public abstract class GeoCell<R extends ConnectRecord<R>> extends FieldTransform<R> {

  /** What the transform does, for generated documentation. */
  public static final String OVERVIEW_DOC =
      "Add the H3 or geohash cell that a latitude and longitude lie in, and the cell's centre.<p/>Use"
          + " the concrete transformation type designed for the record key (<code>"
          + Key.class.getName()
          + "</code>) or value (<code>"
          + Value.class.getName()
          + "</code>).";

  /** The properties it takes. */
  public static final ConfigDef CONFIG_DEF = GeoCellConfig.CONFIG_DEF;

  /** Places whose cell is remembered: the same shops and customers come again. */
  private static final int CACHED_PLACES = 4096;

  private static final int CENTRE_SCALE = 6;
  private static final double HIGHEST_LATITUDE = 90;
  private static final double HIGHEST_LONGITUDE = 180;
  private static final String ACCEPTED = "a number (Decimal, float or int)";
  private static final Set<Schema.Type> NUMBERS =
      EnumSet.of(
          Schema.Type.INT8,
          Schema.Type.INT16,
          Schema.Type.INT32,
          Schema.Type.INT64,
          Schema.Type.FLOAT32,
          Schema.Type.FLOAT64);
  private static final Schema CENTRE = Decimal.builder(CENTRE_SCALE).optional().build();

  private GeoGrid grid;
  private Cache<Place, Found> places;

  private GeoCell(RecordPart part) {
    super(part);
  }

  @Override
  public void configure(Map<String, ?> properties) {
    GeoCellConfig config = new GeoCellConfig(properties);
    grid = config.grid();
    places = new LRUCache<>(CACHED_PLACES);
    FieldPath cell = config.cell();
    use(
        List.of(config.latitude(), config.longitude()),
        List.of(cell, cell.withSuffix("_latitude"), cell.withSuffix("_longitude")),
        Writing.ADDS,
        GeoCellConfig.CELL);
  }

  @Override
  protected List<Schema> schemas(List<Input> inputs) {
    inputs.forEach(GeoCell::requireNumber);
    Schema centre =
        inputs.get(0).isLogical(Decimal.LOGICAL_NAME) ? CENTRE : Schema.OPTIONAL_FLOAT64_SCHEMA;
    return List.of(Schema.OPTIONAL_STRING_SCHEMA, centre, centre);
  }

  private static void requireNumber(Input input) {
    boolean number =
        input.schema().name() == null
            ? NUMBERS.contains(input.schema().type())
            : input.isLogical(Decimal.LOGICAL_NAME);
    if (!number) {
      throw input.wrongType(null, ACCEPTED);
    }
  }

  @Override
  protected Object[] values(List<Input> inputs, Object[] values) {
    if (values[0] == null || values[1] == null) {
      return new Object[] {null, null, null};
    }
    boolean decimal = values[0] instanceof BigDecimal;
    double latitude = degrees(inputs.get(0), values[0], HIGHEST_LATITUDE);
    double longitude = degrees(inputs.get(1), values[1], HIGHEST_LONGITUDE);
    Place place = new Place(latitude, longitude);
    Found found = places.get(place);
    if (found == null) {
      found = Found.of(grid.cell(latitude, longitude));
      places.put(place, found);
    }
    return decimal
        ? new Object[] {found.cell.name(), found.latitude, found.longitude}
        : new Object[] {found.cell.name(), found.cell.latitude(), found.cell.longitude()};
  }

  private static double degrees(Input input, Object value, double highest) {
    if (!(value instanceof Number number)) {
      throw input.wrongType(value, ACCEPTED);
    }
    double degrees = number.doubleValue();
    // Written this way so that NaN is refused too.
    if (!(Math.abs(degrees) <= highest)) {
      throw new DataException(
          "Field '"
              + input.path()
              + "' lies outside -"
              + (int) highest
              + " to "
              + (int) highest
              + " degrees");
    }
    return degrees;
  }

  @Override
  public ConfigDef config() {
    return CONFIG_DEF;
  }

  @Override
  public void close() {
    super.close();
    places = null;
  }

  private record Place(double latitude, double longitude) {}

  private record Found(GeoGrid.Cell cell, BigDecimal latitude, BigDecimal longitude) {

    static Found of(GeoGrid.Cell cell) {
      return new Found(cell, rounded(cell.latitude()), rounded(cell.longitude()));
    }

    private static BigDecimal rounded(double degrees) {
      return BigDecimal.valueOf(degrees).setScale(CENTRE_SCALE, RoundingMode.HALF_EVEN);
    }
  }

  /**
   * Works on the record's key.
   *
   * @param <R> source or sink record
   */
  public static final class Key<R extends ConnectRecord<R>> extends GeoCell<R> {

    /** Made by Connect. */
    public Key() {
      super(RecordPart.KEY);
    }
  }

  /**
   * Works on the record's value.
   *
   * @param <R> source or sink record
   */
  public static final class Value<R extends ConnectRecord<R>> extends GeoCell<R> {

    /** Made by Connect. */
    public Value() {
      super(RecordPart.VALUE);
    }
  }
}
