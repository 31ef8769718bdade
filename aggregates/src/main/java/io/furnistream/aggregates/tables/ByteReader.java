package io.furnistream.aggregates.tables;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote, in the same order. */
public final class ByteReader {

  private static final int LOW_SEVEN_BITS = 0x7F;
  private static final int MORE_FOLLOWS = 0x80;

  private final byte[] bytes;
  private int position;

  /** Begins with the first byte. */
  public ByteReader(byte[] bytes) {
    this(bytes, 0);
  }

  /** Begins at {@code position}. */
  ByteReader(byte[] bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  /** Whether a byte is left. */
  public boolean hasRemaining() {
    return position < bytes.length;
  }

  /** One byte, 0 to 255. */
  public int octet() {
    return Byte.toUnsignedInt(bytes[position++]);
  }

  /** What {@link ByteWriter#orderedInt} wrote. */
  public int orderedInt() {
    int flipped = octet() << 24 | octet() << 16 | octet() << 8 | octet();
    return flipped ^ Integer.MIN_VALUE;
  }

  /** What {@link ByteWriter#number(long)} wrote. */
  public long number() {
    long value = unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  /**
   * A number of 128 bits.
   *
   * @param words takes its low 64 bits, and behind them the high ones
   * @param at where in {@code words}
   */
  void number(long[] words, int at) {
    long low = 0;
    long high = 0;
    int shift = 0;
    int octet;
    do {
      if (shift >= 2 * Long.SIZE) {
        throw new IllegalStateException("A number has more than 128 bits");
      }
      octet = octet();
      long bits = octet & LOW_SEVEN_BITS;
      if (shift < Long.SIZE) {
        low |= bits << shift;
        // What of them did not fit, where these are the ones on the border.
        high |= bits >>> 1 >>> (Long.SIZE - 1 - shift);
      } else {
        high |= bits << (shift - Long.SIZE);
      }
      shift += 7;
    } while ((octet & MORE_FOLLOWS) != 0);
    long sign = -(low & 1);
    words[at] = (low >>> 1 | high << (Long.SIZE - 1)) ^ sign;
    words[at + 1] = high >>> 1 ^ sign;
  }

  /** What {@link ByteWriter#text} wrote. */
  public String text() {
    int length = (int) unsigned();
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  /**
   * What {@link ByteWriter#block} wrote, without its length.
   *
   * @throws IllegalStateException when fewer bytes follow than its length says
   */
  public byte[] block() {
    return take((int) unsigned());
  }

  /** Everything that is left. */
  byte[] rest() {
    return take(bytes.length - position);
  }

  private byte[] take(int length) {
    if (length < 0 || length > bytes.length - position) {
      throw new IllegalStateException(
          "%d bytes are said to follow, and %d do".formatted(length, bytes.length - position));
    }
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
