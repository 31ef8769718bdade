package io.furnistream.verify.records;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many records may be refused that no run announced.
 *
 * @param text as it was written
 * @param limit of records, or of a hundred
 * @param isShare whether the limit is a percentage of the records
 */
public record AllowedRefusals(String text, BigDecimal limit, boolean isShare) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  // No limit that anybody needs has more digits.
  private static final Pattern NUMBER =
      Pattern.compile("([0-9]{1,18})|([0-9]{1,3}(?:\\.[0-9]{1,9})?)%");

  /**
   * Reads a number of records, such as 20, or a share of them, such as 0.5%.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static AllowedRefusals parse(String text) {
    Matcher matcher = NUMBER.matcher(text.strip());
    if (matcher.matches()) {
      boolean isShare = matcher.group(2) != null;
      BigDecimal limit = new BigDecimal(isShare ? matcher.group(2) : matcher.group(1));
      if (!isShare || limit.compareTo(HUNDRED) <= 0) {
        return new AllowedRefusals(text.strip(), limit, isShare);
      }
    }
    throw new IllegalArgumentException(
        "'%s' is neither a number of records, such as 20, nor a share of them, such as 0.5%%"
            .formatted(text));
  }

  /**
   * Whether so many are allowed.
   *
   * @param records how many records there are, refused ones included
   */
  boolean allow(long refused, long records) {
    BigDecimal count = BigDecimal.valueOf(refused);
    return isShare
        ? count.multiply(HUNDRED).compareTo(limit.multiply(BigDecimal.valueOf(records))) <= 0
        : count.compareTo(limit) <= 0;
  }
}
