package io.furnistream.datagen;

import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.Money;
import io.furnistream.schemas.RecordId;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a store from its files: {@code store.properties}, {@code catalogue.csv}, {@code cities.csv}
 * and {@code hours.csv}.
 */
final class StoreReader {

  /** Opens one of the store's files. */
  interface Files {

    /** The file's text, to be closed by the caller. */
    Reader open(String name) throws IOException;
  }

  private static final String PROPERTIES = "store.properties";
  private static final String CATALOGUE = "catalogue.csv";
  private static final String CITIES = "cities.csv";
  private static final String HOURS = "hours.csv";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,31}");
  private static final int MAX_WEIGHT = 10_000;
  private static final int HOURS_A_DAY = 24;
  private static final int FINGERPRINT_DIGITS = 8;

  private final Files files;
  private final List<String> defined = new ArrayList<>();

  private StoreReader(Files files) {
    this.files = files;
  }

  /**
   * The store that comes with the generator.
   *
   * @param zone its days are calendar days in this zone
   */
  static Store furniture(ZoneId zone) {
    return read(StoreReader::resource, zone);
  }

  /**
   * Reads a store.
   *
   * @param zone its days are calendar days in this zone
   * @throws CannotRunException naming file, line and field of what is wrong
   */
  static Store read(Files files, ZoneId zone) {
    return new StoreReader(files).store(zone);
  }

  private static Reader resource(String name) throws IOException {
    InputStream bytes = StoreReader.class.getResourceAsStream("/store/" + name);
    if (bytes == null) {
      throw new IOException("not on the class path");
    }
    return new InputStreamReader(bytes, StandardCharsets.UTF_8);
  }

  private Store store(ZoneId zone) {
    Properties properties = properties();
    String name = property(properties, "name");
    if (!NAME.matcher(name).matches()) {
      throw new CannotRunException(
          "%s, name: lower-case letters and digits, 32 at most, not: %s"
              .formatted(PROPERTIES, name));
    }
    defined.add(zone.getId());
    List<Product> products = products();
    List<City> cities = cities();
    Map<Platform, List<Integer>> hourWeights = hourWeights();
    return new Store(name, zone, products, cities, hourWeights, fingerprint());
  }

  private Properties properties() {
    Properties properties = new Properties();
    try (Reader reader = files.open(PROPERTIES)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new CannotRunException(
          "%s cannot be read: %s".formatted(PROPERTIES, e.getMessage()), e);
    }
    return properties;
  }

  private String property(Properties properties, String key) {
    String value = properties.getProperty(key, "").strip();
    if (value.isEmpty()) {
      throw new CannotRunException("%s, %s: is missing".formatted(PROPERTIES, key));
    }
    defined.add(value);
    return value;
  }

  private List<Product> products() {
    Set<String> ids = new HashSet<>();
    List<Product> products = new ArrayList<>();
    for (CsvTable.Row row :
        table(
            CATALOGUE,
            List.of(
                "product_id",
                "product_name",
                "category",
                "sub_category",
                "price",
                "unit_cost",
                "weight"))) {
      String id = row.text("product_id");
      if (!ids.add(id)) {
        throw row.wrong("product_id", "occurs twice: " + id);
      }
      products.add(
          new Product(
              id,
              row.text("product_name"),
              row.text("category"),
              row.text("sub_category"),
              row.decimal("price", Money.SCALE, "0.0001", "1000000"),
              row.decimal("unit_cost", Money.SCALE, "0", "1000000"),
              row.integer("weight", 1, MAX_WEIGHT)));
    }
    return List.copyOf(products);
  }

  private List<City> cities() {
    List<City> cities = new ArrayList<>();
    for (CsvTable.Row row :
        table(CITIES, List.of("city", "state", "country", "latitude", "longitude", "weight"))) {
      cities.add(
          new City(
              row.text("city"),
              row.text("state"),
              row.text("country"),
              row.decimal("latitude", City.COORDINATE_SCALE, "-90", "90"),
              row.decimal("longitude", City.COORDINATE_SCALE, "-180", "180"),
              row.integer("weight", 1, MAX_WEIGHT)));
    }
    return List.copyOf(cities);
  }

  private Map<Platform, List<Integer>> hourWeights() {
    List<CsvTable.Row> rows =
        table(HOURS, List.of("hour", "store", "website", "mobile_app", "phone"));
    if (rows.size() != HOURS_A_DAY) {
      throw new CannotRunException(
          HOURS + ": a line for each hour of the day, 0 to 23, not " + rows.size() + " lines");
    }
    Map<Platform, List<Integer>> weights = new EnumMap<>(Platform.class);
    for (Platform platform : Platform.values()) {
      weights.put(platform, new ArrayList<>());
    }
    long total = 0;
    for (int hour = 0; hour < HOURS_A_DAY; hour++) {
      CsvTable.Row row = rows.get(hour);
      if (row.integer("hour", 0, HOURS_A_DAY - 1) != hour) {
        throw row.wrong("hour", "must be " + hour);
      }
      total += add(weights, Platform.STORE, row, "store");
      total += add(weights, Platform.WEBSITE, row, "website");
      total += add(weights, Platform.MOBILE_APP, row, "mobile_app");
      total += add(weights, Platform.PHONE, row, "phone");
    }
    if (total == 0) {
      throw new CannotRunException(HOURS + ": every weight is 0, so the store never sells");
    }
    weights.replaceAll((platform, hours) -> List.copyOf(hours));
    return weights;
  }

  private static int add(
      Map<Platform, List<Integer>> weights, Platform platform, CsvTable.Row row, String field) {
    int weight = row.integer(field, 0, MAX_WEIGHT);
    weights.get(platform).add(weight);
    return weight;
  }

  private List<CsvTable.Row> table(String name, List<String> columns) {
    try (Reader reader = files.open(name)) {
      List<CsvTable.Row> rows = CsvTable.read(name, reader, columns).rows();
      defined.add(name);
      rows.forEach(row -> defined.addAll(row.cells()));
      return rows;
    } catch (IOException e) {
      throw new CannotRunException("%s cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  // Over the zone and what the files say, not their bytes: a comment or another line end is the
  // same store.
  private String fingerprint() {
    return RecordId.of(defined.toArray(String[]::new)).text().substring(0, FINGERPRINT_DIGITS);
  }
}
