package io.furnistream.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.cli.ExitStatus;
import io.furnistream.stack.services.Service;
import io.furnistream.stack.supervisor.ServiceStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code furnistream status}. */
@Command(
    name = "status",
    description = "Shows the state of each service. Exit status 1 when one is not ready.")
final class StatusCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MIB = 1 << 20;

  @ParentCommand private Furnistream root;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Prints one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    List<ServiceStatus> services = root.control().status();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JSON.writeValueAsString(Map.of("services", services)));
    } else {
      print(services, out);
    }
    out.flush();
    return root.control().isReady() ? ExitStatus.DONE : ExitStatus.ANSWER_IS_NO;
  }

  private void print(List<ServiceStatus> services, PrintWriter out) {
    if (services.isEmpty()) {
      out.println("No stack was started in " + root.stateFolder().root());
      return;
    }
    out.printf(
        Locale.ROOT,
        "%-21s %-12s %8s %6s %9s %7s %10s%n",
        "SERVICE",
        "STATE",
        "PID",
        "PORT",
        "RESTARTS",
        "REPAIRS",
        "MEMORY");
    for (ServiceStatus service : services) {
      out.printf(
          Locale.ROOT,
          "%-21s %-12s %8s %6s %9d %7d %6.0f MiB  %s%n",
          service.name(),
          service.state(),
          service.pid() == 0 ? "-" : service.pid(),
          service.port() == Service.NO_PORT ? "-" : service.port(),
          service.restarts(),
          service.repairs(),
          service.residentBytes() / MIB,
          service.detail());
    }
  }
}
