package io.furnistream.schemas;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Money is never a float, and always has this scale: decimal(18,4) in a record, decimal(38,4) where
 * it is a sum of records, which holds those of a day of 10^9 of the largest 10^11 times over.
 */
public final class Money {

  /** Digits behind the point. */
  public static final int SCALE = 4;

  /** Nothing, at the scale of money. */
  public static final BigDecimal ZERO = BigDecimal.ZERO.setScale(SCALE);

  private Money() {}

  /** The amount rounded half up to four decimals. */
  public static BigDecimal of(BigDecimal amount) {
    return amount.setScale(SCALE, RoundingMode.HALF_UP);
  }

  /**
   * price x quantity x (1 - discount), rounded half up to four decimals.
   *
   * @param discount a fraction, 0 to 1
   */
  public static BigDecimal revenue(BigDecimal price, long quantity, BigDecimal discount) {
    return of(
        price.multiply(BigDecimal.valueOf(quantity)).multiply(BigDecimal.ONE.subtract(discount)));
  }

  /** revenue - unitCost x quantity, rounded half up to four decimals. */
  public static BigDecimal profit(BigDecimal revenue, BigDecimal unitCost, long quantity) {
    return of(revenue.subtract(unitCost.multiply(BigDecimal.valueOf(quantity))));
  }
}
