package io.furnistream.superset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/**
 * A file of {@code dashboards/}.
 *
 * @param dashboardTitle what people see
 * @param slug last part of its address
 * @param uuid by which Superset knows it again
 * @param description what it shows
 * @param refreshSeconds seconds between refreshes; null for none
 * @param clickFilters whether a click on a chart filters the others; no when left out
 * @param filters above its charts, in order
 * @param rows from top to bottom
 */
record DashboardAsset(
    String dashboardTitle,
    String slug,
    UUID uuid,
    String description,
    Integer refreshSeconds,
    Boolean clickFilters,
    List<Filter> filters,
    List<Row> rows) {

  DashboardAsset {
    clickFilters = Boolean.TRUE.equals(clickFilters);
    filters = filters == null ? List.of() : filters;
    rows = rows == null ? List.of() : rows;
  }

  /**
   * A filter of days, or of the values of a column: whichever charts have a column of that name.
   *
   * @param name what people see
   * @param type {@code filter_time} for days; null for values
   * @param column whose values; null for days
   * @param dataset that the values are offered from; null for days
   */
  record Filter(String name, String type, String column, String dataset) {

    static final String TIME = "filter_time";

    boolean isTime() {
      return TIME.equals(type);
    }
  }

  /**
   * Charts side by side, or a text.
   *
   * @param height in Superset's units of 8 pixels
   * @param tiles widths in twelfths, by chart: a file name in {@code charts/<dashboard>/}, or
   *     {@code <dashboard>/<file name>}
   * @param text Markdown; null where there are tiles
   */
  record Row(int height, LinkedHashMap<String, Integer> tiles, String text) {

    /** Columns of a row. */
    static final int WIDTH = 12;

    Row {
      tiles = tiles == null ? new LinkedHashMap<>() : tiles;
    }
  }
}
