package io.furnistream.superset;

import java.nio.file.Path;

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
 */
public record BundleSettings(String postgres, Path exportFolder, String baseMap) {

  /**
   * The tiles that the stack's own Superset serves. A browser reads {@code http:/} as the page's
   * own host; Superset's editor of charts refuses {@code tile:///}.
   */
  public static final String OWN_TILES = "tile://http:/basemap/{z}/{x}/{y}.png";

  /**
   * For the stack's own Superset.
   *
   * @param postgres host:port of the reporting database
   */
  public static BundleSettings ofStack(String postgres) {
    return new BundleSettings(postgres, null, OWN_TILES);
  }

  /** The text with {@code ${POSTGRES}} and {@code ${CLOSED_RECORDS}} filled in. */
  String fill(String text) {
    return text.replace("${POSTGRES}", postgres).replace("${CLOSED_RECORDS}", closedRecords());
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
