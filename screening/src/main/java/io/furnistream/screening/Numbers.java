package io.furnistream.screening;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers of all classes as decimals, so that none of them is judged by its class. */
final class Numbers {

  // Some 1,200 digits. Comparing takes seconds when a record has a million of them.
  private static final int MAX_BITS = 4096;

  private Numbers() {}

  /**
   * The number as a decimal; null when the value is not a number, NaN, infinite, or of more than
   * 4096 bits.
   */
  static BigDecimal decimal(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.unscaledValue().bitLength() <= MAX_BITS ? decimal : null;
    }
    if (value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte) {
      return BigDecimal.valueOf(((Number) value).longValue());
    }
    if (value instanceof BigInteger integer) {
      return integer.bitLength() <= MAX_BITS ? new BigDecimal(integer) : null;
    }
    if (value instanceof Double || value instanceof Float) {
      // Through its text, so that 0.1 is 0.1, as a float too.
      return Double.isFinite(((Number) value).doubleValue())
          ? new BigDecimal(value.toString())
          : null;
    }
    return null;
  }
}
