package io.furnistream.command;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Commands;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.StopSignal;
import io.furnistream.cli.StoreCurrency;
import io.furnistream.cli.StoreZone;
import io.furnistream.cli.Version;
import io.furnistream.jobs.Jobs;
import io.furnistream.preview.PreviewCommand;
import io.furnistream.provision.ConnectorsCommand;
import io.furnistream.provision.PlatformFiles;
import io.furnistream.provision.ProvisionCommand;
import io.furnistream.provision.ProvisionTarget;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.stack.Stack;
import io.furnistream.stack.StackControl;
import io.furnistream.stack.python.GazetteerFiles;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import io.furnistream.superset.BundleSettings;
import io.furnistream.superset.DashboardsCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of the command line: where the stack is, and the subcommands. */
@Command(
    name = "furnistream",
    description =
        "Furniture Store Streaming Analytics that proves its numbers."
            + " (furnistream test runs every test there is but one; furnistream test --cluster runs that.)",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      ResetCommand.class,
      AggregatesCommand.class,
      OutageCommand.class
    },
    footer = {
      "",
      "Exit status: 0 done; 1 it ran and the answer is no; 2 wrong usage or something is missing."
    })
public final class Furnistream {

  private final Home home;

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      scope = ScopeType.INHERIT,
      description = "Holds data, logs and secrets of one stack. Default: var/ in the checkout.")
  private Path state;

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      scope = ScopeType.INHERIT,
      description =
          "Moves all ports as a block, 0 to 56000; from 23600 on, a port may be in use by an outgoing"
              + " connection. Default: as the stack was last started, else 0.")
  private Integer portOffset;

  /** A preview shows what tokens look like before there is a stack with a key of its own. */
  private static final String NO_STACKS_KEY = "of no stack, and therefore no secret";

  private Furnistream(Home home) {
    this.home = home;
  }

  /** Runs the command named by the arguments and ends the process with its status. */
  public static void main(String[] arguments) {
    StopSignal.exitWith(() -> commandLine(Home.fromSystemProperty()).execute(arguments));
  }

  /** The whole command line over one checkout. */
  static CommandLine commandLine(Home home) {
    Furnistream root = new Furnistream(home);
    CommandLine commandLine =
        Commands.commandLine(
            root,
            Jobs.commands(
                root::endpoints,
                root::exportFolder,
                root::referenceFolder,
                root::verifyFolder,
                root::gazetteer));
    return commandLine
        .addSubcommand(
            new DashboardsCommand(home.superset().resolve("assets"), root::bundleSettings))
        .addSubcommand(
            new ProvisionCommand(
                root::provisionTarget,
                () -> new PlatformFiles(root.connectorsFolder()),
                root::provisionSettings))
        .addSubcommand(
            new ConnectorsCommand(
                root::connectEndpoints,
                () -> new PlatformFiles(root.connectorsFolder()),
                root::connectSettings))
        .addSubcommand(new PreviewCommand(home::pluginFolders, root::endpoints, root::environment));
  }

  /** What the connectors' files may name of their worker's environment. */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putIfAbsent(Home.RULES, home.rules().toString());
    environment.putIfAbsent(Home.REFERENCE, home.reference().toString());
    environment.put(StoreZone.VARIABLE, StoreZone.fromEnvironment(environment).getId());
    environment.computeIfAbsent(
        Endpoints.PSEUDONYM_KEY,
        absent -> Stack.exists(stateFolder()) ? endpoints().pseudonymKey() : NO_STACKS_KEY);
    return environment;
  }

  /** Of the stack that --state names, else what the environment names. */
  private ProvisionTarget provisionTarget() {
    return state == null
        ? ProvisionTarget.fromEnvironment(System.getenv())
        : stack().provisionTarget();
  }

  private PlatformSettings provisionSettings() {
    return state == null ? PlatformSettings.current() : stack().settings();
  }

  /** Whether the environment, and no --state, says where Kafka Connect is. */
  private boolean namesConnect() {
    return state == null && !System.getenv().getOrDefault(Endpoints.CONNECT_URL, "").isBlank();
  }

  /** Of the Kafka Connect that the environment names, else of the stack of the state folder. */
  private Endpoints connectEndpoints() {
    return namesConnect() ? Endpoints.fromEnvironment(System.getenv()) : endpoints();
  }

  private PlatformSettings connectSettings() {
    return namesConnect() ? PlatformSettings.current() : stack().settings();
  }

  private Path connectorsFolder() {
    String folder = System.getenv(PlatformFiles.VARIABLE);
    return folder == null || folder.isBlank() ? home.connectors() : Path.of(folder);
  }

  Home home() {
    return home;
  }

  StateFolder stateFolder() {
    Path folder = state == null ? home.root().resolve("var") : state;
    return new StateFolder(folder.toAbsolutePath().normalize());
  }

  Path exportFolder() {
    return stateFolder().exportFolder();
  }

  Optional<Path> referenceFolder() {
    return Optional.of(home.reference());
  }

  Optional<Path> verifyFolder() {
    return Optional.of(stateFolder().verifyFolder());
  }

  private Optional<Path> gazetteer() {
    return Optional.of(GazetteerFiles.get(home, System.err::println));
  }

  StackControl control() {
    return new StackControl(home, stateFolder());
  }

  /** For another Superset, which does not have the views that the stack's has. */
  private BundleSettings bundleSettings() {
    try {
      return new BundleSettings(
          Stack.postgresAddress(ports()),
          exportFolder(),
          BundleSettings.OWN_TILES,
          StoreCurrency.fromEnvironment(System.getenv()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the stack in " + stateFolder().root(), e);
    }
  }

  /** The ports asked for, else those that the stack was last started with. */
  Ports ports() throws IOException {
    return portOffset == null ? Stack.rememberedPorts(stateFolder()) : new Ports(portOffset);
  }

  /**
   * Where the stack of the state folder answers.
   *
   * @throws CannotRunException when the folder holds no stack
   */
  Endpoints endpoints() {
    return stack().endpoints();
  }

  /**
   * The stack of the state folder.
   *
   * @throws CannotRunException when the folder holds no stack
   */
  Stack stack() {
    StateFolder folder = stateFolder();
    if (!Stack.exists(folder)) {
      throw new CannotRunException(
          "There is no stack in %s. Start one: furnistream up --state %s"
              .formatted(folder.root(), folder.root()));
    }
    try {
      return Stack.open(home, folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the stack in " + folder.root(), e);
    }
  }
}
