package io.furnistream.verify.database;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.schemas.TopicColumn;
import io.furnistream.verify.tables.Cell;
import io.furnistream.verify.tables.StoredRow;
import io.furnistream.verify.tables.TableLayout;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rows of a table as a store holds them, or as they must be, in a temporary table. Its column
 * {@value #DAY} is the day that they are listed under. A value that no value of the contract can
 * be, such as an amount with a fifth decimal, is in {@value #MISFITS}, and its column is null.
 */
public final class StagedTable implements AutoCloseable {

  /** The day under which a row is listed. */
  public static final String DAY = "of_day";

  /** What columns cannot hold: a JSON object of texts by column; null where they hold all. */
  public static final String MISFITS = "misfits";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final TableLayout layout;
  private final List<SqlColumn> columns;
  private final Appender appender;

  /**
   * An empty table in place of the one of this name.
   *
   * @param name the temporary table's name
   */
  public StagedTable(ProofDatabase database, String name, TableLayout layout) {
    this.layout = layout;
    this.columns = columns(layout.allColumns());
    create(database, name, layout);
    this.appender = database.appendTemporary(name);
  }

  /** Makes an empty table in place of the one of this name, for rows of another origin. */
  public static void create(ProofDatabase database, String name, TableLayout layout) {
    database.execute(
        "CREATE OR REPLACE TEMP TABLE %s (%s DATE, %s VARCHAR, %s)"
            .formatted(
                name,
                DAY,
                MISFITS,
                columns(layout.allColumns()).stream()
                    .map(SqlColumn::definition)
                    .collect(Collectors.joining(", "))));
  }

  /** Adds a row, on the day that its own columns say. */
  public void add(StoredRow row) {
    add(layout.day(row), row);
  }

  /** Adds a row. */
  public void add(LocalDate day, StoredRow row) {
    List<Object> values = new ArrayList<>(columns.size() + 2);
    values.add(day);
    values.add(null);
    ObjectNode misfits = null;
    for (SqlColumn column : columns) {
      Object value = row.value(column.column());
      Optional<Object> fit = value == null ? Optional.empty() : column.fit(value);
      if (value != null && fit.isEmpty()) {
        misfits = misfits == null ? MAPPER.createObjectNode() : misfits;
        misfits.put(column.column().name(), Cell.text(value));
      }
      values.add(fit.orElse(null));
    }
    if (misfits != null) {
      values.set(1, misfits.toString());
    }
    appender.row(values.toArray());
  }

  /** What a row's columns could not hold, by column. */
  static Map<String, String> misfits(String json) {
    if (json == null) {
      return Map.of();
    }
    try {
      return MAPPER.readerForMapOf(String.class).readValue(json);
    } catch (IOException e) {
      throw new IllegalStateException("Written above, and no longer JSON: " + json, e);
    }
  }

  /** The columns that a layout stages, as they are named. */
  static List<SqlColumn> columns(List<TopicColumn> columns) {
    return columns.stream().map(SqlColumn::new).toList();
  }

  @Override
  public void close() {
    appender.close();
  }
}
