package io.furnistream.superset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A file of {@code datasets/}: a table, or a query, with the columns and metrics that charts may
 * name.
 *
 * @param tableName the table's name, or the query's
 * @param schema the table's schema; null for a query
 * @param database file name in {@code databases/}, without its ending
 * @param uuid by which Superset knows it again
 * @param cacheTimeout seconds that Superset may answer from its cache, -1 for never; null for its
 *     default
 * @param description what a row is
 * @param mainDttmCol the column that day filters apply to; null for none
 * @param sql the query; null for a table
 * @param columns by name
 * @param metrics by name
 */
record DatasetAsset(
    String tableName,
    String schema,
    String database,
    UUID uuid,
    Integer cacheTimeout,
    String description,
    String mainDttmCol,
    String sql,
    @JsonProperty("columns") LinkedHashMap<String, Column> columns,
    @JsonProperty("metrics") LinkedHashMap<String, Metric> metrics) {

  /** The {@link #cacheTimeout} of what is never answered from the cache. */
  static final int NEVER_CACHED = -1;

  /** A file may omit what it has none of. */
  DatasetAsset {
    columns = columns == null ? new LinkedHashMap<>() : columns;
    metrics = metrics == null ? new LinkedHashMap<>() : metrics;
  }

  /**
   * A column.
   *
   * @param type as the database names it
   * @param verboseName what people see
   */
  record Column(String type, String verboseName) {

    boolean isTemporal() {
      return type != null && (type.startsWith("DATE") || type.startsWith("TIMESTAMP"));
    }
  }

  /**
   * A figure over rows.
   *
   * @param expression SQL that aggregates
   * @param verboseName what people see
   * @param d3format how it is written, in d3's notation
   */
  record Metric(String expression, String verboseName, @JsonProperty("d3format") String d3format) {}

  /** The query that its rows come from. */
  String select() {
    return sql != null ? sql : "SELECT * FROM " + (schema == null ? "" : schema + ".") + tableName;
  }

  Map<String, Column> temporalColumns() {
    Map<String, Column> temporal = new LinkedHashMap<>(columns);
    temporal.values().removeIf(column -> !column.isTemporal());
    return temporal;
  }
}
