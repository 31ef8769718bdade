package io.furnistream.superset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.furnistream.cli.CannotRunException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The zip that Superset imports, whether through its screens or by {@code POST
 * /api/v1/assets/import/}. The same files and settings give the same bytes.
 */
public final class Bundle {

  /** The key of the reporting database's password in the field {@code passwords} of an import. */
  public static final String PASSWORD_KEY = "databases/report.yaml";

  private static final String ROOT = "furnistream/";
  private static final String VERSION = "1.0.0";
  private static final LocalDateTime WRITTEN = LocalDateTime.of(2026, 1, 1, 0, 0);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .build();

  private final Assets assets;
  private final BundleSettings settings;

  private Bundle(Assets assets, BundleSettings settings) {
    this.assets = assets;
    this.settings = settings;
  }

  /**
   * Checks a folder of dashboards and makes their zip.
   *
   * @param folder holds databases/, datasets/, charts/, dashboards/ and palette.yaml
   * @throws CannotRunException when something in it is wrong: names every file and field, and how
   *     to correct it
   */
  public static byte[] build(Path folder, BundleSettings settings) {
    Assets assets = Assets.read(folder);
    List<String> problems = Checks.problems(assets);
    if (!problems.isEmpty()) {
      throw new CannotRunException(
          "The dashboards in %s have errors:%n%s"
              .formatted(folder, String.join(System.lineSeparator(), problems)));
    }
    return zip(new Bundle(assets, settings).files());
  }

  private Map<String, ObjectNode> files() {
    Map<String, ObjectNode> files = new TreeMap<>();
    // Without a type both Superset's screens, which want Dashboard, and its API, which wants
    // assets,
    // take it.
    files.put(
        "metadata", NODES.objectNode().put("version", VERSION).put("timestamp", WRITTEN + ":00Z"));
    assets.databases().forEach((name, each) -> files.put("databases/" + name, database(each)));
    assets.datasets().forEach((name, each) -> files.put("datasets/" + name, dataset(each)));
    assets.charts().forEach((name, each) -> files.put("charts/" + name, chart(each)));
    assets
        .dashboards()
        .forEach((name, each) -> files.put("dashboards/" + name, dashboard(name, each)));
    return files;
  }

  private ObjectNode database(DatabaseAsset database) {
    ObjectNode node = NODES.objectNode();
    node.put("database_name", database.databaseName());
    node.put("sqlalchemy_uri", settings.fill(database.sqlalchemyUri()));
    node.put("expose_in_sqllab", database.exposeInSqllab());
    for (String write : List.of("allow_run_async", "allow_ctas", "allow_cvas", "allow_dml")) {
      node.put(write, false);
    }
    node.putObject("extra");
    return finish(node, database.uuid());
  }

  private ObjectNode dataset(DatasetAsset dataset) {
    ObjectNode node = NODES.objectNode();
    node.put("table_name", dataset.tableName());
    node.put("schema", dataset.schema());
    node.put("description", dataset.description());
    node.put("main_dttm_col", dataset.mainDttmCol());
    node.put("cache_timeout", dataset.cacheTimeout());
    node.put("sql", dataset.sql() == null ? null : settings.fill(dataset.sql()));
    node.put("database_uuid", assets.databases().get(dataset.database()).uuid().toString());
    ArrayNode columns = node.putArray("columns");
    dataset
        .columns()
        .forEach(
            (name, column) ->
                columns
                    .addObject()
                    .put("column_name", name)
                    .put("verbose_name", column.verboseName())
                    .put("type", column.type())
                    .put("is_dttm", column.isTemporal())
                    .put("groupby", true)
                    .put("filterable", true));
    ArrayNode metrics = node.putArray("metrics");
    dataset
        .metrics()
        .forEach(
            (name, metric) ->
                metrics
                    .addObject()
                    .put("metric_name", name)
                    .put("verbose_name", metric.verboseName())
                    .put("expression", metric.expression())
                    .put("d3format", settings.fill(metric.d3format())));
    return finish(node, dataset.uuid());
  }

  private ObjectNode chart(ChartAsset chart) {
    ObjectNode params = settings.fill(chart.params());
    params.put("viz_type", chart.vizType());
    if (chart.vizType().startsWith("deck_")) {
      params.put("mapbox_style", settings.baseMap());
    }
    String time = params.path("granularity_sqla").asText("");
    if (!time.isEmpty()) {
      // Without it a dashboard's filter of days does not reach the chart.
      params
          .withArray("adhoc_filters")
          .addObject()
          .put("clause", "WHERE")
          .put("expressionType", "SIMPLE")
          .put("subject", time)
          .put("operator", "TEMPORAL_RANGE")
          .put("comparator", "No filter");
    }
    ObjectNode node = NODES.objectNode();
    node.put("slice_name", chart.sliceName());
    node.put("description", chart.description());
    node.put("viz_type", chart.vizType());
    node.set("params", params);
    node.put("query_context", ChartQuery.of(chart).context(chart, params.deepCopy()));
    node.put("dataset_uuid", assets.datasets().get(chart.dataset()).uuid().toString());
    return finish(node, chart.uuid());
  }

  private ObjectNode dashboard(String name, DashboardAsset dashboard) {
    ObjectNode node = NODES.objectNode();
    node.put("dashboard_title", dashboard.dashboardTitle());
    node.put("slug", dashboard.slug());
    node.put("description", dashboard.description());
    node.put("published", true);
    node.set("position", Layout.of(name, dashboard, assets.charts()));
    node.set("metadata", DashboardSettings.of(dashboard, assets));
    return finish(node, dashboard.uuid());
  }

  private static ObjectNode finish(ObjectNode node, UUID uuid) {
    return node.put("uuid", uuid.toString()).put("version", VERSION);
  }

  private static byte[] zip(Map<String, ObjectNode> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, ObjectNode> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(ROOT + file.getKey() + Assets.ENDING);
        entry.setTimeLocal(WRITTEN);
        zip.putNextEntry(entry);
        zip.write(yaml(file.getValue()).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write into memory", e);
    }
    return bytes.toByteArray();
  }

  private static String yaml(ObjectNode node) {
    try {
      return YAML.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of nodes is always YAML", e);
    }
  }
}
