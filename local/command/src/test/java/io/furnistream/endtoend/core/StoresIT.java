package io.furnistream.endtoend.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import io.furnistream.endtoend.records.Oracle;
import io.furnistream.endtoend.records.ReportTables;
import io.furnistream.endtoend.stack.CommandProcess;
import io.furnistream.endtoend.stack.CoreStack;
import io.furnistream.endtoend.stack.OnCoreStack;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the stores hold of the datasets that were produced. */
@OnCoreStack
class StoresIT {

  private final CoreStack stack;

  StoresIT(CoreStack stack) {
    this.stack = stack;
  }

  @Test
  void everyStoreHoldsWhatAPlainLoopOverTheTopicCounts() throws Exception {
    Map<LocalDate, Oracle.Day> days = stack.oracle(CoreStack.DAYS);
    assertThat(days.keySet()).containsExactlyElementsOf(CoreStack.DAYS);

    // The days of the dataset only: other classes may have left days open, which count in no total.
    JsonNode report = stack.verified("--from", "2023-12-01", "--to", "2023-12-10");
    Map<LocalDate, JsonNode> stores = new HashMap<>();
    report
        .path("days")
        .forEach(
            day -> stores.put(LocalDate.parse(day.path("ts_date").asText()), day.path("stores")));
    days.forEach(
        (date, day) -> {
          assertThat(day.records).as(date.toString()).isEqualTo(CoreStack.RECORDS);
          for (String store : List.of("ledger", "kafka", "cassandra", "postgres", "parquet")) {
            JsonNode found = stores.get(date).path(store);
            String what = store + " on " + date;
            assertThat(found.path("records").asLong()).as(what).isEqualTo(day.records);
            assertThat(found.path("revenue").isTextual()).as(what).isTrue();
            assertThat(found.path("revenue").asText())
                .as(what)
                .isEqualTo(day.revenue.toPlainString());
            assertThat(found.path("profit").asText())
                .as(what)
                .isEqualTo(day.profit.toPlainString());
            assertThat(found.path("quantity").asLong()).as(what).isEqualTo(day.quantity);
            assertThat(found.path("customers").asInt()).as(what).isEqualTo(day.customers.size());
            if (!store.equals("postgres")) {
              assertThat(found.path("id_checksum").asText()).as(what).isEqualTo(day.checksum());
            }
          }
        });
    for (String store : List.of("kafka", "cassandra", "postgres", "parquet")) {
      for (String column : List.of("records", "revenue", "profit", "quantity")) {
        BigDecimal ofDays =
            stores.values().stream()
                .map(day -> new BigDecimal(day.path(store).path(column).asText()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(report.path("stores").path(store).path(column).asText())
            .as("%s of %s, all days", column, store)
            .isEqualTo(ofDays.toPlainString());
      }
    }
  }

  @Test
  void theThreeAggregatesAreExactInBothStores() throws Exception {
    Map<LocalDate, Oracle.Day> days = stack.oracle(CoreStack.DAYS);
    try (Connection reader = stack.reader();
        CqlSession cassandra = stack.cassandra()) {
      days.forEach(
          (date, day) -> {
            assertDay(reader, date, day);
            assertDay(cassandra, date, day);
          });
    } catch (IllegalStateException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void rawRowsCarryNativeTypesAndTheDatePartsOfTheStoresZone() throws Exception {
    try (CqlSession cassandra = stack.cassandra()) {
      int rows = 0;
      for (int bucket = 0; bucket < 16; bucket++) {
        for (Row row :
            cassandra.execute(
                "SELECT * FROM furniture.daily_records WHERE ts_date = ? AND bucket = ?",
                CoreStack.FIRST,
                bucket)) {
          rows++;
          Instant ts = row.getInstant("ts");
          LocalDate local = LocalDate.ofInstant(ts, ZoneId.of("America/New_York"));
          assertThat(local).isEqualTo(CoreStack.FIRST);
          assertThat(row.getInt("ts_year")).isEqualTo(2023);
          assertThat(row.getInt("ts_month")).isEqualTo(12);
          assertThat(row.getInt("ts_day")).isEqualTo(1);
          assertThat(row.getInt("ts_weekday")).as("2023-12-01 was a Friday").isEqualTo(5);
          assertThat(row.getUuid("ts_id")).isNotNull();
          assertThat(row.getBigDecimal("revenue").scale()).isEqualTo(4);
        }
      }
      assertThat(rows).isEqualTo(CoreStack.RECORDS);
    }
    JsonNode plugins = stack.connect("/connector-plugins?connectorsOnly=false");
    assertThat(plugins.findValuesAsText("class"))
        .contains(
            "io.furnistream.transforms.DateParts$Value",
            "io.furnistream.transforms.Screen$Key",
            "io.furnistream.transforms.Screen$Value",
            "io.furnistream.connectors.cassandra.CassandraSinkConnector",
            "io.furnistream.connectors.postgres.PostgresSinkConnector",
            "io.furnistream.connectors.avro.RetryingAvroConverter");
  }

  @Test
  void rawRowsHaveRegionAndCellAndNoStoreHoldsAName() throws Exception {
    Map<String, String> regions =
        Map.of(
            "Texas", "South, West South Central",
            "California", "West, Pacific",
            "New York", "Northeast, Middle Atlantic",
            "Illinois", "Midwest, East North Central",
            "Ontario", "Ontario, null");
    Set<String> met = new HashSet<>();
    Map<String, Set<String>> tokens = new HashMap<>();
    try (CqlSession cassandra = stack.cassandra()) {
      for (int bucket = 0; bucket < 16; bucket++) {
        for (Row row :
            cassandra.execute(
                "SELECT * FROM furniture.daily_records WHERE ts_date = ? AND bucket = ?",
                CoreStack.FIRST,
                bucket)) {
          String state = row.getString("state");
          if (regions.containsKey(state)) {
            met.add(state);
            assertThat(row.getString("region") + ", " + row.getString("division"))
                .isEqualTo(regions.get(state));
          }
          if (row.getBigDecimal("latitude") == null) {
            assertThat(row.getString("cell")).isNull();
          } else {
            // An H3 cell of resolution 5 reaches 10 km from its centre: 0.09 degrees of latitude.
            assertThat(row.getString("cell")).matches("85[0-9a-f]{13}");
            assertThat(row.getBigDecimal("cell_latitude"))
                .isCloseTo(row.getBigDecimal("latitude"), within(new BigDecimal("0.1")));
            assertThat(row.getBigDecimal("cell_longitude"))
                .isCloseTo(row.getBigDecimal("longitude"), within(new BigDecimal("0.3")));
          }
          tokens
              .computeIfAbsent(row.getString("customer_id"), customer -> new HashSet<>())
              .add(row.getString("customer_name"));
        }
      }
    }
    assertThat(met).hasSizeGreaterThan(2);
    assertThat(tokens.values())
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one).singleElement().asString().matches("[0-9a-f]{32}"));

    Path closed = stack.state().resolve("export/records/%s.parquet".formatted(CoreStack.FIRST));
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet names =
            statement.executeQuery(
                "SELECT DISTINCT customer_name FROM read_parquet('%s')".formatted(closed))) {
      Set<String> inParquet = new HashSet<>();
      while (names.next()) {
        inParquet.add(names.getString(1));
      }
      assertThat(inParquet)
          .isEqualTo(tokens.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
    }
  }

  @Test
  void theSameDatasetAgainAndTwiceAtOnceChangesNoTotal() throws Exception {
    JsonNode before = stack.verified();

    assertThat(stack.generateAgain().await().status()).isZero();
    assertThat(stack.verified()).isEqualTo(before);

    CommandProcess.Running left = stack.generateAgain();
    CommandProcess.Running right = stack.generateAgain();
    assertThat(left.await().status()).isZero();
    assertThat(right.await().status()).isZero();
    assertThat(stack.verified()).isEqualTo(before);
  }

  @Test
  void aSecondDatasetAddsUp() throws Exception {
    generate("2024-03-01", "2024-03-02", "8");
    stack.closeDays("2024-03-01", "2024-03-02");
    String[] days = {"--from", "2024-03-01", "--to", "2024-03-03"};
    JsonNode before = stack.verified(days);

    generate("2024-03-02", "2024-03-03", "9");

    // The files of the first day do not have it yet, and those of the second are not there.
    stack.assertDiffers("2024-03-02", "parquet", "records", "-100");
    CommandProcess.Result rollup = stack.closeDays("2024-03-02", "2024-03-03");
    assertThat(rollup.out())
        .contains("2024-03-02  moved  revision 2  records 200", "records: 100 -> 200")
        .contains("2024-03-03  closed  revision 1  records 100");
    JsonNode after = stack.verified(days);
    for (String store : List.of("ledger", "kafka", "cassandra", "postgres", "parquet")) {
      assertThat(after.path("stores").path(store).path("records").asLong())
          .isEqualTo(before.path("stores").path(store).path("records").asLong() + 200);
    }
    List<LocalDate> own =
        LocalDate.parse("2024-03-01").datesUntil(LocalDate.parse("2024-03-04")).toList();
    try (Connection reader = stack.reader()) {
      Map<LocalDate, Oracle.Day> counted = stack.oracle(own);
      for (LocalDate day : own) {
        assertThat(ReportTables.revenue(reader, day)).isEqualTo(counted.get(day).revenue);
      }
    }
  }

  private void generate(String from, String to, String seed) throws Exception {
    stack.succeed("generate", "--from", from, "--to", to, "--records", "100", "--seed", seed);
  }

  @Test
  void aBadArgumentIsRefusedBeforeAnythingIsProduced() throws Exception {
    JsonNode before = stack.verified();

    for (String[] arguments :
        new String[][] {
          {"--from", "2023-02-30", "--to", "2023-03-01"},
          {"--from", "2023-03-02", "--to", "2023-03-01"},
          {"--from", "2023-03-01", "--to", "2023-03-01", "--records", "-1"},
          {"--from", "$(touch x)", "--to", "2023-03-01"}
        }) {
      CommandProcess.Result refused = stack.run("generate", arguments);
      assertThat(refused.status()).as(String.join(" ", arguments)).isEqualTo(2);
      assertThat(refused.err()).isNotBlank().doesNotContain("\tat io.furnistream");
    }
    assertThat(stack.verified()).isEqualTo(before);
  }

  private static void assertDay(Connection reader, LocalDate date, Oracle.Day day) {
    try (Statement statement = reader.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "SELECT * FROM daily_report.daily_pu_rev WHERE ts_date = DATE '" + date + "'")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getLong("daily_records")).isEqualTo(day.records);
        assertThat(row.getLong("daily_pu")).isEqualTo(day.customers.size());
        assertThat(row.getLong("daily_orders")).isEqualTo(day.orders.size());
        assertThat(row.getLong("daily_quantity")).isEqualTo(day.quantity);
        assertThat(row.getBigDecimal("daily_rev")).isEqualTo(day.revenue);
        assertThat(row.getBigDecimal("daily_profit")).isEqualTo(day.profit);
      }
      Map<String, BigDecimal> products = new HashMap<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT * FROM daily_report.daily_category_product WHERE ts_date = DATE '"
                  + date
                  + "'")) {
        while (rows.next()) {
          products.put(
              Oracle.product(
                  rows.getString("category"),
                  rows.getString("sub_category"),
                  rows.getString("product_name")),
              rows.getBigDecimal("daily_rev"));
        }
      }
      assertThat(products).isEqualTo(day.revenueOfProduct);
      Map<String, Integer> places = new HashMap<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT * FROM daily_report.daily_address WHERE ts_date = DATE '" + date + "'")) {
        while (rows.next()) {
          places.put(
              Oracle.place(rows.getBigDecimal("latitude"), rows.getBigDecimal("longitude")),
              rows.getInt("daily_pu"));
        }
      }
      assertThat(places).isEqualTo(sizes(day.customersAtPlace));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertDay(CqlSession cassandra, LocalDate date, Oracle.Day day) {
    Row row =
        cassandra.execute("SELECT * FROM furniture.daily_pu_rev WHERE ts_date = ?", date).one();
    assertThat(row.getLong("daily_records")).isEqualTo(day.records);
    assertThat(row.getLong("daily_pu")).isEqualTo(day.customers.size());
    assertThat(row.getLong("daily_orders")).isEqualTo(day.orders.size());
    assertThat(row.getBigDecimal("daily_rev")).isEqualTo(day.revenue);
    Map<String, BigDecimal> products = new HashMap<>();
    for (Row each :
        cassandra.execute(
            "SELECT * FROM furniture.daily_category_product WHERE ts_date = ?", date)) {
      products.put(
          Oracle.product(
              each.getString("category"),
              each.getString("sub_category"),
              each.getString("product_name")),
          each.getBigDecimal("daily_rev"));
    }
    assertThat(products).isEqualTo(day.revenueOfProduct);
    Map<String, Integer> places = new HashMap<>();
    for (Row each :
        cassandra.execute("SELECT * FROM furniture.daily_address WHERE ts_date = ?", date)) {
      places.put(
          Oracle.place(each.getBigDecimal("latitude"), each.getBigDecimal("longitude")),
          (int) each.getLong("daily_pu"));
    }
    assertThat(places).isEqualTo(sizes(day.customersAtPlace));
  }

  private static Map<String, Integer> sizes(Map<String, Set<String>> sets) {
    Map<String, Integer> sizes = new HashMap<>();
    sets.forEach((key, set) -> sizes.put(key, set.size()));
    return sizes;
  }
}
