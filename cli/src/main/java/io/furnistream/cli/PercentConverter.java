package io.furnistream.cli;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a share written as a percentage, {@code 0.5%}: a fraction, 0.005, of 0 to 1. */
public final class PercentConverter implements ITypeConverter<BigDecimal> {

  private static final Pattern PERCENT = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,4})?%");
  private static final int DIGITS = 2;

  @Override
  public BigDecimal convert(String text) {
    if (PERCENT.matcher(text).matches()) {
      BigDecimal share = new BigDecimal(text.substring(0, text.length() - 1)).movePointLeft(DIGITS);
      if (share.compareTo(BigDecimal.ONE) <= 0) {
        return share.signum() == 0 ? BigDecimal.ZERO : share.stripTrailingZeros();
      }
    }
    throw new TypeConversionException(
        "'"
            + text
            + "' is not a percentage: write a number of 0 to 100 with at most four decimals and"
            + " a %, such as 1% or 0.5%");
  }
}
