package io.furnistream.transforms.tables;

import io.furnistream.transforms.text.KeyForm;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;

/**
 * How rows of text become what records are joined with. Keys are compared as text, in one form; a
 * text that repeats in a table is held once.
 *
 * @param keyColumns columns that name a row
 * @param columns what a row gives
 * @param keyForm in which keys are compared
 */
public record ReferenceTable(List<String> keyColumns, List<LookupColumn> columns, KeyForm keyForm) {

  /**
   * The key of a row or a record.
   *
   * @param texts of the key's fields
   * @return null when one of them is null: nothing is joined with nothing
   */
  public Object key(String[] texts) {
    String[] forms = new String[texts.length];
    for (int i = 0; i < texts.length; i++) {
      if (texts[i] == null) {
        return null;
      }
      forms[i] = keyForm.of(texts[i]);
    }
    return forms.length == 1 ? forms[0] : List.of(forms);
  }

  /**
   * The key of a row.
   *
   * @param row text by column; an empty text is null
   * @throws DataException when a part of it is null or white space
   */
  Object key(Map<String, String> row) {
    for (String column : keyColumns) {
      if (row.get(column) == null || keyForm.of(row.get(column)).isEmpty()) {
        throw new DataException("column " + column + ", which names the row, is empty");
      }
    }
    return key(keyColumns.stream().map(row::get).toArray(String[]::new));
  }

  /**
   * What a row gives.
   *
   * @param shared texts seen so far
   * @throws DataException naming the column, when a text is not of its type
   */
  Object[] values(Map<String, String> row, Map<Object, Object> shared) {
    Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      LookupColumn column = columns.get(i);
      String text = row.get(column.column());
      if (text != null) {
        try {
          Object value = column.type().read(text);
          Object seen = shared.putIfAbsent(value, value);
          values[i] = seen == null ? value : seen;
        } catch (RuntimeException e) {
          throw new DataException(
              "column " + column.column() + ": '" + text + "' is not of the type asked for", e);
        }
      }
    }
    return values;
  }

  /**
   * Refuses a table that lacks a column.
   *
   * @param found the table's columns
   */
  void requireColumns(Collection<String> found) {
    Map<String, Boolean> needed = new HashMap<>();
    keyColumns.forEach(column -> needed.put(column, true));
    columns.forEach(column -> needed.put(column.column(), true));
    found.forEach(needed::remove);
    if (!needed.isEmpty()) {
      throw new DataException("it has no column " + needed.keySet() + ", but " + found);
    }
  }
}
