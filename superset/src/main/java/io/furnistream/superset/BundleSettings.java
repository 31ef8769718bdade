package io.furnistream.superset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.Currency;

/**
 * The parts of a bundle that depend on where Superset runs. No secret is among them: Superset asks
 * for the database's password at import.
 *
 * @param postgres host:port of the reporting database, as Superset reaches it
 * @param exportFolder absolute path of the closed days, as Superset sees it; null when its DuckDB
 *     has the view {@code records}, as the stack's own Superset does, which also holds before any
 *     day is closed
 * @param baseMap what maps are drawn on: {@code tile://} and a path or URL of tiles with {z}, {x}
 *     and {y}, or a style of Mapbox
 * @param currency the store's: with how many decimals amounts are written. Its symbol is a setting
 *     of Superset, {@code D3_FORMAT}
 */
public record BundleSettings(
    String postgres, Path exportFolder, String baseMap, Currency currency) {

  /**
   * The tiles that the stack's own Superset serves. A browser reads {@code http:/} as the page's
   * own host; Superset's editor of charts refuses {@code tile:///}.
   */
  public static final String OWN_TILES = "tile://http:/basemap/{z}/{x}/{y}.png";

  /**
   * For the stack's own Superset.
   *
   * @param postgres host:port of the reporting database
   * @param currency the store's
   */
  public static BundleSettings ofStack(String postgres, Currency currency) {
    return new BundleSettings(postgres, null, OWN_TILES, currency);
  }

  /**
   * The text with {@code ${POSTGRES}}, {@code ${CLOSED_RECORDS}} and {@code ${MONEY}}, the format
   * of an amount in full, filled in.
   */
  String fill(String text) {
    return text.replace("${POSTGRES}", postgres)
        .replace("${CLOSED_RECORDS}", closedRecords())
        .replace("${MONEY}", money());
  }

  /** The controls with the same filled in wherever they have a text. */
  ObjectNode fill(ObjectNode controls) {
    ObjectNode filled = controls.objectNode();
    controls.properties().forEach(each -> filled.set(each.getKey(), fill(each.getValue())));
    return filled;
  }

  private JsonNode fill(JsonNode value) {
    if (value instanceof ObjectNode object) {
      return fill(object);
    }
    if (value instanceof ArrayNode array) {
      ArrayNode filled = array.arrayNode();
      array.forEach(each -> filled.add(fill(each)));
      return filled;
    }
    return value.isTextual() ? TextNode.valueOf(fill(value.asText())) : value;
  }

  /** In d3's notation, where $ is the symbol of whichever currency is set. */
  private String money() {
    return "$,.%df".formatted(currency.getDefaultFractionDigits());
  }

  private String closedRecords() {
    if (exportFolder == null) {
      return "records";
    }
    // An apostrophe would end the text it is in; DuckDB takes *, ? and [ as patterns.
    String folder = exportFolder.toString().replace("'", "''").replaceAll("([*?\\[])", "[$1]");
    return "read_parquet('" + folder + "/records/*.parquet')";
  }
}
