package io.furnistream.cli;

/**
 * What a command was given to read is wrong, and will be until somebody changes it: to run the
 * command again would not help.
 */
public final class WrongInputException extends CannotRunException {

  /** An error whose message names the cure. */
  public WrongInputException(String message) {
    super(message);
  }

  /** An error whose message names the cure, with what caused it. */
  public WrongInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
