package io.furnistream.datagen.faults;

import io.furnistream.cli.PercentConverter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that ask for faults: a mixin. */
public final class FaultOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--late",
      paramLabel = "SHARE",
      converter = PercentConverter.class,
      defaultValue = "0%",
      description =
          "Share of the records that are sent late: half of them after their day's other records,"
              + " half after the next day's. 0%% to 50%%, such as 1%%.")
  private BigDecimal late;

  @Option(
      names = "--duplicates",
      paramLabel = "SHARE",
      converter = PercentConverter.class,
      defaultValue = "0%",
      description = "Share that is sent a second time, up to 1000 records later. 0%% to 50%%.")
  private BigDecimal duplicates;

  @Option(
      names = "--corrections",
      paramLabel = "SHARE",
      converter = PercentConverter.class,
      defaultValue = "0%",
      description =
          "Share of which something else is said first: another quantity, price or way of payment,"
              + " or that it is taken back. 0%% to 50%%.")
  private BigDecimal corrections;

  @Option(
      names = "--poison",
      paramLabel = "SHARE",
      converter = PercentConverter.class,
      defaultValue = "0%",
      description =
          "Adds records that every store must refuse, as a share of the true ones. 0%% to 50%%."
              + " The ledger states how many there are.")
  private BigDecimal poison;

  @Option(
      names = "--drift",
      description =
          "Registers further schemas: two that daily_records takes, which write a tenth of the"
              + " records, and one that it does not, for --poison.")
  private boolean drift;

  /**
   * What was asked for.
   *
   * @throws ParameterException when a share is too large
   */
  public FaultShares shares() {
    Map<String, BigDecimal> shares = new LinkedHashMap<>();
    shares.put("--late", late);
    shares.put("--duplicates", duplicates);
    shares.put("--corrections", corrections);
    shares.put("--poison", poison);
    shares.forEach(
        (option, share) -> {
          if (share.compareTo(FaultShares.MOST) > 0) {
            throw new ParameterException(
                command.commandLine(), option + " is at most 50%: a share of the day's records");
          }
        });
    // A record has one of these, so that each can be told from the other.
    if (late.add(duplicates).add(corrections).compareTo(BigDecimal.ONE) > 0) {
      throw new ParameterException(
          command.commandLine(),
          "--late, --duplicates and --corrections are at most 100% together: a record has one");
    }
    return new FaultShares(late, duplicates, corrections, poison, drift);
  }
}
