package io.furnistream.verify.tables;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares a table of a store, row by row, with what it must be. */
final class TableComparison {

  /**
   * How many rows of a day are named one by one. A table that was never filled differs in every
   * row, and thousands of lines say no more than these.
   */
  static final int NAMED_ROWS = 5;

  // No store holds a zero character in a text: keys that differ never compare equal.
  private static final Comparator<List<String>> ALPHABETICAL =
      Comparator.comparing(key -> String.join("\0", key));

  private TableComparison() {}

  /**
   * Compares. Columns are those of {@code found}.
   *
   * @param store the store that holds the table
   * @param expected what the table must hold
   * @param found what it holds
   * @param open rows that these leave out are not compared
   */
  static ComparedTable compare(String store, Table expected, Table found, OpenDays open) {
    String name = store + "." + found.name();
    Set<LocalDate> days = new TreeSet<>(expected.days());
    days.addAll(found.days());
    long rows = 0;
    long differing = 0;
    List<Difference> differences = new ArrayList<>();
    for (LocalDate day : days) {
      ComparedTable compared = new Day(name, day, expected, found, open).compare();
      rows += compared.rows();
      differing += compared.differing();
      differences.addAll(compared.differences());
    }
    return new ComparedTable(name, rows, differing, differences);
  }

  /** One day of one table. */
  private record Day(String table, LocalDate day, Table expected, Table found, OpenDays open) {

    ComparedTable compare() {
      Map<List<String>, List<Object>> expectedRows = expected.rows(day);
      Map<List<String>, List<Object>> foundRows = found.rows(day);
      Set<List<String>> keys = new TreeSet<>(ALPHABETICAL);
      keys.addAll(expectedRows.keySet());
      keys.addAll(foundRows.keySet());
      keys.removeIf(key -> open.leaveOut(found.name(), day, key));

      List<Difference> differences = new ArrayList<>();
      long differing = 0;
      for (List<String> key : keys) {
        List<Difference> row = row(key, expectedRows.get(key), foundRows.get(key));
        if (!row.isEmpty() && ++differing <= NAMED_ROWS) {
          differences.addAll(row);
        }
      }
      if (differing > NAMED_ROWS) {
        differences.add(
            difference(
                null, "rows that agree", (long) keys.size(), (long) keys.size() - differing));
      }
      return new ComparedTable(table, keys.size(), differing, differences);
    }

    private List<Difference> row(
        List<String> key, List<Object> expectedValues, List<Object> foundValues) {
      String row = key.isEmpty() ? null : String.join(" / ", key);
      if (expectedValues == null) {
        return List.of(difference(row, "row", 0L, 1L));
      }
      if (foundValues == null) {
        return List.of(difference(row, "row", 1L, 0L));
      }
      List<Difference> differences = new ArrayList<>();
      for (int i = 0; i < found.columns().size(); i++) {
        String column = found.columns().get(i);
        Object must = expectedValues.get(expected.columns().indexOf(column));
        Object is = foundValues.get(i);
        if (!Cell.same(must, is)) {
          differences.add(difference(row, column, must, is));
        }
      }
      return differences;
    }

    private Difference difference(String row, String column, Object must, Object is) {
      return Difference.of(day, table, row, column, must, is);
    }
  }
}
