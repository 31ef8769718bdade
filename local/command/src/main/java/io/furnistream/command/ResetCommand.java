package io.furnistream.command;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.ExitStatus;
import java.io.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code furnistream reset}. */
@Command(
    name = "reset",
    description =
        "Stops the stack and deletes its state folder's data, closed days, logs and secrets. Asks"
            + " first. Days closed into another folder stay there.")
final class ResetCommand implements Callable<Integer> {

  @ParentCommand private Furnistream root;
  @Spec private CommandSpec spec;

  @Option(names = "--yes", description = "Does not ask.")
  private boolean yes;

  @Override
  public Integer call() throws Exception {
    if (!yes && !confirmed()) {
      spec.commandLine().getErr().println("Nothing was deleted.");
      return ExitStatus.ANSWER_IS_NO;
    }
    root.control().reset();
    spec.commandLine().getErr().println("Deleted the stack in " + root.stateFolder().root());
    return ExitStatus.DONE;
  }

  // JDK 17, the only one that the platform runs on, has no console when there is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  private boolean confirmed() {
    Console console = System.console();
    if (console == null) {
      throw new CannotRunException(
          "reset deletes all data in %s and there is no terminal to ask at. Say so with --yes."
              .formatted(root.stateFolder().root()));
    }
    String answer =
        console.readLine(
            "Delete all data, closed days, logs and secrets of the stack in %s? Type yes: ",
            root.stateFolder().root());
    return "yes".equals(answer);
  }
}
