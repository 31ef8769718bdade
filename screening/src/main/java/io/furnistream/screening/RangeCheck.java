package io.furnistream.screening;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;

/**
 * A number between two bounds, both included, and none of those excepted.
 *
 * @param min null when there is no lower bound
 * @param max null when there is no upper bound
 * @param except numbers that are refused although they lie between
 */
record RangeCheck(BigDecimal min, BigDecimal max, List<BigDecimal> except) implements Check {

  RangeCheck {
    except = List.copyOf(except);
  }

  @Override
  public String complaint(Object value, Clock clock) {
    BigDecimal number = Numbers.decimal(value);
    if (number == null) {
      return "is " + Excerpt.of(value) + ", not a number";
    }
    if (min != null && number.compareTo(min) < 0) {
      return "is " + Excerpt.of(value) + ", less than " + min.toPlainString();
    }
    if (max != null && number.compareTo(max) > 0) {
      return "is " + Excerpt.of(value) + ", more than " + max.toPlainString();
    }
    for (BigDecimal refused : except) {
      if (number.compareTo(refused) == 0) {
        return "is " + refused.toPlainString();
      }
    }
    return null;
  }
}
