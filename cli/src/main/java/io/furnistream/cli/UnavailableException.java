package io.furnistream.cli;

/** A service does not answer, or no longer: it may answer later. */
public class UnavailableException extends CannotRunException {

  /** An error whose message names the service and what to look at. */
  public UnavailableException(String message) {
    super(message);
  }

  /** An error whose message names the service and what to look at, with what caused it. */
  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
