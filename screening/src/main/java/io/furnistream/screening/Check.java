package io.furnistream.screening;

import java.time.Clock;

/** One requirement of a rule for a value. */
interface Check {

  /**
   * Judges a value that is there.
   *
   * @param value never null
   * @return what is wrong, to follow the field's name; null when nothing is
   */
  String complaint(Object value, Clock clock);

  /** Whether the verdict on a value may change with time. */
  default boolean looksAtClock() {
    return false;
  }
}
