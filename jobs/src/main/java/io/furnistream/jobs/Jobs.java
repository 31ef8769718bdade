package io.furnistream.jobs;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.ClientProperties;
import io.furnistream.cli.Commands;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.StopSignal;
import io.furnistream.cli.StoreName;
import io.furnistream.cli.StoreZone;
import io.furnistream.cli.Version;
import io.furnistream.datagen.GenerateCommand;
import io.furnistream.provision.ConnectorsCommand;
import io.furnistream.provision.PlatformFiles;
import io.furnistream.provision.ProvisionCommand;
import io.furnistream.provision.ProvisionTarget;
import io.furnistream.replay.ReplayCommand;
import io.furnistream.rollup.RollupCommand;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.stores.landing.CaughtUpCommand;
import io.furnistream.verify.VerifyCommand;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of {@code java -jar furnistream-jobs.jar}: the jobs, with endpoints from variables. */
@Command(
    name = "furnistream-jobs",
    description = {
      "The jobs of Furnistream, for a scheduler to call.",
      "Where the stack answers is read from the variables FURNISTREAM_BOOTSTRAP_SERVERS,"
          + " FURNISTREAM_REGISTRY_URL, FURNISTREAM_CONNECT_URL,"
          + " FURNISTREAM_CASSANDRA_CONTACT_POINTS, FURNISTREAM_CASSANDRA_DATACENTER and"
          + " FURNISTREAM_POSTGRES_URL, _USER and _PASSWORD; what is not set is on its usual"
          + " port of this machine. TLS and credentials are in the files that "
          + ClientProperties.VARIABLE
          + " (Kafka, the registry, Connect) and "
          + Endpoints.CASSANDRA_CONFIG
          + " name. `provision` also needs "
          + ProvisionTarget.POSTGRES_ADMIN_USER
          + ", _PASSWORD and _URL, and "
          + ProvisionTarget.WRITER_PASSWORD
          + ", and "
          + ProvisionTarget.CASSANDRA_ADMIN_USER
          + " and _PASSWORD where Cassandra asks for them. `verify` compares customers' tokens if it knows FURNISTREAM_PSEUDONYM_KEY, and keeps what it"
          + " has read in the folder "
          + Endpoints.VERIFY_DIR
          + ";"
          + " `replay` knows no city without "
          + Endpoints.GAZETTEER
          + ", the folder in which the packages of replay/gazetteer/requirements.txt are;"
          + " `generate`, `replay` and `rollup` take the store's time zone from "
          + StoreZone.VARIABLE
          + " (default: "
          + StoreZone.DEFAULT
          + "), and `generate` its store from "
          + StoreName.VARIABLE
          + ". How many copies, partitions and buckets there are is in the file that "
          + PlatformSettings.VARIABLE
          + " names; without it, as on one machine."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    footer = {
      "",
      "Exit status: 0 done; 1 it ran and the answer is no; 2 wrong usage or something is missing."
    })
public final class Jobs {

  private static final String LOGGING = "log4j2.configurationFile";

  @Option(
      names = "--result",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "Write how the job ended to this file, as JSON: outcome (done, answer_is_no, wrong_usage,"
              + " wrong_input, cannot_run or failed), error, and report, which is what --json prints.")
  private Path result;

  private Jobs() {}

  /** Runs the job named by the arguments and ends the process with its status. */
  public static void main(String[] arguments) {
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "classpath:io/furnistream/jobs/log4j2.properties");
    }
    StopSignal.exitWith(() -> commandLine(System.getenv()).execute(arguments));
  }

  /**
   * The jobs, as subcommands.
   *
   * @param endpoints where the stack answers; asked when a job runs
   * @param exportFolder where days are closed into; asked when a job runs
   * @param referenceFolder of the tables that the connectors look up in, if it is known; asked when
   *     a job runs
   * @param verifyFolder where verify keeps what it has read, if it is to; asked when a job runs
   * @param gazetteer folder of the gazetteer's packages, if there are any; asked when a file is
   *     replayed
   */
  public static Object[] commands(
      Supplier<Endpoints> endpoints,
      Supplier<Path> exportFolder,
      Supplier<Optional<Path>> referenceFolder,
      Supplier<Optional<Path>> verifyFolder,
      Supplier<Optional<Path>> gazetteer) {
    return new Object[] {
      new GenerateCommand(endpoints),
      new ReplayCommand(endpoints, gazetteer),
      new RollupCommand(endpoints, exportFolder),
      new CaughtUpCommand(endpoints),
      new VerifyCommand(endpoints, exportFolder, referenceFolder, verifyFolder)
    };
  }

  /** The whole command line over the variables of a process. */
  static CommandLine commandLine(Map<String, String> environment) {
    Jobs jobs = new Jobs();
    CommandLine commandLine =
        Commands.commandLine(
            jobs,
            commands(
                () -> Endpoints.fromEnvironment(environment),
                () -> exportFolder(environment),
                () -> Optional.of(connectors(environment).resolve("reference")),
                () -> folder(environment, Endpoints.VERIFY_DIR),
                () -> folder(environment, Endpoints.GAZETTEER)));
    commandLine
        .addSubcommand(
            new ProvisionCommand(
                () -> ProvisionTarget.fromEnvironment(environment),
                () -> platformFiles(environment)))
        .addSubcommand(
            new ConnectorsCommand(
                () -> Endpoints.fromEnvironment(environment), () -> platformFiles(environment)));
    ResultFile.attach(commandLine, () -> jobs.result);
    return commandLine;
  }

  /** Those that a variable names, else those that the build put beside the program. */
  private static PlatformFiles platformFiles(Map<String, String> environment) {
    return new PlatformFiles(connectors(environment));
  }

  private static Path connectors(Map<String, String> environment) {
    return folder(environment, PlatformFiles.VARIABLE).orElseGet(Jobs::connectorsBesideTheProgram);
  }

  private static Path connectorsBesideTheProgram() {
    try {
      Path program =
          Path.of(Jobs.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return program.resolveSibling("connectors");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<Path> folder(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(folder -> !folder.isBlank())
        .map(Path::of);
  }

  private static Path exportFolder(Map<String, String> environment) {
    String folder = environment.getOrDefault(Endpoints.EXPORT_DIR, "");
    if (folder.isEmpty()) {
      throw new CannotRunException(
          "No folder for the closed days. Name one with --export, or set "
              + Endpoints.EXPORT_DIR
              + ".");
    }
    return Path.of(folder);
  }
}
