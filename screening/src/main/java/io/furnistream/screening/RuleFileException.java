package io.furnistream.screening;

/**
 * A file that is not a valid rule file. The message names the file, the rule, the property and what
 * it takes.
 */
public final class RuleFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RuleFileException(String message) {
    super(message);
  }

  RuleFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
