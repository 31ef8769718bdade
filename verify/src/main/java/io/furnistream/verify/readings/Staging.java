package io.furnistream.verify.readings;

import io.furnistream.verify.database.Appender;
import io.furnistream.verify.database.OpenDayRows;
import io.furnistream.verify.database.ProofDatabase;
import io.furnistream.verify.database.StagedTable;
import io.furnistream.verify.records.Landed;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.TableLayout;
import java.time.LocalDate;
import java.util.Collection;
import java.util.SortedMap;

/**
 * The tables of one store, as they are read into the database.
 *
 * @param database takes the rows
 * @param store the store's name
 * @param open the days that are being added to
 */
public record Staging(ProofDatabase database, String store, OpenDayRows open) {

  /** The days of which a store makes any statement; a store that states all of them needs none. */
  public static final String STATED = "stated_day";

  /** The temporary table of a table. */
  public String relation(TableLayout layout) {
    return store + "_" + layout.name();
  }

  /** Begins a table anew. */
  public StagedTable begin(TableLayout layout) {
    return new StagedTable(database, relation(layout), layout);
  }

  /** The totals of staged raw records, as far as they count now. */
  public SortedMap<LocalDate, Figures> figures(TableLayout layout) {
    return Landed.figures(database, open.counting(relation(layout)));
  }

  /** Says of which days the store makes a statement. */
  public void state(Collection<LocalDate> days) {
    database.execute("CREATE OR REPLACE TEMP TABLE %s (of_day DATE)".formatted(STATED));
    try (Appender rows = database.appendTemporary(STATED)) {
      days.forEach(rows::row);
    }
  }
}
