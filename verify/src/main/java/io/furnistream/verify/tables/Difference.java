package io.furnistream.verify.tables;

import java.time.LocalDate;
import java.util.List;

/**
 * One value that a store holds differently.
 *
 * @param day the store's own day
 * @param store the store, such as {@code cassandra}, or a table in it, such as {@code
 *     postgres.daily_address}
 * @param row what names the row within its day, such as its product; null where a day has one row
 * @param key the values of the key's columns that name the row, in their order; empty where no row
 *     of a table is named
 * @param column the figure or the table's column; {@code row} where a row is missing (expected 1,
 *     found 0) or should not be there (expected 0, found 1)
 * @param expected what must be found, as text; null where that is nothing
 * @param found what was found, as text; null where that is nothing
 * @param difference found - expected, as text; null for what has no difference, such as a name
 */
public record Difference(
    LocalDate day,
    String store,
    String row,
    List<String> key,
    String column,
    String expected,
    String found,
    String difference) {

  /**
   * The difference between two values.
   *
   * @param row what names the row within its day; null where a day has one row
   * @param expected Long, BigDecimal, String, IdChecksum or null
   * @param found a value of the same kind, or null
   */
  public static Difference of(
      LocalDate day, String store, String row, String column, Object expected, Object found) {
    return new Difference(
        day,
        store,
        row,
        List.of(),
        column,
        Cell.text(expected),
        Cell.text(found),
        Cell.difference(expected, found));
  }

  /**
   * The difference between two values of a row of a table.
   *
   * @param key the values of the key's columns; empty where a day has one row
   * @param expected Long, BigDecimal, String or null
   * @param found a value of the same kind, or null
   */
  public static Difference ofRow(
      LocalDate day, String store, List<String> key, String column, Object expected, Object found) {
    return new Difference(
        day,
        store,
        key.isEmpty() ? null : String.join(" / ", key),
        List.copyOf(key),
        column,
        Cell.text(expected),
        Cell.text(found),
        Cell.difference(expected, found));
  }

  /** Whether it is in this store or in one of its tables. */
  public boolean isIn(String storeName) {
    return store.equals(storeName) || store.startsWith(storeName + ".");
  }

  /** The difference in words, on one line. */
  public String inWords() {
    return "%s %s %s%s: expected %s, found %s%s"
        .formatted(
            day,
            store,
            column,
            row == null ? "" : " of " + row,
            orNothing(expected),
            orNothing(found),
            difference == null ? "" : ", difference " + difference);
  }

  private static String orNothing(String value) {
    return value == null ? "nothing" : value;
  }
}
