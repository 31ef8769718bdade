package io.furnistream.verify.tables;

import java.time.LocalDate;
import java.util.Locale;

/**
 * Something other than the numbers that a person must know.
 *
 * @param severity whether the numbers can be proved in spite of it
 * @param day the day it concerns, or null when it concerns all
 * @param message what is the matter and what to do
 */
public record Problem(Severity severity, LocalDate day, String message) {

  /** What a problem means for the answer. */
  public enum Severity {
    /** The numbers are not proved. */
    ERROR,
    /** The numbers are proved all the same. */
    WARNING;

    /** The name under which reports show it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A problem because of which the numbers are not proved.
   *
   * @param day the day it concerns, or null when it concerns all
   */
  public static Problem error(LocalDate day, String message) {
    return new Problem(Severity.ERROR, day, message);
  }

  /** A problem that does not disprove the numbers; it concerns all days. */
  public static Problem warning(String message) {
    return warning(null, message);
  }

  public static Problem warning(LocalDate day, String message) {
    return new Problem(Severity.WARNING, day, message);
  }

  /** The problem in words, on one line. */
  public String inWords() {
    return severity.text() + ": " + message;
  }

  /** Whether the numbers are not proved because of it. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }
}
