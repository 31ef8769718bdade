package io.furnistream.aggregates.tables;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes numbers and text in the compact form of the state stores and internal topics. What it
 * writes depends only on the values: equal values give equal bytes on every machine.
 */
public final class ByteWriter {

  private static final int INITIAL_CAPACITY = 160;
  private static final int LOW_SEVEN_BITS = 0x7F;
  private static final int LONGEST_NUMBER = 10;
  private static final int LONGEST_WIDE_NUMBER = 19;
  private static final int MORE_FOLLOWS = 0x80;

  private byte[] bytes = new byte[INITIAL_CAPACITY];
  private int size;

  /** One byte: the lowest eight bits of {@code value}. */
  public ByteWriter octet(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /** Four bytes whose unsigned order is the order of the numbers. */
  public ByteWriter orderedInt(int value) {
    int flipped = value ^ Integer.MIN_VALUE;
    reserve(Integer.BYTES);
    bytes[size++] = (byte) (flipped >>> 24);
    bytes[size++] = (byte) (flipped >>> 16);
    bytes[size++] = (byte) (flipped >>> 8);
    bytes[size++] = (byte) flipped;
    return this;
  }

  /** One to ten bytes, few for a number near zero of either sign. */
  public ByteWriter number(long value) {
    return unsigned((value << 1) ^ (value >> 63));
  }

  /** A number of 128 bits: one to nineteen bytes, and where 64 bits hold it the same as theirs. */
  ByteWriter number(long low, long high) {
    long sign = high >> (Long.SIZE - 1);
    if (high == low >> (Long.SIZE - 1)) {
      return number(low);
    }
    reserve(LONGEST_WIDE_NUMBER);
    long restHigh = (high << 1 | low >>> (Long.SIZE - 1)) ^ sign;
    long rest = low << 1 ^ sign;
    while (restHigh != 0 || (rest & ~LOW_SEVEN_BITS) != 0) {
      bytes[size++] = (byte) ((rest & LOW_SEVEN_BITS) | MORE_FOLLOWS);
      rest = rest >>> 7 | restHigh << (Long.SIZE - 7);
      restHigh >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /** Text in UTF-8, preceded by its length, so that no text runs into the next. */
  public ByteWriter text(String value) {
    return block(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes preceded by their number. */
  public ByteWriter block(byte[] value) {
    return unsigned(value.length).raw(value);
  }

  /** Bytes as they are. */
  public ByteWriter raw(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  /** How many bytes were written. */
  public int size() {
    return size;
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private ByteWriter unsigned(long value) {
    reserve(LONGEST_NUMBER);
    long rest = value;
    while ((rest & ~LOW_SEVEN_BITS) != 0) {
      bytes[size++] = (byte) ((rest & LOW_SEVEN_BITS) | MORE_FOLLOWS);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
