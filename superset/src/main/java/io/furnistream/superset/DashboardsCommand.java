package io.furnistream.superset;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code furnistream dashboards}. */
@Command(name = "dashboards", description = "Makes the dashboards for any Superset 6.")
public final class DashboardsCommand implements Callable<Integer> {

  private final Path assets;
  private final Supplier<BundleSettings> settings;

  @Spec private CommandSpec spec;

  /**
   * The command.
   *
   * @param assets the folder of the dashboards' YAML
   * @param settings where the stack's Superset finds its data, for what no option says
   */
  public DashboardsCommand(Path assets, Supplier<BundleSettings> settings) {
    this.assets = assets;
    this.settings = settings;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitStatus.CANNOT_RUN;
  }

  /** {@code furnistream dashboards build}. */
  @Command(
      name = "build",
      description = {
        "Checks the dashboards' YAML and makes the zip that Superset imports.",
        "At import Superset asks for the password of report_reader."
      })
  int build(
      @Option(
              names = "--output",
              paramLabel = "FILE",
              defaultValue = "furnistream-dashboards.zip",
              description = "Where to write it, default ${DEFAULT-VALUE}.")
          Path output,
      @Option(
              names = "--postgres",
              paramLabel = "HOST:PORT",
              description = "PostgreSQL as Superset reaches it. Default: the stack's.")
          String postgres,
      @Option(
              names = "--export",
              paramLabel = "FOLDER",
              description = "The closed days as Superset sees them. Default: the stack's.")
          Path export,
      @Option(
              names = "--base-map",
              paramLabel = "URL",
              description =
                  "What maps are drawn on: tile://, then a path or URL of tiles with {z}, {x} and"
                      + " {y}; or a style of Mapbox. Default: tiles of the stack's own Superset.")
          String baseMap) {
    BundleSettings defaults = settings.get();
    BundleSettings asked =
        new BundleSettings(
            postgres == null ? defaults.postgres() : postgres,
            export == null ? defaults.exportFolder() : export.toAbsolutePath().normalize(),
            baseMap == null ? defaults.baseMap() : baseMap,
            defaults.currency());
    byte[] bundle = Bundle.build(assets, asked);
    try {
      Files.write(output, bundle);
    } catch (IOException e) {
      throw new CannotRunException(
          "Cannot write %s: %s. Name another file with --output.".formatted(output, e.getMessage()),
          e);
    }
    spec.commandLine().getOut().println(output + ": " + bundle.length + " bytes");
    spec.commandLine().getOut().flush();
    return ExitStatus.DONE;
  }
}
