package io.furnistream.datagen.faults;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Which faults a dataset has. Shares are fractions of its records, 0 to {@link #MOST}.
 *
 * @param late records sent after records of later times
 * @param duplicates records sent a second time
 * @param corrections records of which something else is said first
 * @param poison records that every store must refuse, for each that is true
 * @param drift whether a tenth of the records is written by other schemas than the contract's
 */
public record FaultShares(
    BigDecimal late,
    BigDecimal duplicates,
    BigDecimal corrections,
    BigDecimal poison,
    boolean drift) {

  /** Most of a share. */
  public static final BigDecimal MOST = new BigDecimal("0.5");

  /** No faults. */
  public static final FaultShares NONE =
      new FaultShares(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, false);

  private static final int DIGITS = 2;

  /** Whether there are none. */
  public boolean isNone() {
    return arguments().isEmpty();
  }

  /** The arguments of {@code generate} that ask for them; empty when there are none. */
  public String arguments() {
    List<String> arguments = new ArrayList<>();
    add(arguments, "--late", late);
    add(arguments, "--duplicates", duplicates);
    add(arguments, "--corrections", corrections);
    add(arguments, "--poison", poison);
    if (drift) {
      arguments.add("--drift");
    }
    return String.join(" ", arguments);
  }

  // The same share must give the same text, since the dataset's name depends on it: 1.0% is 1%.
  private static void add(List<String> arguments, String option, BigDecimal share) {
    if (share.signum() > 0) {
      String percent = share.movePointRight(DIGITS).stripTrailingZeros().toPlainString();
      arguments.add(option + " " + percent + "%");
    }
  }
}
