package io.furnistream.command;

import io.furnistream.cli.Commands;
import io.furnistream.cli.ExitStatus;
import io.furnistream.datagen.GenerateCommand;
import io.furnistream.rollups.close.RollupCommand;
import io.furnistream.rollups.verify.VerifyCommand;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code furnistream demo}: the whole chain, once. */
@Command(
    name = "demo",
    description =
        "Starts the stack, generates 30 days, lands them, proves that every store agrees and closes"
            + " each day into Parquet.")
final class DemoCommand implements Callable<Integer> {

  @ParentCommand private Furnistream root;
  @Spec private CommandSpec spec;

  @Mixin private ProfileOption profile;

  @Option(
      names = "--from",
      defaultValue = "2023-12-01",
      description = "First day, in the store's zone. Default: ${DEFAULT-VALUE}.")
  private LocalDate from;

  @Option(
      names = "--to",
      defaultValue = "2023-12-30",
      description = "Last day. Default: ${DEFAULT-VALUE}.")
  private LocalDate to;

  @Option(
      names = "--records",
      defaultValue = "500",
      description = "Records a day. Default: ${DEFAULT-VALUE}.")
  private int records;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Another seed is another dataset. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() throws Exception {
    UpCommand.up(root, profile, spec.commandLine().getErr());
    int generated =
        Commands.commandLine(new GenerateCommand(root::endpoints))
            .execute(
                "--from", from.toString(),
                "--to", to.toString(),
                "--records", Integer.toString(records),
                "--seed", Long.toString(seed));
    if (generated != ExitStatus.DONE) {
      return generated;
    }
    int status = Commands.commandLine(new VerifyCommand(root::endpoints)).execute();
    if (status == ExitStatus.DONE) {
      // Only now: before, a sink may not have landed all that a day's files must hold.
      status =
          Commands.commandLine(new RollupCommand(root::endpoints, root::exportFolder))
              .execute("--from", from.toString(), "--to", to.toString());
    }
    Links.print(root.stateFolder(), root.stack(), spec.commandLine().getOut());
    return status;
  }
}
