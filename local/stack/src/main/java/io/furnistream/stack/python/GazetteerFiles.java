package io.furnistream.stack.python;

import io.furnistream.stack.state.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The files by which a replay knows where cities are: those of packages of Python's index. */
public final class GazetteerFiles {

  private GazetteerFiles() {}

  /**
   * Gets them unless they are there.
   *
   * @param progress told when they have to be fetched
   * @return the folder in which the packages are
   * @throws io.furnistream.cli.CannotRunException when they cannot be had
   */
  public static Path get(Home home, Consumer<String> progress) {
    try {
      PythonEnvironment environment = environment(home);
      environment.ensure(progress);
      return environment.sitePackages();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the gazetteer was fetched", e);
    }
  }

  /** The folder that holds them, where they were fetched. */
  public static Optional<Path> fetched(Home home) throws IOException, InterruptedException {
    PythonEnvironment environment = environment(home);
    return environment.isInstalled() ? Optional.of(environment.sitePackages()) : Optional.empty();
  }

  private static PythonEnvironment environment(Home home) throws IOException, InterruptedException {
    return PythonEnvironment.of(
        "gazetteer",
        List.of(home.root().resolve("replay/gazetteer/requirements.txt")),
        home.pythonEnvironments());
  }
}
