package io.furnistream.command;

import io.furnistream.cli.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code furnistream down}. */
@Command(name = "down", description = "Stops every service; data, logs and secrets stay.")
final class DownCommand implements Callable<Integer> {

  @ParentCommand private Furnistream root;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    boolean ran = root.control().down();
    spec.commandLine()
        .getErr()
        .println((ran ? "Stopped the stack in " : "Nothing runs in ") + root.stateFolder().root());
    return ExitStatus.DONE;
  }
}
