package io.furnistream.screening;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers of all classes as decimals, so that none of them is judged by its class. */
final class Numbers {

  private Numbers() {}

  /** The number as a decimal; null when the value is no number, NaN or infinite. */
  static BigDecimal decimal(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    if (value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte) {
      return BigDecimal.valueOf(((Number) value).longValue());
    }
    if (value instanceof BigInteger integer) {
      return new BigDecimal(integer);
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
