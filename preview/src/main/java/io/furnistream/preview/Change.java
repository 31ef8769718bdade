package io.furnistream.preview;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a transform did to one part of a record.
 *
 * @param field its path, such as {@code value.ts_year} or {@code topic}
 * @param before null when it was not there
 * @param after null when it is gone
 */
record Change(String field, Cell before, Cell after) {

  /** What differs between two records. */
  static List<Change> between(Map<String, Cell> before, Map<String, Cell> after) {
    List<Change> changes = new ArrayList<>();
    before.forEach(
        (field, cell) -> {
          if (!cell.equals(after.get(field))) {
            changes.add(new Change(field, cell, after.get(field)));
          }
        });
    after.forEach(
        (field, cell) -> {
          if (!before.containsKey(field)) {
            changes.add(new Change(field, null, cell));
          }
        });
    return changes;
  }

  /** The change in a word. */
  String kind() {
    if (before == null) {
      return "added";
    }
    return after == null ? "removed" : "changed";
  }
}
