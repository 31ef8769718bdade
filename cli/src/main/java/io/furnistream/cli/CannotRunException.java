package io.furnistream.cli;

/**
 * Something that a command needs is missing or wrong. The message is for the person at the
 * terminal: it names what is the matter and what to do next. It is printed without a stack trace
 * and the command ends with {@link ExitStatus#CANNOT_RUN}.
 */
public class CannotRunException extends RuntimeException {

  /** An error whose message names the cure. */
  public CannotRunException(String message) {
    super(message);
  }

  /** An error whose message names the cure, with what caused it. */
  public CannotRunException(String message, Throwable cause) {
    super(message, cause);
  }
}
