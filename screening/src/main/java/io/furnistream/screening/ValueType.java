package io.furnistream.screening;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.Predicate;

/** The types that a rule may ask for. */
enum ValueType {
  /** Text, without the character NUL, which many stores cannot hold. */
  TEXT("text without the character NUL", v -> v instanceof String s && s.indexOf('\0') < 0),
  UUID("uuid text (8-4-4-4-12 hexadecimal digits in lower case)", ValueType::isUuid),
  /** A number of any class that has no fraction. */
  INTEGER("a whole number", ValueType::isWhole),
  /** A number of any class, but not NaN or infinite. */
  NUMBER("a number", v -> Numbers.decimal(v) != null),
  BOOLEAN("true or false", Boolean.class::isInstance),
  TIMESTAMP("a timestamp", Instant.class::isInstance),
  DATE("a date", LocalDate.class::isInstance),
  BYTES("bytes", v -> v instanceof byte[] || v instanceof ByteBuffer);

  private static final int UUID_LENGTH = 36;

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // predicates without state
  private final Predicate<Object> takes;

  ValueType(String words, Predicate<Object> takes) {
    this.words = words;
    this.takes = takes;
  }

  /** The type in words. */
  String words() {
    return words;
  }

  /** The name under which a rule file knows it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean takes(Object value) {
    return takes.test(value);
  }

  // By hand: a regular expression takes ten times as long, and UUID.fromString accepts "1-1-1-1-1".
  private static boolean isUuid(Object value) {
    if (!(value instanceof String text) || text.length() != UUID_LENGTH) {
      return false;
    }
    for (int i = 0; i < UUID_LENGTH; i++) {
      char c = text.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      boolean digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      if (dash ? c != '-' : !digit) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWhole(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return true;
    }
    BigDecimal number = Numbers.decimal(value);
    if (number == null) {
      return false;
    }
    BigInteger digits = number.unscaledValue();
    if (number.scale() <= 0 || digits.signum() == 0) {
      return true;
    }
    // Ten to the scale has more bits than the scale says: a number of fewer is less than 1.
    return number.scale() <= digits.bitLength()
        && digits.mod(BigInteger.TEN.pow(number.scale())).signum() == 0;
  }
}
