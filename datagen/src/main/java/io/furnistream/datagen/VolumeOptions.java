package io.furnistream.datagen;

import io.furnistream.cli.PercentConverter;
import io.furnistream.datagen.sales.Volume;
import io.furnistream.datagen.store.Demand;
import java.math.BigDecimal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how much is generated of each day. */
final class VolumeOptions {

  /** Most records a day. */
  static final int MAX_RECORDS = 5_000_000;

  private static final int DEFAULT_RECORDS = 500;

  /** As in a store file. */
  private static final BigDecimal MAX_RETURNS = new BigDecimal("0.2");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--records",
      paramLabel = "N",
      description =
          "Records (order lines) a day, exactly; 1 to "
              + MAX_RECORDS
              + ", default "
              + DEFAULT_RECORDS
              + ".")
  private Long records;

  @Option(
      names = "--demand",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "N",
      description = {
        "Instead of --records: the demand model says how many, by growth, season, holidays,",
        "promotions. N lines on an average day of the store's first year, 1 to "
            + MAX_RECORDS
            + "; without N, as the store file says."
      })
  private String demand;

  @Option(
      names = "--returns",
      paramLabel = "PERCENT",
      converter = PercentConverter.class,
      description = {
        "Lines that come back, such as 2%% or 0.5%%, 20%% at most. Default: none with --records,",
        "as the store file says with --demand."
      })
  private BigDecimal returns;

  /**
   * Checks what does not depend on the store.
   *
   * @throws ParameterException when an option is out of bounds, or excludes another
   */
  void requireSound() {
    require(
        records == null || demand == null,
        "--records and --demand exclude each other: leave one out");
    require(
        records == null || (records >= 1 && records <= MAX_RECORDS),
        "--records is 1 to " + MAX_RECORDS + ", not " + records);
    require(
        demand == null || demand.isEmpty() || isLines(demand),
        "--demand is 1 to " + MAX_RECORDS + ", or without a number, not " + demand);
    require(
        returns == null
            || (returns.compareTo(MAX_RETURNS) <= 0 && returns.scale() <= Volume.SHARE_SCALE),
        "--returns is 0% to 20%, with two decimals at most");
  }

  /** Whether the demand model says how many lines there are. */
  boolean isModelled() {
    return demand != null;
  }

  /** Those of its options that live sales do not have; empty when none was given. */
  String notLive() {
    return records != null ? "--records" : returns != null ? "--returns" : "";
  }

  /** How much is generated of a store that people shop in so. */
  Volume of(Demand store) {
    if (demand == null) {
      int lines = records == null ? DEFAULT_RECORDS : Math.toIntExact(records);
      return Volume.exactly(lines, returns == null ? 0 : Volume.share(returns));
    }
    return Volume.modelled(
        modelledLines(store), Volume.share(returns == null ? store.returns().share() : returns));
  }

  /** Lines of an average day of a store that people shop in so, where the demand model counts. */
  int modelledLines(Demand store) {
    return demand.isEmpty() ? store.lines() : Integer.parseInt(demand);
  }

  private static boolean isLines(String number) {
    return number.matches("[1-9][0-9]{0,6}") && Integer.parseInt(number) <= MAX_RECORDS;
  }

  private void require(boolean sound, String message) {
    if (!sound) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
