package io.furnistream.command;

import io.furnistream.cli.ExitStatus;
import io.furnistream.stack.services.Service;
import io.furnistream.stack.supervisor.ServiceStatus;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code furnistream up}. */
@Command(name = "up", description = "Starts the stack and waits until every service answers.")
final class UpCommand implements Callable<Integer> {

  @ParentCommand private Furnistream root;
  @Spec private CommandSpec spec;

  @Mixin private ProfileOption profile;

  @Override
  public Integer call() throws Exception {
    up(root, profile, spec.commandLine().getErr());
    Links.print(root.stateFolder(), root.stack(), spec.commandLine().getOut());
    return ExitStatus.DONE;
  }

  /** Starts the stack, and reports each service as it gets ready. */
  static void up(Furnistream root, ProfileOption profile, PrintWriter progress) throws Exception {
    StackStore.requireFitting(System.getenv());
    long began = System.nanoTime();
    progress.println("Starting the stack in " + root.stateFolder().root());
    progress.flush();
    root.control()
        .up(
            root.ports(),
            profile.in(root.stateFolder()),
            service -> report(service, began, progress),
            installing -> {
              progress.println(installing);
              progress.flush();
            });
  }

  private static void report(ServiceStatus service, long began, PrintWriter progress) {
    progress.println(
        String.format(
            Locale.ROOT,
            "  %-21s ready%s after %d s",
            service.name(),
            service.port() == Service.NO_PORT ? "" : " on port " + service.port(),
            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)));
    progress.flush();
  }
}
