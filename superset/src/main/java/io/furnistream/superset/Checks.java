package io.furnistream.superset;

import io.furnistream.cli.CannotRunException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/**
 * Checks the files of a folder against each other: what is named exists, and what must be unique
 * is.
 */
final class Checks {

  private final Assets assets;
  private final List<String> problems = new ArrayList<>();

  private Checks(Assets assets) {
    this.assets = assets;
  }

  /** What is wrong, each with file, field and how to correct it; nothing when all is well. */
  static List<String> problems(Assets assets) {
    Checks checks = new Checks(assets);
    checks.databases();
    checks.datasets();
    checks.charts();
    checks.dashboards();
    checks.palette();
    checks.unique("uuid", Checks::uuids);
    checks.unique("slug", Checks::slugs);
    return checks.problems;
  }

  private void databases() {
    assets
        .databases()
        .forEach(
            (name, database) -> {
              String file = file("databases", name);
              require(file, "database_name", database.databaseName());
              require(file, "uuid", database.uuid());
              require(file, "sqlalchemy_uri", database.sqlalchemyUri());
            });
  }

  private void datasets() {
    assets
        .datasets()
        .forEach(
            (name, dataset) -> {
              String file = file("datasets", name);
              require(file, "table_name", dataset.tableName());
              require(file, "uuid", dataset.uuid());
              require(file, "description", dataset.description());
              known(file, "database", dataset.database(), assets.databases().keySet());
              if (dataset.mainDttmCol() != null) {
                known(
                    file,
                    "main_dttm_col",
                    dataset.mainDttmCol(),
                    dataset.temporalColumns().keySet());
              }
              dataset
                  .columns()
                  .forEach(
                      (column, each) -> {
                        require(file, "columns." + column + ".type", each.type());
                        require(file, "columns." + column + ".verbose_name", each.verboseName());
                      });
              dataset
                  .metrics()
                  .forEach(
                      (metric, each) -> {
                        require(file, "metrics." + metric + ".expression", each.expression());
                        require(file, "metrics." + metric + ".verbose_name", each.verboseName());
                        require(file, "metrics." + metric + ".d3format", each.d3format());
                        if (dataset.columns().containsKey(metric)) {
                          add(
                              file,
                              "metrics." + metric,
                              "a column has this name. Name the metric otherwise");
                        }
                      });
            });
  }

  private void charts() {
    assets.charts().forEach(this::chart);
    Set<String> shown = new TreeSet<>();
    assets
        .dashboards()
        .forEach(
            (name, dashboard) ->
                dashboard
                    .rows()
                    .forEach(
                        row ->
                            row.tiles()
                                .keySet()
                                .forEach(tile -> shown.add(Assets.chartOf(name, tile)))));
    assets
        .charts()
        .forEach(
            (name, chart) -> {
              if (!shown.contains(name)) {
                add(
                    file("charts", name),
                    "",
                    "is on no dashboard. Name it in a row of one, or take the file away");
              }
            });
  }

  private void chart(String name, ChartAsset chart) {
    String file = file("charts", name);
    require(file, "slice_name", chart.sliceName());
    require(file, "uuid", chart.uuid());
    require(file, "description", chart.description());
    require(file, "viz_type", chart.vizType());
    require(file, "params", chart.params());
    known(file, "dataset", chart.dataset(), assets.datasets().keySet());
    if (chart.vizType() == null
        || chart.params() == null
        || !assets.datasets().containsKey(chart.dataset())) {
      return;
    }
    DatasetAsset dataset = assets.datasets().get(chart.dataset());
    try {
      ChartQuery query = ChartQuery.of(chart);
      known(file, "params", query.columns(), "column", dataset.columns().keySet());
      known(file, "params", query.metrics(), "metric", dataset.metrics().keySet());
      Set<String> both = new TreeSet<>(dataset.columns().keySet());
      both.addAll(dataset.metrics().keySet());
      Set<String> rest = ChartQuery.namesIn(chart);
      rest.removeAll(query.columns());
      rest.removeAll(query.metrics());
      known(file, "params", rest, "column or metric", both);
      if (query.columns().isEmpty() && query.metrics().isEmpty()) {
        add(file, "params", "asks for no column and no metric. Name one");
      }
    } catch (CannotRunException e) {
      problems.add(file + ": " + e.getMessage());
    }
  }

  private void dashboards() {
    assets.dashboards().forEach(this::dashboard);
  }

  private void dashboard(String name, DashboardAsset dashboard) {
    String file = file("dashboards", name);
    require(file, "dashboard_title", dashboard.dashboardTitle());
    require(file, "slug", dashboard.slug());
    require(file, "uuid", dashboard.uuid());
    require(file, "rows", dashboard.rows().isEmpty() ? null : dashboard.rows());
    for (int i = 0; i < dashboard.rows().size(); i++) {
      row(file, "rows[" + (i + 1) + "]", name, dashboard.rows().get(i), dashboard.clickFilters());
    }
    if (dashboard.refreshSeconds() != null) {
      dashboard.rows().stream()
          .flatMap(row -> row.tiles().keySet().stream())
          .map(tile -> assets.charts().get(Assets.chartOf(name, tile)))
          .filter(chart -> chart != null && assets.datasets().containsKey(chart.dataset()))
          .map(ChartAsset::dataset)
          .distinct()
          .forEach(dataset -> notCached(dataset, file, dashboard.refreshSeconds()));
    }
    for (DashboardAsset.Filter filter : dashboard.filters()) {
      String field = "filters." + filter.name();
      require(file, "filters.name", filter.name());
      if (filter.isTime()) {
        continue;
      }
      known(file, field + ".dataset", filter.dataset(), assets.datasets().keySet());
      DatasetAsset dataset = assets.datasets().get(filter.dataset());
      if (dataset != null) {
        known(file, field + ".column", filter.column(), dataset.columns().keySet());
      }
    }
  }

  private void row(
      String file, String field, String dashboard, DashboardAsset.Row row, boolean clickFilters) {
    if (row.height() < 1) {
      add(
          file,
          field + ".height",
          "is " + row.height() + ". Write 1 or more, in units of 8 pixels");
    }
    if (row.tiles().isEmpty() == (row.text() == null)) {
      add(file, field, "a row has either tiles or a text. Write one of them");
    }
    for (String tile : row.tiles().keySet()) {
      known(file, field + ".tiles", Assets.chartOf(dashboard, tile), assets.charts().keySet());
    }
    if (clickFilters) {
      row.tiles().keySet().forEach(tile -> notHorizontal(file, Assets.chartOf(dashboard, tile)));
    }
    int width = row.tiles().values().stream().mapToInt(each -> each == null ? 0 : each).sum();
    if (!row.tiles().isEmpty() && width != DashboardAsset.Row.WIDTH) {
      add(
          file,
          field + ".tiles",
          "their widths come to %d. Make them %d".formatted(width, DashboardAsset.Row.WIDTH));
    }
  }

  /** An answer out of the cache would be shown again by every refresh until it is too old. */
  private void notCached(String dataset, String dashboard, int seconds) {
    Integer timeout = assets.datasets().get(dataset).cacheTimeout();
    if (timeout == null || timeout != DatasetAsset.NEVER_CACHED) {
      add(
          file("datasets", dataset),
          "cache_timeout",
          "%s, and %s is refreshed every %d seconds. Write %d"
              .formatted(
                  timeout == null ? "is missing" : "is " + timeout,
                  dashboard,
                  seconds,
                  DatasetAsset.NEVER_CACHED));
    }
  }

  /** Superset 6.1 takes the first number of a bar for its name: there, the figure. */
  private void notHorizontal(String dashboard, String name) {
    ChartAsset chart = assets.charts().get(name);
    if (chart != null
        && chart.params() != null
        && chart.params().path("orientation").asText().equals("horizontal")) {
      add(
          file("charts", name),
          "params.orientation",
          "a click on a horizontal bar filters by its figure, and %s has click_filters. Make it vertical"
              .formatted(dashboard));
    }
  }

  private void palette() {
    assets
        .palette()
        .forEach(
            (name, colour) -> {
              if (colour == null || !colour.matches("#[0-9A-Fa-f]{6}")) {
                add(
                    "palette.yaml",
                    name,
                    "'" + colour + "' is not a colour. Write one as \"#0072B2\"");
              }
            });
  }

  private void unique(String field, Function<Assets, Map<String, Object>> values) {
    Map<Object, String> seen = new HashMap<>();
    values
        .apply(assets)
        .forEach(
            (file, value) -> {
              String other = value == null ? null : seen.putIfAbsent(value, file);
              if (other != null) {
                add(
                    file,
                    field,
                    "'%s' is that of %s. Give it one of its own".formatted(value, other));
              }
            });
  }

  private static Map<String, Object> uuids(Assets assets) {
    Map<String, Object> uuids = new TreeMap<>();
    assets.databases().forEach((name, each) -> uuids.put(file("databases", name), each.uuid()));
    assets.datasets().forEach((name, each) -> uuids.put(file("datasets", name), each.uuid()));
    assets.charts().forEach((name, each) -> uuids.put(file("charts", name), each.uuid()));
    assets.dashboards().forEach((name, each) -> uuids.put(file("dashboards", name), each.uuid()));
    return uuids;
  }

  private static Map<String, Object> slugs(Assets assets) {
    Map<String, Object> slugs = new TreeMap<>();
    assets.dashboards().forEach((name, each) -> slugs.put(file("dashboards", name), each.slug()));
    return slugs;
  }

  private void require(String file, String field, Object value) {
    if (value == null || (value instanceof String text && text.isBlank())) {
      String hint = field.equals("uuid") ? ", such as " + UUID.randomUUID() : "";
      add(file, field, "is missing. Write it" + hint);
    }
  }

  private void known(String file, String field, String name, Set<String> names) {
    if (name == null) {
      add(file, field, "is missing. Name one of " + names);
    } else {
      known(file, field, List.of(name), field.substring(field.lastIndexOf('.') + 1), names);
    }
  }

  private void known(
      String file, String field, Iterable<String> named, String what, Set<String> names) {
    for (String name : named) {
      if (!names.contains(name)) {
        add(file, field, "there is no %s '%s'. Name one of %s".formatted(what, name, names));
      }
    }
  }

  private void add(String file, String field, String problem) {
    problems.add(file + ": " + (field.isEmpty() ? "" : field + ": ") + problem + ".");
  }

  private static String file(String kind, String name) {
    return kind + "/" + name + Assets.ENDING;
  }
}
