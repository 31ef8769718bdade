package io.furnistream.replay.lines;

/** A cell that does not say what it should; the message says why, and does not name the cell. */
final class UnreadableException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableException(String message) {
    super(message);
  }
}
