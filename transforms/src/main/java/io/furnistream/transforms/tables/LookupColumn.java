package io.furnistream.transforms.tables;

import io.furnistream.transforms.fields.FieldPath;

/**
 * A column of a reference table that goes into records.
 *
 * @param field where it goes
 * @param column its name in the table
 * @param type what it is in a record
 */
public record LookupColumn(FieldPath field, String column, ColumnType type) {

  /** How one is written, in words. */
  public static final String SYNTAX = "COLUMN:TYPE, or FIELD=COLUMN:TYPE";

  /**
   * Reads {@code column:type} or {@code field=column:type}.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  public static LookupColumn parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("the type is missing");
    }
    int equals = text.indexOf('=');
    String column = text.substring(equals + 1, colon).strip();
    if (column.isEmpty()) {
      throw new IllegalArgumentException("the column's name is missing");
    }
    // A column's name is not a path: a dot in it is a dot.
    String field = equals < 0 ? "`" + column + "`" : text.substring(0, equals).strip();
    return new LookupColumn(
        FieldPath.parse(field), column, ColumnType.named(text.substring(colon + 1).strip()));
  }
}
