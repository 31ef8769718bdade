package io.furnistream.transforms.tables;

/**
 * How many rows a table may have.
 *
 * @param rows the most, 1 or more
 * @param property that says so, for messages
 */
public record RowLimit(int rows, String property) {

  boolean allows(int found) {
    return found <= rows;
  }

  /** What is wrong with a table that has more rows, and the cure. */
  String refusal() {
    return "it has more than " + rows + " rows: raise " + property;
  }
}
