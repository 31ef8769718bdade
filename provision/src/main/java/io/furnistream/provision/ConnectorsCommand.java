package io.furnistream.provision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.ClientProperties;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.cli.Reporting;
import io.furnistream.schemas.PlatformSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code furnistream connectors}: Kafka Connect's REST API, made idempotent from the JSON files.
 */
@Command(
    name = "connectors",
    description = "Manages the connectors through Kafka Connect's REST API.",
    subcommands = {
      ConnectorsCommand.Apply.class,
      ConnectorsCommand.Status.class,
      ConnectorsCommand.Pause.class,
      ConnectorsCommand.Resume.class,
      ConnectorsCommand.Restart.class
    })
public final class ConnectorsCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<Endpoints> endpoints;
  private final Supplier<PlatformFiles> files;
  private final Supplier<PlatformSettings> settings;

  @Spec private CommandSpec spec;

  /**
   * The command, under the settings of this process.
   *
   * @param endpoints where Kafka Connect answers, and what it asks for; asked when the command runs
   * @param files the connectors; asked when the command runs
   */
  public ConnectorsCommand(Supplier<Endpoints> endpoints, Supplier<PlatformFiles> files) {
    this(endpoints, files, PlatformSettings::current);
  }

  /**
   * The command.
   *
   * @param endpoints where Kafka Connect answers, and what it asks for; asked when the command runs
   * @param files the connectors; asked when the command runs
   * @param settings how many tasks and copies there are to be; asked when the command runs
   */
  public ConnectorsCommand(
      Supplier<Endpoints> endpoints,
      Supplier<PlatformFiles> files,
      Supplier<PlatformSettings> settings) {
    this.endpoints = endpoints;
    this.files = files;
    this.settings = settings;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitStatus.CANNOT_RUN;
  }

  /** Runs one request and says which server did not answer, when none did. */
  private <T> T ask(Request<T> request) throws InterruptedException {
    Endpoints where = endpoints.get();
    try {
      return request.send(
          new Connectors(
              where.connectUrl(),
              where.clientProperties(),
              files.get().connectors(),
              settings.get()));
    } catch (IOException e) {
      throw new CannotRunException(
          "Kafka Connect at %s does not answer correctly: %s. Start it, or set %s, and, where it asks for TLS or a password, %s."
              .formatted(
                  where.connectUrl(),
                  Reason.of(e),
                  Endpoints.CONNECT_URL,
                  ClientProperties.VARIABLE),
          e);
    }
  }

  private interface Request<T> {
    T send(Connectors connectors) throws IOException, InterruptedException;
  }

  /** {@code furnistream connectors apply}. */
  @Command(
      name = "apply",
      description =
          "Makes Kafka Connect run what the JSON files say; unchanged connectors are left.")
  static final class Apply implements Callable<Integer> {

    @ParentCommand private ConnectorsCommand parent;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      Map<String, Connectors.Change> changes = parent.ask(Connectors::apply);
      PrintWriter out = spec.commandLine().getOut();
      changes.forEach((name, change) -> out.println(name + " " + change));
      out.flush();
      return ExitStatus.DONE;
    }
  }

  /** {@code furnistream connectors status}. */
  @Command(
      name = "status",
      description = "Shows each connector and its tasks. Exit status 1 when one does not run.")
  static final class Status implements Callable<Integer>, Reporting {

    private static final String RUNNING = "RUNNING";

    @ParentCommand private ConnectorsCommand parent;
    @Spec private CommandSpec spec;

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    private ObjectNode document;

    @Override
    public Integer call() throws Exception {
      Map<String, JsonNode> states = parent.ask(Connectors::status);
      ArrayNode connectors = JSON.createArrayNode();
      boolean running = !states.isEmpty();
      for (JsonNode state : states.values()) {
        ObjectNode connector = connectors.addObject();
        connector.put("name", state.path("name").asText());
        connector.put("type", state.path("type").asText());
        connector.put("state", state.path("connector").path("state").asText());
        connector.set("tasks", state.path("tasks"));
        running &= runs(connector);
      }
      document = JSON.createObjectNode();
      document.set("connectors", connectors);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(document);
      } else {
        connectors.forEach(connector -> print(connector, out));
      }
      out.flush();
      return running ? ExitStatus.DONE : ExitStatus.ANSWER_IS_NO;
    }

    @Override
    public JsonNode report() {
      return document;
    }

    private static boolean runs(JsonNode connector) {
      boolean all =
          connector.path("state").asText().equals(RUNNING) && !connector.path("tasks").isEmpty();
      for (JsonNode task : connector.path("tasks")) {
        all &= task.path("state").asText().equals(RUNNING);
      }
      return all;
    }

    private static void print(JsonNode connector, PrintWriter out) {
      out.printf("%-28s %s%n", connector.path("name").asText(), connector.path("state").asText());
      for (JsonNode task : connector.path("tasks")) {
        out.printf("  task %-21s %s%n", task.path("id").asText(), task.path("state").asText());
        task.path("trace").asText().lines().limit(1).forEach(line -> out.println("    " + line));
      }
    }
  }

  /** A subcommand that does one thing to one connector. */
  private abstract static class Action implements Callable<Integer> {

    @ParentCommand private ConnectorsCommand parent;

    @Parameters(paramLabel = "NAME", description = "As connectors status names it.")
    private String name;

    private final String verb;

    Action(String verb) {
      this.verb = verb;
    }

    @Override
    public Integer call() throws Exception {
      return parent.ask(
          connectors -> {
            connectors.act(name, verb);
            return ExitStatus.DONE;
          });
    }
  }

  /** {@code furnistream connectors pause NAME}. */
  @Command(name = "pause", description = "Stops reading; what was read is still landed.")
  static final class Pause extends Action {
    Pause() {
      super("pause");
    }
  }

  /** {@code furnistream connectors resume NAME}. */
  @Command(name = "resume", description = "Continues after a pause.")
  static final class Resume extends Action {
    Resume() {
      super("resume");
    }
  }

  /** {@code furnistream connectors restart NAME}. */
  @Command(name = "restart", description = "Restarts a connector and all its tasks.")
  static final class Restart extends Action {
    Restart() {
      super("restart");
    }
  }
}
