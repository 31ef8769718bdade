package io.furnistream.superset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.furnistream.cli.CannotRunException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The zip of the dashboards in assets/, and of copies with errors. */
class BundleTest {

  private static final Path ASSETS = Path.of("assets");
  private static final BundleSettings SETTINGS =
      BundleSettings.ofStack("127.0.0.1:5432", Currency.getInstance("USD"));
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new YAMLMapper();

  @TempDir private Path folder;
  private Path copy;

  @BeforeEach
  void copy() throws IOException {
    copy = folder.resolve("assets");
    try (Stream<Path> files = Files.walk(ASSETS)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copy.resolve(ASSETS.relativize(file).toString()));
      }
    }
  }

  @Test
  void everyFileIsInIt() throws IOException {
    Map<String, JsonNode> bundle = unzip(Bundle.build(ASSETS, SETTINGS));

    List<String> expected = new ArrayList<>(List.of("furnistream/metadata.yaml"));
    try (Stream<Path> files = Files.walk(ASSETS)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("palette.yaml"))
          .forEach(file -> expected.add("furnistream/" + ASSETS.relativize(file)));
    }
    assertThat(bundle.keySet()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(titles(bundle)).containsExactly("Daily report", "Sales and profit", "Store live");
    bundle.forEach(
        (name, file) -> assertThat(file.path("version").asText()).as(name).isEqualTo("1.0.0"));
    // With a type either the import screens or the REST API would refuse it.
    assertThat(bundle.get("furnistream/metadata.yaml").has("type")).isFalse();
  }

  @Test
  void theSameFilesGiveTheSameBytes() throws IOException {
    byte[] bundle = Bundle.build(ASSETS, SETTINGS);
    assertThat(Bundle.build(copy, SETTINGS)).isEqualTo(bundle);

    replace("palette.yaml", "#0072B2", "#0072B3");
    assertThat(Bundle.build(copy, SETTINGS)).isNotEqualTo(bundle);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          charts/daily_report/customers_by_state | x_axis: state | x_axis: region | params: there is no column 'region'. Name one of
          charts/daily_report/customers_by_state | metrics: [customers] | metrics: [buyers] | params: there is no metric 'buyers'. Name one of
          charts/daily_report/customers_by_state | x_axis_sort: customers | x_axis_sort: size | no column or metric 'size'
          charts/daily_report/customers_by_state | granularity_sqla: ts_date | granularity_sqla: day | no column or metric 'day'
          charts/daily_report/customer_map | latCol: latitude | latCol: lat | no column 'lat'
          charts/daily_report/customer_map | [city | [town | no column 'town'
          charts/daily_report/customer_map | value: dot_area | value: area | no metric 'area'
          charts/daily_report/customer_map | metrics: [customers] | metrics: [buyers] | no metric 'buyers'
          charts/store_live/last_records | order_by_cols: ['["position" | order_by_cols: ['["place" | no column or metric 'place'
          charts/store_live/last_records | order_by_cols: ['["position", true]'] | order_by_cols: [position] | params.order_by_cols: 'position' is no ["column", ascending]
          charts/store_live/last_records | profit: {d3 | gain: {d3 | no column or metric 'gain'
          charts/store_live/records | dataset: live_kpis | dataset: live | dataset: there is no dataset 'live'. Name one of
          charts/store_live/records | dataset: live_kpis | datsaet: live_kpis | Unrecognized field "datsaet"
          charts/store_live/records | viz_type: big_number_total | viz_type: gauge | viz_type: no query is known for 'gauge'
          charts/store_live/records | slice_name: Records | slice_name: " " | slice_name: is missing
          datasets/live_kpis | database: report | database: reports | database: there is no database 'reports'
          datasets/live_kpis | expression: MAX(records), | '' | metrics.day_records.expression: is missing
          datasets/live_kpis | ts_date: | day_records: | metrics.day_records: a column has this name
          datasets/daily_customer | main_dttm_col: ts_date | main_dttm_col: state | main_dttm_col: there is no main_dttm_col 'state'
          datasets/live_kpis | cache_timeout: -1 | cache_timeout: 60 | cache_timeout: is 60, and dashboards/store_live.yaml is refreshed every 5 seconds
          datasets/live_kpis | cache_timeout: -1 | '' | cache_timeout: is missing, and dashboards/store_live.yaml is refreshed every 5 seconds
          dashboards/store_live | records: 2 | records: 3 | rows[2].tiles: their widths come to 13. Make them 12
          dashboards/store_live | {records: 2, customers: 2 | {records: 4 | charts/store_live/customers.yaml: is on no dashboard
          dashboards/store_live | records: 2 | recordz: 2 | rows[2].tiles: there is no tiles 'store_live/recordz'
          dashboards/store_live | slug: store-live | slug: daily-report | slug: 'daily-report' is that of dashboards/daily_report.yaml
          dashboards/store_live | height: 18 | height: 0 | rows[2].height: is 0
          dashboards/daily_report | column: state | column: region | filters.Area.column: there is no column 'region'
          dashboards/daily_report | dataset: daily_customer | dataset: customer | filters.Category.dataset: there is no dataset 'customer'
          charts/daily_report/customers_by_state | orientation: vertical | orientation: horizontal | params.orientation: a click on a horizontal bar filters by its figure
          databases/report | database_name: | database_nome: | Unrecognized field "database_nome"
          """)
  void whatIsWrongIsNamedWithItsCure(String file, String from, String to, String problem)
      throws IOException {
    replace(file + ".yaml", from, to == null ? "" : to);

    assertThatThrownBy(() -> Bundle.build(copy, SETTINGS))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining(".yaml: ");
  }

  @Test
  void aUuidIsGivenOnce() throws IOException {
    String uuid =
        YAML.readTree(copy.resolve("databases/report.yaml").toFile()).path("uuid").asText();
    String other =
        YAML.readTree(copy.resolve("charts/store_live/records.yaml").toFile())
            .path("uuid")
            .asText();
    replace("charts/store_live/records.yaml", other, uuid);

    assertThatThrownBy(() -> Bundle.build(copy, SETTINGS))
        .hasMessageContaining(
            "databases/report.yaml: uuid: '%s' is that of charts/store_live/records.yaml"
                .formatted(uuid));
  }

  @Test
  void allProblemsAreReportedTogether() throws IOException {
    replace("charts/store_live/records.yaml", "metric: day_records", "metric: a");
    replace("charts/store_live/products.yaml", "metric: day_products", "metric: b");

    assertThatThrownBy(() -> Bundle.build(copy, SETTINGS))
        .hasMessageContainingAll(
            "charts/store_live/records.yaml: params: there is no metric 'a'",
            "charts/store_live/products.yaml: params: there is no metric 'b'");
  }

  @Test
  void aPathThatIsNotAFolderIsNamed() {
    assertThatThrownBy(() -> Bundle.build(folder.resolve("nowhere"), SETTINGS))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void aChartsQueryFollowsFromItsControls() throws IOException {
    Map<String, JsonNode> bundle = unzip(Bundle.build(ASSETS, SETTINGS));

    assertThat(query(bundle, "daily_report/paying_customers"))
        .isEqualTo(
            JSON.readTree(
                """
                {"granularity": "ts_date",
                 "filters": [{"col": "ts_date", "op": "TEMPORAL_RANGE", "val": "No filter"}],
                 "columns": [{"columnType": "BASE_AXIS", "expressionType": "SQL", "label": "ts_date",
                              "sqlExpression": "ts_date"}],
                 "metrics": ["customers"], "orderby": [], "row_limit": 10000}"""));
    assertThat(query(bundle, "daily_report/customer_map"))
        .isEqualTo(
            JSON.readTree(
                """
                {"granularity": "ts_date",
                 "filters": [{"col": "ts_date", "op": "TEMPORAL_RANGE", "val": "No filter"},
                             {"col": "longitude", "op": "IS NOT NULL"},
                             {"col": "latitude", "op": "IS NOT NULL"}],
                 "columns": ["longitude", "latitude", "city", "state"], "metrics": ["customers", "dot_area"],
                 "orderby": [["dot_area", false]], "row_limit": 20000}"""));
    assertThat(query(bundle, "sales_and_profit/top_products_by_month"))
        .isEqualTo(
            JSON.readTree(
                """
                {"filters": [],
                 "columns": ["month", "rank", "product_name", "category", "quantity", "revenue", "profit"],
                 "metrics": [], "orderby": [["month", false], ["rank", true]], "row_limit": 10000}"""));
    assertThat(query(bundle, "store_live/sales_by_minute").at("/columns/0/timeGrain").asText())
        .isEqualTo("PT1M");
    assertThat(query(bundle, "daily_report/products_by_profit").path("orderby"))
        .isEqualTo(JSON.readTree("[[\"total_profit\", false]]"));
  }

  @Test
  void aFilterOfDaysReachesEveryChartThatHasDays() throws IOException {
    Map<String, JsonNode> bundle = unzip(Bundle.build(ASSETS, SETTINGS));

    for (Map.Entry<String, JsonNode> file : bundle.entrySet()) {
      if (file.getKey().startsWith("furnistream/charts/daily_report/")) {
        assertThat(file.getValue().at("/params/adhoc_filters/0/subject").asText())
            .as(file.getKey())
            .isEqualTo("ts_date");
      }
    }
  }

  @Test
  void everyTileIsInItsRow() throws IOException {
    JsonNode position =
        unzip(Bundle.build(ASSETS, SETTINGS))
            .get("furnistream/dashboards/store_live.yaml")
            .path("position");

    Map<Integer, String> ids = new HashMap<>();
    List<String> shown = new ArrayList<>();
    for (JsonNode row : position.at("/GRID_ID/children")) {
      int width = 0;
      for (JsonNode child : position.path(row.asText()).path("children")) {
        JsonNode chart = position.path(child.asText());
        assertThat(chart.path("parents").get(2)).isEqualTo(row);
        width += chart.at("/meta/width").asInt();
        shown.add(chart.at("/meta/sliceName").asText());
        // Superset distinguishes the charts of a bundle by it.
        assertThat(ids.put(chart.at("/meta/chartId").asInt(), child.asText())).isNull();
      }
      assertThat(width).isEqualTo(12);
    }
    assertThat(shown)
        .doesNotHaveDuplicates()
        .contains("Revenue by platform")
        .startsWith("The day shown")
        .endsWith("The last 100 records");
  }

  @Test
  void theBundleFitsWhereItIsImported() throws IOException {
    BundleSettings foreign =
        new BundleSettings(
            "db.example.com:6543",
            Path.of("/srv/owner's [1] days"),
            "tile://https://tiles/{z}",
            Currency.getInstance("EUR"));
    Map<String, JsonNode> bundle = unzip(Bundle.build(ASSETS, foreign));

    assertThat(bundle.get("furnistream/databases/report.yaml").path("sqlalchemy_uri").asText())
        .isEqualTo(
            "postgresql+psycopg2://report_reader:XXXXXXXXXX@db.example.com:6543/furnistream");
    assertThat(bundle.get("furnistream/datasets/closed_records.yaml").path("sql").asText())
        .endsWith("FROM read_parquet('/srv/owner''s [[]1] days/records/*.parquet')");
    assertThat(
            bundle
                .get("furnistream/charts/daily_report/customer_map.yaml")
                .at("/params/mapbox_style")
                .asText())
        .isEqualTo("tile://https://tiles/{z}");
    assertThat(
            unzip(Bundle.build(ASSETS, SETTINGS))
                .get("furnistream/datasets/closed_records.yaml")
                .path("sql")
                .asText())
        .endsWith("FROM records");
  }

  @ParameterizedTest
  @CsvSource({"USD, '$,.2f'", "JPY, '$,.0f'", "KWD, '$,.3f'"})
  void anAmountInFullHasTheDecimalsOfItsCurrency(String currency, String format)
      throws IOException {
    Map<String, JsonNode> bundle =
        unzip(Bundle.build(ASSETS, BundleSettings.ofStack("db:1", Currency.getInstance(currency))));

    List<String> formats = new ArrayList<>();
    bundle.values().forEach(file -> formats.addAll(file.findValuesAsText("d3format")));
    bundle.values().forEach(file -> formats.addAll(file.findValuesAsText("y_axis_format")));
    bundle.values().forEach(file -> formats.addAll(file.findValuesAsText("d3NumberFormat")));
    assertThat(formats).contains(format).doesNotContain("${MONEY}");
    assertThat(bundle.toString()).doesNotContain("${MONEY}");
    // On an axis and above a bar they are rounded in any case.
    assertThat(formats.stream().filter(each -> each.startsWith("$")))
        .isSubsetOf(format, "$.3~s", "$,.0f");
    assertThat(
            bundle
                .get("furnistream/charts/store_live/last_records.yaml")
                .at("/params/column_config/revenue/d3NumberFormat")
                .asText())
        .isEqualTo(format);
  }

  @Test
  void theCommandWritesTheZip() throws IOException {
    Path output = folder.resolve("dashboards.zip");
    CommandLine command = new CommandLine(new DashboardsCommand(ASSETS, () -> SETTINGS));

    int status =
        command.execute(
            "build", "--output", output.toString(), "--postgres", "db:1", "--export", "/srv/days");

    assertThat(status).isZero();
    assertThat(Files.readAllBytes(output))
        .isEqualTo(
            Bundle.build(
                ASSETS,
                new BundleSettings(
                    "db:1",
                    Path.of("/srv/days"),
                    BundleSettings.OWN_TILES,
                    Currency.getInstance("USD"))));
  }

  private void replace(String file, String from, String to) throws IOException {
    Path path = copy.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    int at = text.indexOf(from);
    Files.writeString(path, text.substring(0, at) + to + text.substring(at + from.length()));
  }

  private static JsonNode query(Map<String, JsonNode> bundle, String chart) throws IOException {
    JsonNode context =
        JSON.readTree(
            bundle.get("furnistream/charts/" + chart + ".yaml").path("query_context").asText());
    return context.at("/queries/0");
  }

  private static List<String> titles(Map<String, JsonNode> bundle) {
    return bundle.values().stream()
        .filter(file -> file.has("dashboard_title"))
        .map(file -> file.path("dashboard_title").asText())
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private static Map<String, JsonNode> unzip(byte[] bundle) throws IOException {
    Map<String, JsonNode> files = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), YAML.readTree(zip.readAllBytes()));
      }
    }
    return files;
  }
}
