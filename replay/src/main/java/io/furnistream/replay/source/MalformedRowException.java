package io.furnistream.replay.source;

/** A row that does not fit the header. */
public final class MalformedRowException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Row row;

  MalformedRowException(Row row, String message) {
    super(message);
    this.row = row;
  }

  /** What there is of it. */
  public Row row() {
    return row;
  }
}
