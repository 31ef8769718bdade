package io.furnistream.datagen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import java.io.FileNotFoundException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreReaderTest {

  private static final String PROPERTIES = "name=corner\n";
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final String CATALOGUE =
      """
      product_id,product_name,category,sub_category,price,unit_cost,weight
      P-1,Stool,Furniture,Chairs,19.99,8.5,3
      P-2,"Paper, 500 sheets",Office Supplies,Paper,4.2500,2.0000,7
      """;
  private static final String CITIES =
      """
      city,state,country,latitude,longitude,weight
      Paris,Île-de-France,France,48.8534,2.3488,10
      """;
  private static final String HOURS = "hour,store,website,mobile_app,phone\n" + hours();

  @Test
  void aStoreIsWhatItsFilesSay() {
    Store store = StoreReader.read(files()::open, PARIS);
    assertThat(store.name()).isEqualTo("corner");
    assertThat(store.zone()).isEqualTo(PARIS);
    assertThat(store.products())
        .containsExactly(
            new Product(
                "P-1",
                "Stool",
                "Furniture",
                "Chairs",
                new BigDecimal("19.9900"),
                new BigDecimal("8.5000"),
                3),
            new Product(
                "P-2",
                "Paper, 500 sheets",
                "Office Supplies",
                "Paper",
                new BigDecimal("4.2500"),
                new BigDecimal("2.0000"),
                7));
    assertThat(store.cities())
        .containsExactly(
            new City(
                "Paris",
                "Île-de-France",
                "France",
                new BigDecimal("48.853400"),
                new BigDecimal("2.348800"),
                10));
    assertThat(store.hourWeights().get(Platform.PHONE)).hasSize(24).startsWith(4);
  }

  @Test
  void theFingerprintFollowsWhatIsSaidAndNotHowItIsWritten() {
    String fingerprint = StoreReader.read(files()::open, PARIS).fingerprint();
    assertThat(fingerprint).matches("[0-9a-f]{8}");
    TestFiles windows =
        files()
            .put("catalogue.csv", CATALOGUE.replace("\n", "\r\n"))
            .put("store.properties", "# remark\nname = corner");
    assertThat(StoreReader.read(windows::open, PARIS).fingerprint()).isEqualTo(fingerprint);
    for (TestFiles other :
        List.of(
            files().put("catalogue.csv", CATALOGUE.replace("19.99", "19.98")),
            files().put("cities.csv", CITIES.replace("48.8534", "48.8535")),
            files().put("hours.csv", HOURS.replace("5,1,2,3,4", "5,1,2,3,9")),
            files().put("store.properties", PROPERTIES.replace("corner", "square")))) {
      assertThat(StoreReader.read(other::open, PARIS).fingerprint()).isNotEqualTo(fingerprint);
    }
    assertThat(StoreReader.read(files()::open, ZoneId.of("Europe/Berlin")).fingerprint())
        .as("the zone")
        .isNotEqualTo(fingerprint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "19.99|cheap|catalogue.csv, line 2, price: is not a number: cheap",
        "19.99|0|catalogue.csv, line 2, price: is not between 0.0001 and 1000000: 0",
        "19.99|1.23456|catalogue.csv, line 2, price: has more than 4 decimals: 1.23456",
        "2.0000,7|-1,7|catalogue.csv, line 3, unit_cost: is not between 0 and 1000000: -1",
        "2.0000,7|2.0000,0|catalogue.csv, line 3, weight: is not between 1 and 10000: 0",
        "2.0000,7|2.0000,many|catalogue.csv, line 3, weight: is not a whole number: many",
        "2.0000,7|2.0000|catalogue.csv, line 3: 6 fields, not 7",
        "Stool|''|catalogue.csv, line 2, product_name: is empty",
        "P-2|P-1|catalogue.csv, line 3, product_id: occurs twice: P-1",
        "unit_cost|cost|catalogue.csv, line 1: the header must be",
        "\"Paper|\"Pa\"per|catalogue.csv is not CSV: ",
        "48.8534|91|cities.csv, line 2, latitude: is not between -90 and 90: 91",
        "2.3488|-180.1|cities.csv, line 2, longitude: is not between -180 and 180: -180.1",
        "5,1,2,3,4|6,1,2,3,4|hours.csv, line 7, hour: must be 5",
        "23,1,2,3,4|''|hours.csv: a line for each hour of the day, 0 to 23, not 23 lines",
        "=corner|=The Corner|store.properties, name: lower-case letters and digits",
        "=corner|=|store.properties, name: is missing"
      })
  void whatIsWrongIsNamedWithFileLineAndField(String right, String wrong, String message) {
    TestFiles files = files().replace(right, wrong);
    assertThatThrownBy(() -> StoreReader.read(files::open, PARIS))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"store.properties", "catalogue.csv", "cities.csv", "hours.csv"})
  void aMissingOrEmptyFileIsNamed(String name) {
    TestFiles missing = files().put(name, null);
    assertThatThrownBy(() -> StoreReader.read(missing::open, PARIS))
        .isInstanceOf(CannotRunException.class)
        .hasMessageStartingWith(name + " cannot be read");
    TestFiles empty = files().put(name, "");
    assertThatThrownBy(() -> StoreReader.read(empty::open, PARIS))
        .isInstanceOf(CannotRunException.class)
        .hasMessageStartingWith(name);
  }

  @Test
  void theStoreThatComesAlongIsAsRichAsItClaims() {
    Store store = StoreReader.furniture(ZoneId.of("America/New_York"));
    assertThat(store.products()).hasSizeBetween(60, 100);
    assertThat(store.products()).allMatch(each -> each.unitCost().compareTo(each.price()) < 0);
    assertThat(store.products().stream().map(Product::name).distinct())
        .hasSameSizeAs(store.products());
    assertThat(store.cities()).hasSizeGreaterThan(120);
    assertThat(
            store.cities().stream()
                .filter(each -> each.country().equals("United States"))
                .map(City::state)
                .distinct())
        .hasSize(51);
    assertThat(store.cities().stream().map(each -> each.latitude() + "," + each.longitude()))
        .doesNotHaveDuplicates();
    // North America, from Hawaii to Newfoundland: a swapped or unsigned coordinate falls outside.
    assertThat(store.cities())
        .allMatch(each -> each.latitude().intValue() >= 15 && each.latitude().intValue() <= 65)
        .allMatch(each -> each.longitude().intValue() >= -160 && each.longitude().intValue() < -50);
  }

  private static String hours() {
    StringBuilder lines = new StringBuilder();
    for (int hour = 0; hour < 24; hour++) {
      lines.append(hour).append(",1,2,3,4\n");
    }
    return lines.toString();
  }

  private static TestFiles files() {
    return new TestFiles(
        Map.of(
            "store.properties",
            PROPERTIES,
            "catalogue.csv",
            CATALOGUE,
            "cities.csv",
            CITIES,
            "hours.csv",
            HOURS));
  }

  /** A store's files in memory. */
  private static final class TestFiles {
    private final Map<String, String> texts;

    private TestFiles(Map<String, String> texts) {
      this.texts = new HashMap<>(texts);
    }

    private TestFiles put(String name, String text) {
      texts.put(name, text);
      return this;
    }

    /** Replaces the first occurrence, in whichever file it is. */
    private TestFiles replace(String right, String wrong) {
      assertThat(texts.values()).anyMatch(text -> text.contains(right));
      texts.replaceAll(
          (name, text) -> {
            int at = text.indexOf(right);
            return at < 0
                ? text
                : text.substring(0, at) + wrong + text.substring(at + right.length());
          });
      return this;
    }

    private StringReader open(String name) throws FileNotFoundException {
      String text = texts.get(name);
      if (text == null) {
        throw new FileNotFoundException("no such file");
      }
      return new StringReader(text);
    }
  }
}
