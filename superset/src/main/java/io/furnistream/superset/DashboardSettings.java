package io.furnistream.superset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** What Superset calls a dashboard's metadata: colours, refresh, filters. */
final class DashboardSettings {

  private static final String COLOURS = "supersetColors";

  private DashboardSettings() {}

  static ObjectNode of(DashboardAsset dashboard, Assets assets) {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    metadata.put("color_scheme", COLOURS);
    colours(metadata.putObject("label_colors"), assets);
    metadata.put(
        "refresh_frequency", dashboard.refreshSeconds() == null ? 0 : dashboard.refreshSeconds());
    // Together: Superset would otherwise spread a refresh over five seconds.
    metadata.put("stagger_refresh", false);
    metadata.put("cross_filters_enabled", dashboard.clickFilters());
    metadata.putObject("chart_configuration");
    everything(metadata.putObject("global_chart_configuration"));
    ArrayNode filters = metadata.putArray("native_filter_configuration");
    dashboard.filters().forEach(each -> filters.add(filter(each, assets)));
    return metadata;
  }

  /** Superset knows a series by its value or its metric's name, not by what people see. */
  private static void colours(ObjectNode labels, Assets assets) {
    assets.palette().forEach(labels::put);
    for (DatasetAsset dataset : assets.datasets().values()) {
      dataset
          .metrics()
          .forEach(
              (name, metric) -> {
                String colour = assets.palette().get(metric.verboseName());
                if (colour != null) {
                  labels.put(name, colour);
                }
              });
    }
  }

  private static ObjectNode filter(DashboardAsset.Filter filter, Assets assets) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", "NATIVE_FILTER-" + filter.name().toLowerCase(Locale.ROOT).replace(' ', '-'));
    node.put("name", filter.name());
    node.put("type", "NATIVE_FILTER").put("description", "");
    node.put("filterType", filter.isTime() ? filter.type() : "filter_select");
    ObjectNode target = node.putArray("targets").addObject();
    ObjectNode controls = node.putObject("controlValues").put("enableEmptyFilter", false);
    if (!filter.isTime()) {
      target.put("datasetUuid", assets.datasets().get(filter.dataset()).uuid().toString());
      target.putObject("column").put("name", filter.column());
      controls.put("multiSelect", true).put("searchAllOptions", true);
      controls.put("defaultToFirstItem", false).put("inverseSelection", false);
      controls.put("sortAscending", true);
    }
    ObjectNode nothing = node.putObject("defaultDataMask");
    nothing.putObject("extraFormData");
    nothing.putObject("filterState");
    nothing.putObject("ownState");
    node.putArray("cascadeParentIds");
    return everything(node);
  }

  /** Applies to every chart. */
  private static ObjectNode everything(ObjectNode node) {
    ObjectNode scope = node.putObject("scope");
    scope.putArray("rootPath").add("ROOT_ID");
    scope.putArray("excluded");
    return node;
  }
}
