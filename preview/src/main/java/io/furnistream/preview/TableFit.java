package io.furnistream.preview;

import java.util.List;

/**
 * How a record fits a table, as far as the connector's configuration says: no database is queried.
 *
 * @param table its name; null when the configuration names none
 * @param note what the configuration leaves open; null when nothing
 * @param columns what goes where
 */
record TableFit(String table, String note, List<ColumnFit> columns) {

  /** Whether the record has every field that the configuration requires. */
  boolean fits() {
    return table != null && columns.stream().allMatch(ColumnFit::found);
  }

  /**
   * A column.
   *
   * @param column its name
   * @param source the field that fills it, such as {@code value.price}; two where it depends on
   *     whether the column is part of the table's primary key
   * @param type the field's type, or both types where they differ; null without a schema
   * @param primaryKey whether the configuration makes it part of the primary key
   * @param found whether the record has the field
   */
  record ColumnFit(String column, String source, String type, boolean primaryKey, boolean found) {}
}
