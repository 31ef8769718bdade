package io.furnistream.verify.records;

import io.furnistream.verify.tables.TableLayout;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What each table must hold, as a query over what {@link Landed} has prepared: one file of SQL for
 * each, in {@code expected/}. This is the proof, so it shares nothing with the code that fills the
 * tables; their names and columns are those of the catalogue.
 */
public final class ExpectedTable {

  private ExpectedTable() {}

  /**
   * The query, as a relation of a statement.
   *
   * @throws IllegalArgumentException when nobody has written what the table must hold
   */
  public static String of(TableLayout layout) {
    String resource = "/io/furnistream/verify/expected/" + layout.name() + ".sql";
    try (InputStream sql = ExpectedTable.class.getResourceAsStream(resource)) {
      if (sql == null) {
        throw new IllegalArgumentException("There is no " + resource);
      }
      return "(" + new String(sql.readAllBytes(), StandardCharsets.UTF_8).strip() + ")";
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }
}
