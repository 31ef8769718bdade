package io.furnistream.verify.records;

import io.furnistream.screening.Failure;

/**
 * A record that does not count: it cannot be what its topic's contract says, or breaks a rule of
 * the screen. A fault in the data, not in the stack.
 */
public final class UnreadableRecordException extends RuntimeException {

  /** Used instead of the rule's name when the record cannot be read. */
  static final String UNREADABLE = "unreadable";

  private static final long serialVersionUID = 1L;

  private final String rule;

  UnreadableRecordException(String message) {
    super(message);
    this.rule = UNREADABLE;
  }

  UnreadableRecordException(Throwable cause) {
    super(cause);
    this.rule = UNREADABLE;
  }

  UnreadableRecordException(Failure failure) {
    super(failure.message());
    this.rule = failure.rule();
  }

  /** The rule that it breaks, or {@value #UNREADABLE}. */
  String rule() {
    return rule;
  }
}
