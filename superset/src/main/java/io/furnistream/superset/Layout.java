package io.furnistream.superset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Turns a dashboard's rows into the tree of parts that Superset keeps. */
final class Layout {

  private static final String ROOT = "ROOT_ID";
  private static final String GRID = "GRID_ID";

  private final ObjectNode position = JsonNodeFactory.instance.objectNode();
  private final String name;
  private final Map<String, ChartAsset> charts;
  private int parts;

  private Layout(String name, Map<String, ChartAsset> charts) {
    this.name = name;
    this.charts = charts;
  }

  /**
   * The tree.
   *
   * @param name the dashboard's file name
   * @param charts all that there are
   */
  static ObjectNode of(String name, DashboardAsset dashboard, Map<String, ChartAsset> charts) {
    Layout layout = new Layout(name, charts);
    layout.position.put("DASHBOARD_VERSION_KEY", "v2");
    layout.part(ROOT, "ROOT").withArray("children").add(GRID);
    layout.part("HEADER_ID", "HEADER").putObject("meta").put("text", dashboard.dashboardTitle());
    ObjectNode grid = layout.part(GRID, "GRID", ROOT);
    dashboard.rows().forEach(row -> grid.withArray("children").add(layout.row(row)));
    return layout.position;
  }

  private String row(DashboardAsset.Row row) {
    String id = "ROW-" + ++parts;
    ObjectNode node = part(id, "ROW", ROOT, GRID);
    node.putObject("meta").put("background", "BACKGROUND_TRANSPARENT");
    if (row.text() != null) {
      node.withArray("children").add(text(id, row));
    }
    row.tiles()
        .forEach((tile, width) -> node.withArray("children").add(chart(id, tile, width, row)));
    return id;
  }

  private String text(String row, DashboardAsset.Row content) {
    String id = "MARKDOWN-" + ++parts;
    part(id, "MARKDOWN", ROOT, GRID, row)
        .putObject("meta")
        .put("code", content.text())
        .put("width", DashboardAsset.Row.WIDTH)
        .put("height", content.height());
    return id;
  }

  private String chart(String row, String tile, int width, DashboardAsset.Row content) {
    String id = "CHART-" + ++parts;
    ChartAsset chart = charts.get(Assets.chartOf(name, tile));
    // The import knows the chart by its uuid and puts its own number in.
    part(id, "CHART", ROOT, GRID, row)
        .putObject("meta")
        .put("chartId", parts)
        .put("uuid", chart.uuid().toString())
        .put("sliceName", chart.sliceName())
        .put("width", width)
        .put("height", content.height());
    return id;
  }

  private ObjectNode part(String id, String type, String... parents) {
    ObjectNode node = position.putObject(id).put("id", id).put("type", type);
    node.putArray("children");
    if (parents.length > 0) {
      for (String parent : parents) {
        node.withArray("parents").add(parent);
      }
    }
    return node;
  }
}
