package io.furnistream.datagen.sales;

import java.math.BigDecimal;

/**
 * How much a dataset holds of each day.
 *
 * @param modelled whether the demand model says how many lines a day has, or every day has as many
 * @param lines lines a day: of an average day of the first year of growth where modelled, and
 *     otherwise of every day, returns included; 1 or more
 * @param returnShare returned lines in hundredths of a percent, 0 to 2,000: of the lines sold where
 *     modelled, otherwise of all
 */
public record Volume(boolean modelled, int lines, int returnShare) {

  /** A whole, in hundredths of a percent. */
  static final int WHOLE = 10_000;

  /** Decimals of a fraction that is so many hundredths of a percent. */
  public static final int SHARE_SCALE = 4;

  /** Most lines of a day, however much the model says. */
  static final int MOST = 50_000_000;

  /** Exactly as many lines on every day. */
  public static Volume exactly(int lines, int returnShare) {
    return new Volume(false, lines, returnShare);
  }

  /** As many lines as the model says. */
  public static Volume modelled(int lines, int returnShare) {
    return new Volume(true, lines, returnShare);
  }

  /**
   * A share in hundredths of a percent.
   *
   * @param fraction 0 to 1, with {@value #SHARE_SCALE} decimals at most
   */
  public static int share(BigDecimal fraction) {
    return fraction.movePointRight(SHARE_SCALE).intValueExact();
  }

  /**
   * The lines of a day.
   *
   * @param level demand of the day, times that of an average day of the first year of growth
   */
  public Lines on(double level) {
    if (!modelled) {
      int returned = share(lines);
      return new Lines(lines - returned, returned);
    }
    int sold = (int) Math.max(1, Math.min(MOST, Math.round(lines * level)));
    return new Lines(sold, share(sold));
  }

  private int share(int of) {
    return (int) (((long) of * returnShare + WHOLE / 2) / WHOLE);
  }

  /** What tells its datasets from others in their names: lower-case letters, digits, hyphens. */
  public String tag() {
    return (modelled ? "d" : "r") + lines + (returnShare > 0 ? "-b" + returnShare : "");
  }

  /** What to pass to the command to get it. */
  public String arguments() {
    String amount = modelled ? "--demand=" + lines : "--records " + lines;
    boolean usual = !modelled && returnShare == 0;
    return usual
        ? amount
        : amount
            + " --returns "
            + BigDecimal.valueOf(returnShare, 2).stripTrailingZeros().toPlainString()
            + "%";
  }

  /** Lines of a day. */
  public record Lines(int sold, int returned) {

    static final Lines NONE = new Lines(0, 0);

    public int all() {
      return sold + returned;
    }
  }
}
