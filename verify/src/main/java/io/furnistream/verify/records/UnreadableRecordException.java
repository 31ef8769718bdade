package io.furnistream.verify.records;

import io.furnistream.schemas.Faults;
import io.furnistream.screening.Failure;

/**
 * A record that does not count: it cannot be what its topic's contract says, or breaks a rule of
 * the screen. A fault in the data, not in the stack.
 */
public final class UnreadableRecordException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String rule;

  UnreadableRecordException(String message) {
    super(message);
    this.rule = Faults.UNREADABLE;
  }

  UnreadableRecordException(Throwable cause) {
    super(cause);
    this.rule = Faults.UNREADABLE;
  }

  UnreadableRecordException(Failure failure) {
    super(failure.message());
    this.rule = failure.rule();
  }

  /** The rule that it breaks, or {@value Faults#UNREADABLE}. */
  String rule() {
    return rule;
  }
}
