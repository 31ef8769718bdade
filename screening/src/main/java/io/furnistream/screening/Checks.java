package io.furnistream.screening;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.List;

/** The checks that look only at a value. */
final class Checks {

  private Checks() {}

  /** Text must have something in it that is not white space. */
  static Check notBlank() {
    return (value, clock) -> value instanceof String text && text.isBlank() ? "is blank" : null;
  }

  static Check type(ValueType type) {
    return (value, clock) ->
        type.takes(value) ? null : "is " + Excerpt.of(value) + ", not " + type.words();
  }

  /** Text of so many characters (Unicode code points) at most. */
  static Check maxLength(int max) {
    return (value, clock) -> {
      if (!(value instanceof String text)) {
        return "is " + Excerpt.of(value) + ", not text";
      }
      // Code points are counted only where there can be too many: counting takes longer.
      int length = text.length() <= max ? max : text.codePointCount(0, text.length());
      return length <= max ? null : "has " + length + " characters, more than " + max;
    };
  }

  /**
   * Text that matches as a whole. RE2 takes time in proportion to the text, whatever the pattern.
   */
  static Check pattern(Pattern pattern) {
    return (value, clock) -> {
      if (value instanceof String text && pattern.matches(text)) {
        return null;
      }
      return "is " + Excerpt.of(value) + ", which does not match " + pattern.pattern();
    };
  }

  /**
   * One of some values; numbers are compared as numbers, so that 1.0 is 1.
   *
   * @param allowed text, booleans and decimals
   */
  static Check allowed(List<Object> allowed) {
    return (value, clock) -> {
      BigDecimal number = Numbers.decimal(value);
      for (Object each : allowed) {
        if (number == null ? each.equals(value) : equal(each, number)) {
          return null;
        }
      }
      return "is " + Excerpt.of(value) + ", which is not among the values allowed";
    };
  }

  private static boolean equal(Object allowed, BigDecimal number) {
    return allowed instanceof BigDecimal other && other.compareTo(number) == 0;
  }
}
