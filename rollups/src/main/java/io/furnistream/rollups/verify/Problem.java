package io.furnistream.rollups.verify;

import java.time.LocalDate;
import java.util.Locale;

/**
 * Something beside the numbers that a person must know.
 *
 * @param severity whether the numbers can be proved in spite of it
 * @param day the day it concerns, or null when it concerns all
 * @param message what is the matter and what to do
 */
record Problem(Severity severity, LocalDate day, String message) {

  /** What a problem means for the answer. */
  enum Severity {
    /** The numbers are not proved. */
    ERROR,
    /** The numbers stand. */
    WARNING;

    /** The name under which reports show it. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Problem error(LocalDate day, String message) {
    return new Problem(Severity.ERROR, day, message);
  }

  static Problem warning(String message) {
    return warning(null, message);
  }

  static Problem warning(LocalDate day, String message) {
    return new Problem(Severity.WARNING, day, message);
  }

  /** The problem in words, on one line. */
  String inWords() {
    return severity.text() + ": " + message;
  }

  boolean isError() {
    return severity == Severity.ERROR;
  }
}
