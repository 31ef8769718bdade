package io.furnistream.command;

import io.furnistream.cli.Commands;
import io.furnistream.cli.ExitStatus;
import io.furnistream.cli.TimeoutOption;
import io.furnistream.stack.AggregatesReset;
import io.furnistream.stores.landing.CaughtUpCommand;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code furnistream aggregates}. */
@Command(
    name = "aggregates",
    description = "Manages the aggregates, the application behind the report's tables.",
    subcommands = AggregatesCommand.Reset.class)
final class AggregatesCommand implements Callable<Integer> {

  @ParentCommand private Furnistream root;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitStatus.CANNOT_RUN;
  }

  /** {@code furnistream aggregates reset}. */
  @Command(
      name = "reset",
      description = {
        "Empties the aggregated tables and computes everything again from the records in Kafka;"
            + " no record is touched. Dashboards fill up again meanwhile.",
        "Ends with 0 when every store has caught up, with 1 when it has not in time."
      })
  static final class Reset implements Callable<Integer> {

    @ParentCommand private AggregatesCommand parent;
    @Spec private CommandSpec spec;

    @Mixin private final TimeoutOption timeout = new TimeoutOption(600);

    @Override
    public Integer call() throws Exception {
      Duration limit = timeout.limit();
      PrintWriter err = spec.commandLine().getErr();
      new AggregatesReset(
              parent.root.control(),
              parent.root.stack(),
              message -> {
                err.println(message);
                err.flush();
              })
          .run();
      return Commands.commandLine(new CaughtUpCommand(parent.root::endpoints))
          .execute("--timeout", Long.toString(limit.toSeconds()));
    }
  }
}
