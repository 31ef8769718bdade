package io.furnistream.datagen.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.cli.WrongInputException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreFileTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @TempDir private Path folder;

  @Test
  void aStoreIsWhatItsFileSays() {
    Store store = Stores.parse(Stores.PLAIN);
    assertThat(store.name()).isEqualTo("corner");
    assertThat(store.source()).isEqualTo("corner.yaml");
    assertThat(store.currency().getCurrencyCode()).isEqualTo("USD");
    assertThat(store.zone()).isEqualTo(Stores.ZONE);
    assertThat(store.products()).hasSize(4);
    assertThat(store.products().get(2))
        .isEqualTo(
            new Product(
                "S-1",
                "Stool",
                "Seats",
                "Stools",
                new BigDecimal("7.2500"),
                new BigDecimal("3.0000"),
                20,
                null,
                null));
    assertThat(store.cities().get(1))
        .isEqualTo(
            new City(
                "Zaragoza",
                "Aragon",
                "Spain",
                new BigDecimal("41.656100"),
                new BigDecimal("-0.877300"),
                50));
    assertThat(store.hours().get(Platform.PHONE)).hasSize(24);
    assertThat(store.demand().orders().lines()).containsExactly(46, 26, 15, 8, 5);
  }

  @Test
  void whatAFileSaysOfCustomersOrOrdersLeavesTheRestAsItIs() {
    Store store = Stores.with("customers: {arrive: 3}\norders: {quantities: [1]}");
    assertThat(store.demand().customers().arrive()).isEqualTo(3);
    assertThat(store.demand().customers().lifetime()).isEqualTo(800);
    assertThat(store.demand().orders().quantities()).containsExactly(1);
    assertThat(store.demand().orders().lines()).hasSize(5);
  }

  @Test
  void productsHaveTheDaysOnWhichTheyAreSold() {
    Store store =
        Stores.parse(
            Stores.PLAIN.replace(
                "weight: 10}", "weight: 10, launched: 2024-02-29, ended: 2024-03-02}"));
    Product product = store.products().get(1);
    assertThat(product.isSoldOn(LocalDate.of(2024, 2, 28))).isFalse();
    assertThat(product.isSoldOn(LocalDate.of(2024, 2, 29))).isTrue();
    assertThat(product.isSoldOn(LocalDate.of(2024, 3, 1))).isTrue();
    assertThat(product.isSoldOn(LocalDate.of(2024, 3, 2))).isFalse();
  }

  @Test
  void theFingerprintFollowsWhatIsSaidAndNotHowItIsWritten() {
    String fingerprint = Stores.parse(Stores.PLAIN).fingerprint();
    assertThat(fingerprint).matches("[0-9a-f]{8}");
    assertThat(Stores.parse("# remark\n" + Stores.PLAIN.replace("price: 20.5", "price: 20.50")))
        .returns(fingerprint, Store::fingerprint);
    for (String other :
        List.of(
            Stores.PLAIN.replace("price: 20.5", "price: 20.51"),
            Stores.PLAIN.replace("49.4431", "49.4432"),
            Stores.PLAIN.replace("name: corner", "name: square"),
            Stores.PLAIN + "demand: {lines: 7}",
            Stores.PLAIN + "demand: {tastes: []}\nhours: {Phone: " + everyHour(1) + "}")) {
      assertThat(Stores.parse(other).fingerprint()).isNotEqualTo(fingerprint);
    }
    assertThat(StoreFile.parse("corner.yaml", "corner.yaml", Stores.PLAIN, BERLIN).fingerprint())
        .as("the zone")
        .isNotEqualTo(fingerprint);
  }

  @Test
  void aFileThatNamesAZoneIsForStacksInThatZone() {
    String berlin = Stores.PLAIN + "zone: Europe/Berlin\n";
    assertThat(StoreFile.parse("x", "x", berlin, BERLIN).zone()).isEqualTo(BERLIN);
    assertThatThrownBy(() -> Stores.parse(berlin))
        .isInstanceOf(WrongInputException.class)
        .hasMessageContaining("/zone: ")
        .hasMessageContaining("Set FURNISTREAM_STORE_ZONE=Europe/Berlin");
    assertThatThrownBy(() -> Stores.parse(Stores.PLAIN + "zone: Berlin\n"))
        .hasMessageContaining("'Berlin' is no name of an IANA time zone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "price: 20.5|price: cheap|corner.yaml, line 7: /products/Seats/Chairs/1/price: ",
        "price: 20.5|price: 0|corner.yaml, line 7: /products/Seats/Chairs/1/price: is 0",
        "price: 20.5|price: -1|line 7: /products/Seats/Chairs/1/price: ",
        "price: 20.5|price: 1.23456|line 7: /products/Seats/Chairs/1/price: has more than 4 decimals: 1.23456",
        "price: 20.5|price: .nan|line 7: /products/Seats/Chairs/1/price: is not a number",
        "price: 20.5|price: .inf|line 7: /products/Seats/Chairs/1/price: is not a number",
        "price: 20.5|price: 1e999999999|line 7: /products/Seats/Chairs/1/price: ",
        "price: 20.5|price: 1e-999999999|line 7: /products/Seats/Chairs/1/price: ",
        "weight: 10}|weight: 1000000000}|line 7: /products/Seats/Chairs/1/weight: ",
        "weight: 10}|weight: 0}|line 7: /products/Seats/Chairs/1/weight: ",
        "weight: 10}|weight: 1.5}|line 7: /products/Seats/Chairs/1/weight: ",
        "weight: 10}|colour: red}|colour",
        "weight: 10}|weight: 10, launched: 2024-02-30}|line 7: /products/Seats/Chairs/1/launched: '2024-02-30' is no day",
        "weight: 10}|weight: 10, launched: 2024-02-02, ended: 2024-02-02}|/ended: is not after `launched`",
        "id: C-2|id: C-1|line 7: /products/Seats/Chairs/1/id: 'C-1' is there twice",
        "Stools:|Tables:|a sub-category of this name",
        "49.4431|91|line 16: /cities/France/Normandy/0/latitude: ",
        "49.4431|49.12345678|/latitude: has more than 6 decimals",
        "currency: USD|currency: XAU|line 2: /currency: 'XAU' is no currency",
        "currency: USD|currency: usd|line 2: /currency: ",
        "name: corner|name: The Corner|line 1: /name: ",
        "name: corner|nom: corner|'name'",
        "name: corner|``|'name'",
        "name: corner|`name: corner\nname: square`|line 2: /name: is there twice",
        "name: corner|`name: &a corner\nzone: *a`|line 2: /zone: `*a` is an alias",
        "name: corner|`<<: {name: corner}`|<<",
        "name: corner|name: [corner|corner.yaml, line ",
        "name: corner|name: null|/name: ",
        "name: Zaragoza|name: no|line 19: /cities/Spain/Aragon/0/name: "
      })
  void whatIsWrongIsNamedWithFileLineAndField(String right, String wrong, String message) {
    assertThat(Stores.PLAIN).contains(right);
    assertThatThrownBy(() -> Stores.parse(Stores.PLAIN.replace(right, wrong == null ? "" : wrong)))
        .isInstanceOf(WrongInputException.class)
        .hasMessageStartingWith("corner.yaml, line ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "speed: 3|/demand/speed",
        "lines: many|/demand/lines",
        "growth: {percent: 8, from: 2023-01-01, until: 2022-12-31}|/demand/growth/until: lies before",
        "growth: {percent: 8}|/demand/growth",
        "seasons: {Hats: {May: 2}}|/demand/seasons/Hats: there is no category 'Hats'",
        "seasons: {Seats: {Mai: 2}}|/demand/seasons/Seats/Mai",
        "weekdays: {Kiosk: {Monday: 2}}|/demand/weekdays/Kiosk",
        "holidays: [{name: A, date: 13-01}]|/demand/holidays/0/date: '13-01' is no day",
        "holidays: [{name: A}]|/demand/holidays/0",
        "`holidays: [{name: A, date: 01-01, easter: 1}]`|/demand/holidays/0",
        "`holidays: [{name: A, date: 01-01}, {name: A, easter: 1}]`|/demand/holidays/1/name: 'A' is there twice",
        "`holidays: [{name: A, nth: {week: 5, weekday: Monday, month: May}}]`|/demand/holidays/0/nth/week",
        "`promotions: [{name: P, around: {holiday: B, first: 0, last: 1}, factor: 1, discount: 0.1}]`|/demand/promotions/0/around/holiday: there is no holiday 'B'",
        "`promotions: [{name: P, once: {from: 2024-01-02, to: 2024-01-01}, factor: 1, discount: 0.1}]`|/demand/promotions/0/once/to: lies before",
        "`promotions: [{name: P, yearly: {from: 01-02, to: 02-01}, factor: 1, discount: 1.1}]`|/demand/promotions/0/discount",
        "`promotions: [{name: P, yearly: {from: 01-02, to: 02-01}, factor: 1, discount: 0.12345}]`|/discount: has more than 4 decimals",
        "`promotions: [{name: P, yearly: {from: 01-02, to: 02-01}, factor: 1, discount: 0, categories: [X]}]`|/demand/promotions/0/categories/0: there is no category 'X'",
        "`price_changes: [{day: 2024-01-01, percent: 2, product: X}]`|/demand/price_changes/0/product: there is no product 'X'",
        "`price_changes: [{day: 2024-01-01, percent: -91}]`|/demand/price_changes/0/percent",
        "`price_changes: [{day: 2024-01-01, percent: 1, product: C-1, category: Seats}]`|/demand/price_changes/0",
        "customers: {segments: {Consumer: 0}}|/demand/customers/segments: has no weight above 0",
        "customers: {arrive: 0}|/demand/customers/arrive",
        "orders: {lines: [0]}|/demand/orders/lines: has no weight above 0",
        "payments: {Store: {Cash: 1}}|/demand/payments/Website",
        "payments: {Store: {Shells: 1}}|/demand/payments/Store/Shells",
        "goes_with: {Chairs: {Hats: 2}}|/demand/goes_with/Chairs/Hats: there is no sub-category 'Hats'",
        "`tastes: [{country: Italy, sub_category: Chairs, factor: 2}]`|/demand/tastes/0/country: there is no country 'Italy'",
        "`tastes: [{country: France, state: Aragon, sub_category: Chairs, factor: 2}]`|/demand/tastes/0/state: there is no state of France 'Aragon'",
        "`noise: {strength: 9, memory: 0}`|/demand/noise/strength",
        "`returns: {share: 0.5, days: 30}`|/demand/returns/share",
        "`weekdays: {Store: {Monday: 0}, Website: {Monday: 0}, Mobile App: {Monday: 0}, Phone: {Monday: 0}}`|/hours: on some days no platform sells",
        "`holidays: [{name: A, easter: 0, closed: [Store, Website]}, {name: B, easter: 9, closed: [Mobile App, Phone]}]`|/hours: on some days no platform sells"
      })
  void whatIsWrongWithDemandIsNamed(String demand, String message) {
    assertThatThrownBy(() -> Stores.with(demand))
        .isInstanceOf(WrongInputException.class)
        .hasMessageStartingWith("corner.yaml, line ")
        .hasMessageContaining(message);
  }

  @Test
  void aProductIsSoldOnEveryDay() {
    String allEnd = Stores.PLAIN.replaceAll("(id: .*)}", "$1, ended: 2030-01-01}");
    assertThatThrownBy(() -> Stores.parse(allEnd))
        .hasMessageContaining("/products: on some days nothing is sold");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing", "- a list", "text", "--- {}\n--- {}", "a: {b: "})
  void whatIsNoStoreAtAllIsRefused(String text) {
    assertThatThrownBy(() -> Stores.parse(text))
        .isInstanceOf(WrongInputException.class)
        .hasMessageStartingWith("corner.yaml, line ");
  }

  @Test
  void aSmallFileCannotBecomeAHugeOne() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 20; i++) {
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append(("*a" + (i - 1) + ", ").repeat(8)).append("x]\n");
    }
    for (String hostile :
        List.of(
            bomb.toString(),
            "a: " + "[".repeat(5_000),
            "a: " + "{b: ".repeat(2_000),
            "name: " + "x".repeat(1_000_000),
            "name: " + ("x".repeat(9_000) + "\n ").repeat(200),
            "name: >\n" + (" " + "x".repeat(9_000) + "\n").repeat(200),
            "x: 1\n".repeat(1_000_000),
            "name: corner\n" + "zone: 1\n".repeat(1_000))) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () ->
              assertThatThrownBy(() -> Stores.parse(hostile))
                  .isInstanceOf(WrongInputException.class));
    }
  }

  @Test
  void aFileIsReadByItsPath() throws IOException {
    Path file = Files.writeString(folder.resolve("shop.yaml"), Stores.PLAIN);
    assertThat(StoreFile.read(file.toString(), Stores.ZONE).source()).isEqualTo("shop.yaml");
    assertThatThrownBy(() -> StoreFile.read(folder.resolve("none.yaml").toString(), Stores.ZONE))
        .hasMessageContaining("There is no store '")
        .hasMessageContaining("furniture, clothing");
    assertThatThrownBy(() -> StoreFile.read("defaults", Stores.ZONE))
        .hasMessageContaining("There is no store 'defaults'");
    Path latin =
        Files.write(
            folder.resolve("latin.yaml"), "name: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> StoreFile.read(latin.toString(), Stores.ZONE))
        .hasMessageContaining("is not UTF-8");
  }

  @Test
  void everyPropertyOfTheSchemaIsDescribed() throws IOException {
    List<String> without = new ArrayList<>();
    JsonNode schema = new ObjectMapper().readTree(StoreResources.text("store.schema.json"));
    collect(schema, schema, "", without);
    assertThat(without).isEmpty();
  }

  private static void collect(JsonNode schema, JsonNode node, String path, List<String> without) {
    for (Map.Entry<String, JsonNode> each : node.path("properties").properties()) {
      JsonNode property = each.getValue();
      JsonNode target =
          property.has("$ref") ? schema.at(property.get("$ref").asText().substring(1)) : property;
      if (!property.has("description") && !target.has("description")) {
        without.add(path + "/" + each.getKey());
      }
    }
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      if (each.getValue().isContainerNode()) {
        collect(schema, each.getValue(), path + "/" + each.getKey(), without);
      }
    }
  }

  @Test
  void whatShipsIsAsTheSchemaSays() {
    for (String name : StoreFile.SHIPPED) {
      String text = StoreResources.text(name + ".yaml");
      assertThat(StoreFile.parse(name, name, text, name.equals("clothing") ? BERLIN : Stores.ZONE))
          .isEqualTo(StoreFile.read(name, name.equals("clothing") ? BERLIN : Stores.ZONE));
    }
    assertThat(Stores.parse(Stores.PLAIN + StoreResources.text("defaults.yaml")).demand())
        .isEqualTo(Stores.parse(Stores.PLAIN).demand());
  }

  @Test
  void theFurnitureStoreIsAsRichAsItClaims() {
    Store store = StoreFile.read("furniture", Stores.ZONE);
    requireRich(store, 150);
    assertThat(store.cities()).hasSizeGreaterThan(120);
    assertThat(
            store.cities().stream()
                .filter(each -> each.country().equals("United States"))
                .map(City::state)
                .distinct())
        .hasSize(51);
    // North America, from Hawaii to Newfoundland: a swapped or unsigned coordinate falls outside.
    assertThat(store.cities())
        .allMatch(each -> each.latitude().intValue() >= 15 && each.latitude().intValue() <= 65)
        .allMatch(each -> each.longitude().intValue() >= -160 && each.longitude().intValue() < -50);
  }

  @Test
  void theClothingStoreIsInGermanyAustriaAndSwitzerland() {
    Store store = StoreFile.read("clothing", BERLIN);
    requireRich(store, 80);
    assertThat(store.currency().getCurrencyCode()).isEqualTo("EUR");
    assertThat(store.cities().stream().map(City::country).distinct())
        .containsExactly("Germany", "Austria", "Switzerland");
    // From Geneva to Vienna, from Lugano to Kiel.
    assertThat(store.cities())
        .allMatch(each -> each.latitude().doubleValue() > 46 && each.latitude().doubleValue() < 55)
        .allMatch(
            each -> each.longitude().doubleValue() > 6 && each.longitude().doubleValue() < 17);
  }

  private static void requireRich(Store store, int products) {
    assertThat(store.products()).hasSizeGreaterThanOrEqualTo(products);
    assertThat(store.products()).allMatch(each -> each.unitCost().compareTo(each.price()) < 0);
    assertThat(store.products().stream().map(Product::name)).doesNotHaveDuplicates();
    assertThat(store.products()).anyMatch(each -> each.launched() != null);
    assertThat(store.products()).anyMatch(each -> each.ended() != null);
    assertThat(store.cities().stream().map(each -> each.latitude() + "," + each.longitude()))
        .doesNotHaveDuplicates();
    // A long tail: the less popular half of the catalogue is less than a quarter of the sales.
    List<Integer> weights = store.products().stream().map(Product::weight).sorted().toList();
    double all = weights.stream().mapToInt(Integer::intValue).sum();
    double tail = weights.subList(0, weights.size() / 2).stream().mapToInt(Integer::intValue).sum();
    assertThat(tail / all).isLessThan(0.25);
  }

  private static String everyHour(int weight) {
    return Collections.nCopies(24, weight).toString();
  }
}
