package io.furnistream.endtoend.stack;

import io.furnistream.stack.process.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Runs the {@code furnistream} command as a person does, on an {@link OddMachine}: in a process of
 * its own, from what the build made.
 */
public final class CommandProcess {

  /** A demo may have to install Airflow and Superset first, on a machine that others use too. */
  private static final Duration LIMIT = Duration.ofMinutes(20);

  /** A JVM that lives for some minutes compiles no further than pays in these. */
  private static final String COMPILES_LITTLE = "-XX:TieredStopAtLevel=1";

  private static final Set<String> STARTING = Set.of("up", "demo");

  private final OddMachine machine = OddMachine.get();
  private final Path state;
  private final int portOffset;

  private final String profile;
  private final Map<String, String> variables;

  /**
   * Commands on one stack.
   *
   * @param profile what {@code up} and {@code demo} start
   */
  CommandProcess(Path state, int portOffset, String profile) {
    this(state, portOffset, profile, Map.of());
  }

  private CommandProcess(
      Path state, int portOffset, String profile, Map<String, String> variables) {
    this.state = state;
    this.portOffset = portOffset;
    this.profile = profile;
    this.variables = variables;
  }

  /** What a command left: its exit status, and what it printed. */
  public record Result(int status, String out, String err) {}

  /** What is added to every standard port of the stack. */
  public int portOffset() {
    return portOffset;
  }

  /** Runs a command on this stack to its end. */
  public Result run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).await();
  }

  /** Commands on the same stack with further variables in their environment. */
  public CommandProcess with(Map<String, String> variables) {
    return new CommandProcess(state, portOffset, profile, variables);
  }

  /** Starts a command on this stack. */
  public Running start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(machine.furnistream().toString()));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("--state", state.toString(), "--port-offset", Integer.toString(portOffset)));
    if (STARTING.contains(arguments[0])) {
      command.addAll(List.of("--profile", profile));
    }
    Path out = Files.createTempFile("furnistream-", ".out");
    Path err = Files.createTempFile("furnistream-", ".err");
    ProcessBuilder builder = machine.process(command);
    builder.environment().put("FURNISTREAM_OPTS", startsSooner(arguments[0]));
    builder.environment().put(Jvm.OPTIONS_VARIABLE, COMPILES_LITTLE);
    builder.environment().putAll(variables);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new Running(process, out, err);
  }

  /**
   * Half of what a command costs here is the JVM's own start: it takes the classes that the demo
   * has loaded from an archive. The launcher has one of its own where it has built the checkout.
   */
  private String startsSooner(String command) {
    String options = COMPILES_LITTLE;
    if (Files.exists(machine.furnistream().resolveSibling("local/command/target/classes.jsa"))) {
      return options;
    }
    Path classes = machine.classes(portOffset);
    if (command.equals("demo")) {
      return options + " -Xlog:disable -XX:ArchiveClassesAtExit=" + classes;
    }
    return Files.exists(classes) ? options + " -XX:SharedArchiveFile=" + classes : options;
  }

  /** A command that runs. */
  public record Running(Process process, Path out, Path err) {

    public Result await() throws IOException, InterruptedException {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(
            "Did not end within %s: %s%s"
                .formatted(LIMIT, Files.readString(out), Files.readString(err)));
      }
      Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return result;
    }
  }
}
