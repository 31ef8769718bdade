package io.furnistream.command;

import io.furnistream.cli.ExitStatus;
import io.furnistream.stack.StackControl;
import java.io.PrintWriter;
import java.util.Set;
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
      "Stops services for a while, to see that the others wait for them, or go on where there are"
          + " several of each, and that no number is lost: run verify afterwards.",
      "Ends when they are ready again. Ctrl-C ends the outage early."
    })
final class OutageCommand implements Callable<Integer> {

  private static final int LONGEST_SECONDS = 3600;

  @ParentCommand private Furnistream root;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SERVICE", arity = "1..*", description = "As status names them.")
  private Set<String> services;

  @Option(names = "--kill", description = "Kills them all at once, as kill -9 does.")
  private boolean kill;

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
    String names = String.join(", ", services);
    StackControl.Work outage =
        () -> {
          err.println("Away for " + seconds + " s: " + names);
          err.flush();
          TimeUnit.SECONDS.sleep(seconds);
        };
    if (kill) {
      root.control().whileKilled(services, outage);
    } else {
      root.control().whileStopped(services, outage);
    }
    err.println("Ready again: " + names);
    err.flush();
    return ExitStatus.DONE;
  }
}
