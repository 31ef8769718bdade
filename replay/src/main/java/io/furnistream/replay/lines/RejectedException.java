package io.furnistream.replay.lines;

import io.furnistream.replay.source.Row;

/** A row that is no sale. */
public final class RejectedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Row row;
  private final String column;
  private final String field;

  /**
   * Why.
   *
   * @param row which
   * @param column what to correct, or empty when it is the row as a whole
   * @param field of the sale that it is for; sums up rows that were rejected for the same reason
   * @param message what is wrong, for people
   */
  RejectedException(Row row, String column, String field, String message) {
    super(message);
    this.row = row;
    this.column = column;
    this.field = field;
  }

  /** Which row. */
  public Row row() {
    return row;
  }

  /** The column to correct, or empty. */
  public String column() {
    return column;
  }

  /** The field of a sale that cannot be made. */
  public String field() {
    return field;
  }
}
