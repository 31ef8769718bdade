package io.furnistream.command;

import io.furnistream.cli.ExitStatus;
import io.furnistream.stack.ServiceStatus;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code furnistream up}. */
@Command(name = "up", description = "Starts the stack and waits until every service answers.")
final class UpCommand implements Callable<Integer> {

  @ParentCommand private Furnistream root;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    up(root, spec.commandLine().getErr());
    Links.print(root.stateFolder(), root.endpoints(), spec.commandLine().getOut());
    return ExitStatus.DONE;
  }

  /** Starts the stack, telling of each service as it gets ready. */
  static void up(Furnistream root, PrintWriter progress) throws Exception {
    long began = System.nanoTime();
    progress.println("Starting the stack in " + root.stateFolder().root());
    progress.flush();
    root.control().up(root.ports(), service -> tell(service, began, progress));
  }

  private static void tell(ServiceStatus service, long began, PrintWriter progress) {
    progress.println(
        String.format(
            Locale.ROOT,
            "  %-10s ready on port %d after %d s",
            service.name(),
            service.port(),
            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)));
    progress.flush();
  }
}
