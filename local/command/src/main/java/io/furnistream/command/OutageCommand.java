package io.furnistream.command;

import io.furnistream.cli.ExitStatus;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code furnistream outage}. */
@Command(
    name = "outage",
    description = {
      "Stops one service for a while, to see that the others wait for it and that no number is"
          + " lost: run verify afterwards.",
      "Ends when the service is ready again. Ctrl-C ends the outage early."
    })
final class OutageCommand implements Callable<Integer> {

  private static final int LONGEST_SECONDS = 3600;

  @ParentCommand private Furnistream root;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SERVICE", description = "As status names it.")
  private String service;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long, 1 to 3600. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Override
  public Integer call() throws Exception {
    if (seconds < 1 || seconds > LONGEST_SECONDS) {
      throw new ParameterException(
          spec.commandLine(), "--seconds is a number from 1 to " + LONGEST_SECONDS + ".");
    }
    PrintWriter err = spec.commandLine().getErr();
    root.control()
        .whileStopped(
            service,
            () -> {
              err.println(service + " is away for " + seconds + " s.");
              err.flush();
              TimeUnit.SECONDS.sleep(seconds);
            });
    err.println(service + " is ready again.");
    err.flush();
    return ExitStatus.DONE;
  }
}
