package io.furnistream.transforms;

/** Values that have one text only, and so can name a topic or a row. */
final class KeyText {

  /** Their types, in words. */
  static final String ACCEPTED = "text, a whole number or a boolean";

  private KeyText() {}

  /** Whether this is such a value. */
  static boolean has(Object value) {
    return value instanceof String
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte
        || value instanceof Boolean;
  }
}
