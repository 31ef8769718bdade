package io.furnistream.schemas;

import io.furnistream.screening.Failure;

/** A record that breaks a rule of its topic's screen: a fault of the data. */
public final class UnsoundException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  UnsoundException(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  /** The rule that it breaks. */
  public Failure failure() {
    return failure;
  }
}
