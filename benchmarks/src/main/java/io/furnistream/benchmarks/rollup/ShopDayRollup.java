package io.furnistream.benchmarks.rollup;

import io.furnistream.benchmarks.MeasuredProcess;
import io.furnistream.cli.Commands;
import io.furnistream.rollup.RollupCommand;
import java.io.IOException;
import java.nio.file.Path;

/** {@code furnistream rollup} over a {@link ShopDay}; prints what it took, too. */
public final class ShopDayRollup {

  private ShopDayRollup() {}

  /** Arguments: the export folder, how many records. */
  public static void main(String[] args) throws IOException {
    String day = ShopDay.DAY.toString();
    int status =
        Commands.commandLine(
                RollupCommand.reading(new ShopDay(Long.parseLong(args[1])), Path.of(args[0])))
            .execute("--from", day, "--to", day);
    MeasuredProcess.end(status);
  }
}
