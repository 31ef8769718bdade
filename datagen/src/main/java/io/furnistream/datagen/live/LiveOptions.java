package io.furnistream.datagen.live;

import io.furnistream.datagen.sales.LiveDataset;
import io.furnistream.datagen.store.Store;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of sales that come in now. */
public final class LiveOptions {

  /** Most lines a second: a day of them can be counted again within minutes. */
  static final int MAX_RATE = 1_000;

  private static final int DEFAULT_RATE = 50;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--live",
      description = {
        "Instead of days: sales of now, until SIGTERM or Ctrl-C. The ledger is kept by the minute.",
        "Killed and started again, it goes on where it was. With --demand, today is always whole."
      })
  private boolean live;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description =
          "With --live, and without --demand: records (order lines) a second, 1 to "
              + MAX_RATE
              + ", default "
              + DEFAULT_RATE
              + ".")
  private Integer rate;

  /** Whether sales of now are asked for. */
  public boolean isLive() {
    return live;
  }

  /**
   * Checks them.
   *
   * @param modelled whether the demand model says how many come in
   * @throws ParameterException when one is out of bounds, or does not go with another
   */
  public void requireSound(boolean modelled) {
    require(live || rate == null, "--rate goes with --live: a day's records are --records");
    require(rate == null || !modelled, "--rate and --demand exclude each other: leave one out");
    require(
        rate == null || (rate >= 1 && rate <= MAX_RATE),
        "--rate is 1 to " + MAX_RATE + ", not " + rate);
  }

  /**
   * What is produced where the demand model does not say how much.
   *
   * @param store who sells
   */
  public LiveDataset atRate(Store store, long seed) {
    return new LiveDataset(store, seed, false, rate == null ? DEFAULT_RATE : rate);
  }

  private void require(boolean sound, String message) {
    if (!sound) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
