package io.furnistream.superset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.cli.CannotRunException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a chart asks of its dataset, derived from the controls of its kind as Superset's own pages
 * derive it. Superset stores it with the controls, for clients that ask a chart for its data
 * through the REST API.
 *
 * @param columns it groups by or lists
 * @param metrics it works out
 * @param orderBy what it sorts by: a column or metric, and whether ascending
 * @param notNull columns without which a row is left out
 * @param axis the column of the x axis, among {@code columns}; null for none
 */
record ChartQuery(
    List<String> columns,
    List<String> metrics,
    List<Order> orderBy,
    List<String> notNull,
    String axis) {

  /** One part of a sort. */
  record Order(String by, boolean ascending) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int ROW_LIMIT = 10_000;

  /** Controls that name columns or metrics other than those that are queried. */
  private static final List<String> FURTHER_NAMES =
      List.of("granularity_sqla", "x_axis_sort", "tooltip_contents");

  /**
   * The query of a chart.
   *
   * @throws CannotRunException when it is of a kind that this derives no query for
   */
  static ChartQuery of(ChartAsset chart) {
    JsonNode params = chart.params();
    return switch (chart.vizType()) {
      case "big_number" -> overAxis(params, texts(params, "metric"), List.of());
      case "big_number_total" ->
          new ChartQuery(List.of(), texts(params, "metric"), List.of(), List.of(), null);
      case "echarts_timeseries_bar" -> {
        List<String> metrics = texts(params, "metrics");
        yield overAxis(params, metrics, byFirst(metrics, params));
      }
      case "heatmap_v2" -> overAxis(params, texts(params, "metric"), List.of());
      case "table" -> table(params);
      case "deck_scatter" -> map(params);
      default ->
          throw new CannotRunException(
              "viz_type: no query is known for '%s'. Take big_number, big_number_total,"
                      .formatted(chart.vizType())
                  + " echarts_timeseries_bar, heatmap_v2, table or deck_scatter, or"
                  + " teach ChartQuery.");
    };
  }

  private static ChartQuery overAxis(JsonNode params, List<String> metrics, List<Order> orderBy) {
    String axis = params.path("x_axis").asText();
    List<String> columns = new ArrayList<>(List.of(axis));
    columns.addAll(texts(params, "groupby"));
    return new ChartQuery(columns, metrics, orderBy, List.of(), axis);
  }

  private static ChartQuery table(JsonNode params) {
    if ("raw".equals(params.path("query_mode").asText())) {
      List<Order> orderBy = new ArrayList<>();
      for (String pair : texts(params, "order_by_cols")) {
        JsonNode parts = parse(pair);
        orderBy.add(new Order(parts.path(0).asText(), parts.path(1).asBoolean()));
      }
      return new ChartQuery(texts(params, "all_columns"), List.of(), orderBy, List.of(), null);
    }
    List<String> metrics = texts(params, "metrics");
    return new ChartQuery(
        texts(params, "groupby"), metrics, byFirst(metrics, params), List.of(), null);
  }

  private static ChartQuery map(JsonNode params) {
    List<String> radius = texts(params.path("point_radius_fixed"), "value");
    List<String> metrics = new ArrayList<>(texts(params, "metrics"));
    metrics.addAll(radius);
    List<String> place =
        List.of(params.at("/spatial/lonCol").asText(), params.at("/spatial/latCol").asText());
    Set<String> columns = new LinkedHashSet<>(place);
    columns.addAll(texts(params, "tooltip_contents"));
    columns.removeAll(metrics);
    return new ChartQuery(List.copyOf(columns), metrics, byFirst(radius, params), place, null);
  }

  private static List<Order> byFirst(List<String> metrics, JsonNode params) {
    boolean descending = params.path("order_desc").asBoolean(true);
    return metrics.stream().limit(1).map(metric -> new Order(metric, !descending)).toList();
  }

  /** Every column and metric that the chart's controls name. */
  static Set<String> namesIn(ChartAsset chart) {
    ChartQuery query = of(chart);
    Set<String> names = new TreeSet<>(query.columns());
    names.addAll(query.metrics());
    query.orderBy().forEach(order -> names.add(order.by()));
    FURTHER_NAMES.forEach(control -> names.addAll(texts(chart.params(), control)));
    chart.params().path("column_config").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** As Superset stores it. Datasource and ids are filled in by the import. */
  String context(ChartAsset chart, ObjectNode formData) {
    ObjectNode query = NODES.objectNode();
    ArrayNode filters = query.putArray("filters");
    String time = chart.params().path("granularity_sqla").asText("");
    if (!time.isEmpty()) {
      query.put("granularity", time);
      filters.addObject().put("col", time).put("op", "TEMPORAL_RANGE").put("val", "No filter");
    }
    notNull.forEach(column -> filters.addObject().put("col", column).put("op", "IS NOT NULL"));
    ArrayNode asked = query.putArray("columns");
    for (String column : columns) {
      if (column.equals(axis)) {
        asked.add(axisColumn(chart.params()));
      } else {
        asked.add(column);
      }
    }
    ArrayNode figures = query.putArray("metrics");
    metrics.forEach(figures::add);
    ArrayNode order = query.putArray("orderby");
    orderBy.forEach(each -> order.addArray().add(each.by()).add(each.ascending()));
    query.put("row_limit", chart.params().path("row_limit").asInt(ROW_LIMIT));

    ObjectNode context = NODES.objectNode();
    context.putObject("datasource").put("id", 0).put("type", "table");
    context.put("force", false);
    context.putArray("queries").add(query);
    context.set("form_data", formData);
    context.put("result_format", "json").put("result_type", "full");
    return context.toString();
  }

  private JsonNode axisColumn(JsonNode params) {
    ObjectNode column = NODES.objectNode();
    column.put("columnType", "BASE_AXIS").put("expressionType", "SQL");
    column.put("label", axis).put("sqlExpression", axis);
    String grain = params.path("time_grain_sqla").asText("");
    return grain.isEmpty() ? column : column.put("timeGrain", grain);
  }

  /** The texts of a control; where a tooltip names a metric, that is an object with its name. */
  private static List<String> texts(JsonNode params, String control) {
    JsonNode value = params.path(control);
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(each -> texts.add(each.path("metric_name").asText(each.asText())));
    } else if (!value.isMissingNode() && !value.isNull()) {
      texts.add(value.asText());
    }
    return texts;
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new CannotRunException(
          "params.order_by_cols: '%s' is no [\"column\", ascending]. Write it so.".formatted(json),
          e);
    }
  }
}
