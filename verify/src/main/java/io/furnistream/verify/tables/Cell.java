package io.furnistream.verify.tables;

import io.furnistream.schemas.IdChecksum;
import io.furnistream.schemas.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Objects;

/** How single values are compared and shown: counts, amounts, checksums, text, or null. */
public final class Cell {

  private static final BigInteger CHECKSUM_MODULUS = BigInteger.ONE.shiftLeft(128);

  private static final int MOST_DIGITS = 60;

  private Cell() {}

  /** Whether two values are the same; 1.50 and 1.5000 are. */
  public static boolean same(Object left, Object right) {
    if (left instanceof BigDecimal l && right instanceof BigDecimal r) {
      return l.compareTo(r) == 0;
    }
    return Objects.equals(left, right);
  }

  /**
   * The value as reports show it: amounts with four decimals, more only where it has more; null for
   * null.
   */
  public static String text(Object value) {
    if (value instanceof BigDecimal amount && !isPlain(amount)) {
      // No amount of ours: written out, it could have a thousand million digits.
      return amount.toString();
    }
    if (value instanceof BigDecimal amount) {
      int needed = amount.stripTrailingZeros().scale();
      return amount.setScale(Math.max(Money.SCALE, needed)).toPlainString();
    }
    return Objects.toString(value, null);
  }

  /**
   * How much more was found than expected, or null where values have no difference. The difference
   * of two checksums, modulo 2^128, is the one id that is too many when just one is.
   */
  static String difference(Object expected, Object found) {
    if (expected instanceof BigDecimal e && found instanceof BigDecimal f && isPlain(f)) {
      return text(f.subtract(e));
    }
    if (expected instanceof Long e && found instanceof Long f) {
      return Long.toString(f - e);
    }
    if (expected instanceof IdChecksum e && found instanceof IdChecksum f) {
      BigInteger more = number(f).subtract(number(e)).mod(CHECKSUM_MODULUS);
      return String.format(Locale.ROOT, "%032x", more);
    }
    return null;
  }

  private static boolean isPlain(BigDecimal amount) {
    long digits = (long) amount.precision() - amount.scale();
    return digits <= MOST_DIGITS && amount.scale() <= MOST_DIGITS;
  }

  private static BigInteger number(IdChecksum checksum) {
    return new BigInteger(checksum.toString(), 16);
  }
}
