package io.furnistream.aggregates;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote, in the same order. */
final class ByteReader {

  private static final int LOW_SEVEN_BITS = 0x7F;
  private static final int MORE_FOLLOWS = 0x80;

  private final byte[] bytes;
  private int position;

  ByteReader(byte[] bytes) {
    this(bytes, 0);
  }

  /** Begins at {@code position}. */
  ByteReader(byte[] bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  boolean hasRemaining() {
    return position < bytes.length;
  }

  /** One byte, 0 to 255. */
  int octet() {
    return Byte.toUnsignedInt(bytes[position++]);
  }

  int orderedInt() {
    int flipped = octet() << 24 | octet() << 16 | octet() << 8 | octet();
    return flipped ^ Integer.MIN_VALUE;
  }

  long number() {
    long value = unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  String text() {
    int length = (int) unsigned();
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  byte[] block() {
    return take((int) unsigned());
  }

  /** Everything that is left. */
  byte[] rest() {
    return take(bytes.length - position);
  }

  private byte[] take(int length) {
    byte[] block = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return block;
  }

  private long unsigned() {
    long value = 0;
    int shift = 0;
    int octet = octet();
    while ((octet & MORE_FOLLOWS) != 0) {
      value |= (long) (octet & LOW_SEVEN_BITS) << shift;
      shift += 7;
      octet = octet();
    }
    return value | (long) octet << shift;
  }
}
