package io.furnistream.verify.tables;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows of a table, by day and by the rest of their key: as they must be, or as a store holds them.
 * Not thread-safe.
 */
public class Table {

  private final String name;
  private final List<String> columns;
  private final Map<LocalDate, Map<List<String>, List<Object>>> days = new HashMap<>();

  /**
   * An empty table.
   *
   * @param name the table's name
   * @param columns those of its columns that are compared
   */
  public Table(String name, String... columns) {
    this.name = name;
    this.columns = List.of(columns);
  }

  /**
   * Adds or replaces a row.
   *
   * @param key what names the row within its day; empty where a day has one row
   * @param values in the order of the columns: Long, BigDecimal, String, IdChecksum or null
   */
  public void put(LocalDate day, List<String> key, Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          "A row of %s has %d values, not %d".formatted(name, columns.size(), values.length));
    }
    days.computeIfAbsent(day, d -> new HashMap<>()).put(key, Arrays.asList(values));
  }

  /** The table's name. */
  public String name() {
    return name;
  }

  /** Those of its columns that are compared. */
  public List<String> columns() {
    return columns;
  }

  /** The days that have rows. */
  public Set<LocalDate> days() {
    return Collections.unmodifiableSet(days.keySet());
  }

  /** The rows of a day, by key. */
  public Map<List<String>, List<Object>> rows(LocalDate day) {
    return Collections.unmodifiableMap(days.getOrDefault(day, Map.of()));
  }
}
