package io.furnistream.replay.lines;

import io.furnistream.replay.mapping.NumberStyle;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as people and programs write them: 1,234.50, $5, (12.00), 12-, 1.0E3, 15%. What could be
 * read in two ways is refused.
 */
final class NumberText {

  /** Digits of a number beyond which none is money or a count. */
  private static final int LONGEST = 60;

  /** A power of ten beyond which a number would take memory without end. */
  private static final int LARGEST_EXPONENT = 40;

  private static final Pattern CURRENCY = Pattern.compile("[\\p{Sc}]|\\b[A-Z]{3}\\b");
  private static final Pattern SPACES = Pattern.compile("[\\s\\u00A0\\u202F'\u2019]");
  private static final Pattern PLAIN =
      Pattern.compile(
          "(?<sign>[+-]?)(?<digits>\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE](?<exponent>[+-]?\\d{1,3}))?");

  private final Pattern grouped;
  private final String grouping;
  private final String decimal;

  NumberText(NumberStyle style) {
    this.decimal = String.valueOf(style.decimal());
    this.grouping = style.decimal() == '.' ? "," : ".";
    this.grouped =
        Pattern.compile(
            "[+-]?\\d{1,3}(?:"
                + Pattern.quote(grouping)
                + "\\d{3})+(?:"
                + Pattern.quote(decimal)
                + "\\d*)?");
  }

  /**
   * Reads a number.
   *
   * @throws UnreadableException when it is none, or could be two
   */
  BigDecimal read(String text) throws UnreadableException {
    String bare = text.strip();
    if (bare.length() > LONGEST) {
      throw new UnreadableException("is too long for a number");
    }
    boolean negative = false;
    if (bare.startsWith("(") && bare.endsWith(")")) {
      negative = true;
      bare = bare.substring(1, bare.length() - 1);
    }
    bare = CURRENCY.matcher(bare).replaceFirst("");
    boolean percent = bare.endsWith("%");
    if (percent) {
      bare = bare.substring(0, bare.length() - 1);
    }
    bare = SPACES.matcher(bare.replace('\u2212', '-')).replaceAll("");
    boolean trailing = bare.endsWith("-");
    if ((negative && (trailing || bare.startsWith("-"))) || (trailing && bare.startsWith("-"))) {
      throw notOne(text);
    }
    if (trailing) {
      negative = true;
      bare = bare.substring(0, bare.length() - 1);
    }
    BigDecimal number = plain(text, bare);
    if (percent) {
      number = number.movePointLeft(2);
    }
    return negative ? number.negate() : number;
  }

  private BigDecimal plain(String text, String bare) throws UnreadableException {
    String digits = bare;
    if (digits.contains(grouping)) {
      if (!grouped.matcher(digits).matches()) {
        throw notOne(text);
      }
      digits = digits.replace(grouping, "");
    }
    digits = digits.replace(decimal, ".");
    Matcher matcher = PLAIN.matcher(digits);
    if (!matcher.matches()) {
      throw notOne(text);
    }
    String exponent = matcher.group("exponent");
    if (exponent != null && Math.abs(Integer.parseInt(exponent)) > LARGEST_EXPONENT) {
      throw new UnreadableException("'%s' is too large or too small".formatted(text));
    }
    return new BigDecimal(digits);
  }

  private UnreadableException notOne(String text) {
    return new UnreadableException(
        "'%s' is not a number with the decimal '%s'".formatted(text, decimal));
  }
}
