package io.furnistream.command;

import io.furnistream.cli.Commands;
import io.furnistream.cli.DefaultDayOptions;
import io.furnistream.cli.ExitStatus;
import io.furnistream.datagen.GenerateCommand;
import io.furnistream.rollup.RollupCommand;
import io.furnistream.stack.Profile;
import io.furnistream.stack.Stack;
import io.furnistream.verify.VerifyCommand;
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
        "Starts the stack, has Airflow generate 30 days and close each into Parquet, and proves that"
            + " every store agrees. With --profile core, the jobs run without Airflow.")
final class DemoCommand implements Callable<Integer> {

  @ParentCommand private Furnistream root;
  @Spec private CommandSpec spec;

  @Mixin private ProfileOption profile;

  @Mixin
  private final DefaultDayOptions days =
      new DefaultDayOptions(LocalDate.parse("2023-12-01"), LocalDate.parse("2023-12-30"));

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
    boolean full = Stack.rememberedProfile(root.stateFolder()) == Profile.FULL;
    int status = full ? withAirflow() : withoutAirflow();
    if (status == ExitStatus.DONE) {
      status =
          Commands.commandLine(
                  new VerifyCommand(
                      root::endpoints,
                      root::exportFolder,
                      root::referenceFolder,
                      root::verifyFolder))
              .execute();
    }
    Links.print(root.stateFolder(), root.stack(), spec.commandLine().getOut());
    return status;
  }

  private int withAirflow() throws Exception {
    AirflowJobs jobs = new AirflowJobs(root.stack().airflow(), spec.commandLine().getErr());
    return jobs.generateAndClose(days.from(), days.to(), records, seed)
        ? ExitStatus.DONE
        : ExitStatus.ANSWER_IS_NO;
  }

  private int withoutAirflow() {
    int generated =
        Commands.commandLine(new GenerateCommand(root::endpoints))
            .execute(
                "--from", days.from().toString(),
                "--to", days.to().toString(),
                "--records", Integer.toString(records),
                "--seed", Long.toString(seed));
    if (generated != ExitStatus.DONE) {
      return generated;
    }
    return Commands.commandLine(new RollupCommand(root::endpoints, root::exportFolder))
        .execute("--from", days.from().toString(), "--to", days.to().toString());
  }
}
