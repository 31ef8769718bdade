package io.furnistream.cli;

import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The option {@code --export} of a command that writes or reads closed days: a mixin. */
public final class ExportOption {

  @Option(
      names = "--export",
      paramLabel = "FOLDER",
      description =
          "Where days are closed into (default: $"
              + Endpoints.EXPORT_DIR
              + ", else export/ in the state folder).")
  private Path export;

  /**
   * The folder of the closed days.
   *
   * @param unlessGiven asked when the option was not given
   */
  public Path folder(Supplier<Path> unlessGiven) {
    return export == null ? unlessGiven.get() : export;
  }
}
