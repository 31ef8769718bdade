package io.furnistream.verify.tables;

import java.util.ArrayList;
import java.util.List;

/**
 * A table that was compared row by row.
 *
 * @param name the store and the table, such as {@code postgres.daily_address}
 * @param rows how many rows were compared: those that it holds and those that it must hold
 * @param differing how many of them differ
 * @param differences what differs, by day and row; of each day only the first rows
 */
public record ComparedTable(String name, long rows, long differing, List<Difference> differences) {

  /** How many of the rows agree. */
  public long agreeing() {
    return rows - differing;
  }

  /** Both parts of a table that was compared in parts. */
  public ComparedTable and(ComparedTable other) {
    List<Difference> all = new ArrayList<>(differences);
    all.addAll(other.differences);
    return new ComparedTable(name, rows + other.rows, differing + other.differing, all);
  }
}
