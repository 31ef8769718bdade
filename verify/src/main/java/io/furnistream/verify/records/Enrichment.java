package io.furnistream.verify.records;

import com.uber.h3core.H3Core;
import com.uber.h3core.util.LatLng;
import io.furnistream.cli.CannotRunException;
import io.furnistream.stores.duckdb.DuckDb;
import io.furnistream.verify.database.Appender;
import io.furnistream.verify.database.ProofDatabase;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code expected/daily_records.sql} looks up: customers' tokens, regions, and H3's cells, as
 * temporary tables. By the documentation of the transforms, and without their code. Not
 * thread-safe.
 */
public final class Enrichment {

  /** As in {@code connectors/cassandra-daily-records.json}. */
  private static final int RESOLUTION = 5;

  private static final int SCALE = 6;

  /** The form in which Lookup compares keys: form C, and one blank for any white space within. */
  private static final String KEY_FORM =
      "trim(regexp_replace(nfc_normalize(text), '[\\s\\x0b\\x1c-\\x1f\\x{85}\\p{Z}]+', ' ', 'g'))";

  private final ProofDatabase database;
  private final TokenTable tokens;
  private H3Core h3;

  /**
   * Makes the tables.
   *
   * @param tokens what replaces customers' names
   * @param regions the file of regions; empty when it is not known
   * @throws CannotRunException when the file cannot be read
   */
  public Enrichment(ProofDatabase database, TokenTable tokens, Optional<Path> regions) {
    this.database = database;
    this.tokens = tokens;
    database.execute(
        "CREATE TEMP TABLE IF NOT EXISTS place_cell (latitude DECIMAL(9,6), longitude DECIMAL(9,6),"
            + " cell VARCHAR, cell_latitude DECIMAL(9,6), cell_longitude DECIMAL(9,6))");
    database.execute("CREATE OR REPLACE TEMP MACRO key_form(text) AS " + KEY_FORM);
    database.execute(
        "CREATE OR REPLACE TEMP TABLE region_of (country VARCHAR, state VARCHAR, region VARCHAR, division VARCHAR)");
    regions.ifPresent(this::readRegions);
  }

  /** Looks up what those that are landed have and those before had not. */
  void prepare() {
    tokens.add("landed");
    addCells();
  }

  private void readRegions(Path file) {
    try {
      database.tryTo(
          "INSERT INTO region_of SELECT key_form(country), key_form(state), region, division"
              + " FROM read_csv(?, header = true, all_varchar = true, nullstr = '')",
          DuckDb.literally(file));
    } catch (SQLException e) {
      throw new CannotRunException(
          "The table of regions, %s, cannot be read (%s).".formatted(file, e.getMessage()), e);
    }
  }

  private void addCells() {
    List<BigDecimal[]> places = new ArrayList<>();
    database.forEachRow(
        "SELECT DISTINCT latitude, longitude FROM landed ANTI JOIN place_cell USING (latitude, longitude)"
            + " WHERE latitude IS NOT NULL AND longitude IS NOT NULL",
        row -> places.add(new BigDecimal[] {row.amount("latitude"), row.amount("longitude")}));
    try (Appender rows = database.appendTemporary("place_cell")) {
      for (BigDecimal[] place : places) {
        long cell = h3().latLngToCell(place[0].doubleValue(), place[1].doubleValue(), RESOLUTION);
        LatLng centre = h3().cellToLatLng(cell);
        rows.row(
            place[0], place[1], h3().h3ToString(cell), rounded(centre.lat), rounded(centre.lng));
      }
    }
  }

  private static BigDecimal rounded(double degrees) {
    return BigDecimal.valueOf(degrees).setScale(SCALE, RoundingMode.HALF_EVEN);
  }

  private H3Core h3() {
    if (h3 == null) {
      try {
        h3 = H3Core.newInstance();
      } catch (IOException e) {
        throw new CannotRunException(
            "H3's native library cannot be loaded: set TMPDIR to a folder that takes files and runs programs.",
            e);
      }
    }
    return h3;
  }
}
