package io.furnistream.transforms.text;

/** Values that have one text only, and so can name a topic or a row. */
public final class KeyText {

  /** Their types, in words. */
  public static final String ACCEPTED = "text, a whole number or a boolean";

  private KeyText() {}

  /** Whether this is such a value. */
  public static boolean accepts(Object value) {
    return value instanceof String
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte
        || value instanceof Boolean;
  }
}
