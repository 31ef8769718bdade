package io.furnistream.screening;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** Shows a value in a message: on one line, and never much of it. */
final class Excerpt {

  /** How many characters of a value are shown at most. */
  static final int MAX_CHARACTERS = 100;

  // The digits of a number are worked out before they can be cut: this many bits take no time.
  private static final int MAX_BITS = 320;

  private Excerpt() {}

  static String of(Object value) {
    if (value instanceof String text) {
      return "'" + cut(text) + "'";
    }
    if (value instanceof Number number) {
      BigInteger digits =
          number instanceof BigDecimal decimal
              ? decimal.unscaledValue()
              : number instanceof BigInteger integer ? integer : BigInteger.ZERO;
      return digits.bitLength() > MAX_BITS ? "a number of very many digits" : cut(number + "");
    }
    if (value instanceof byte[] bytes) {
      return bytes.length + " bytes";
    }
    if (value instanceof ByteBuffer bytes) {
      return bytes.remaining() + " bytes";
    }
    if (value instanceof Boolean
        || value instanceof java.time.Instant
        || value instanceof java.time.LocalDate) {
      return cut(value.toString());
    }
    return "a " + value.getClass().getSimpleName();
  }

  private static String cut(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), MAX_CHARACTERS - 1); i++) {
      char c = text.charAt(i);
      // A surrogate without its other half is not text; a control character may be a new line.
      boolean plain = !Character.isISOControl(c) && !Character.isSurrogate(c);
      shown.append(plain ? c : '?');
    }
    return text.length() < MAX_CHARACTERS ? shown.toString() : shown + "…";
  }
}
