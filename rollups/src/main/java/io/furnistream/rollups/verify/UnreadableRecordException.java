package io.furnistream.rollups.verify;

/**
 * A record that cannot be what its topic's contract says: a fault in the data, not in the stack.
 */
final class UnreadableRecordException extends RuntimeException {

  UnreadableRecordException(String message) {
    super(message);
  }

  UnreadableRecordException(Throwable cause) {
    super(cause);
  }
}
