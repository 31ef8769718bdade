package io.furnistream.schemas;

import java.util.HexFormat;
import java.util.UUID;

/**
 * Sum of ids as unsigned 128-bit numbers, modulo 2^128. It does not depend on their order, two
 * disjoint sets add up to the checksum of their union, and unlike an exclusive or it sees an id
 * that occurs twice.
 *
 * @param high the upper 64 bits, unsigned
 * @param low the lower 64 bits, unsigned
 */
public record IdChecksum(long high, long low) {

  /** The checksum of no ids. */
  public static final IdChecksum ZERO = new IdChecksum(0, 0);

  private static final int HEX_DIGITS = 16;

  /** The checksum with one more id. */
  public IdChecksum add(UUID id) {
    return plus(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  /** The checksum of the ids of both. */
  public IdChecksum add(IdChecksum other) {
    return plus(other.high, other.low);
  }

  /**
   * Reads a checksum back from its text.
   *
   * @param text 32 hexadecimal digits
   * @throws IllegalArgumentException when it is anything else
   */
  public static IdChecksum parse(String text) {
    if (text.length() != 2 * HEX_DIGITS) {
      throw new IllegalArgumentException("An id checksum has 32 hexadecimal digits, not: " + text);
    }
    return new IdChecksum(
        HexFormat.fromHexDigitsToLong(text, 0, HEX_DIGITS),
        HexFormat.fromHexDigitsToLong(text, HEX_DIGITS, 2 * HEX_DIGITS));
  }

  /** 32 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }

  private IdChecksum plus(long otherHigh, long otherLow) {
    long sum = low + otherLow;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new IdChecksum(high + otherHigh + carry, sum);
  }
}
