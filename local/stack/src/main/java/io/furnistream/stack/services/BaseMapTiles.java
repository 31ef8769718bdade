package io.furnistream.stack.services;

import io.furnistream.stack.process.ProcessSpec;
import io.furnistream.stack.process.Processes;
import io.furnistream.stack.process.Tool;
import io.furnistream.stack.python.Python;
import io.furnistream.stack.python.PythonEnvironment;
import io.furnistream.stack.state.Archives;
import io.furnistream.stack.state.Fingerprint;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The tiles of the base map, drawn once for each text of the program that draws them and of what it
 * draws from.
 */
final class BaseMapTiles {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Home home;
  private final PythonEnvironment installation;
  private final Path folder;

  private BaseMapTiles(Home home, PythonEnvironment installation, Path folder) {
    this.home = home;
    this.installation = installation;
    this.folder = folder;
  }

  /** The tiles that an installation draws, whether they have been drawn or not. */
  static BaseMapTiles of(Home home, PythonEnvironment installation) throws IOException {
    String key =
        new Fingerprint()
            .ofPython(program(home).getParent())
            .of(cities(home))
            .of(installation.key())
            .text();
    return new BaseMapTiles(home, installation, home.baseMaps().resolve(key));
  }

  /** Where they are: a folder per zoom, in it a folder per column, in it a file per tile. */
  Path folder() {
    return folder;
  }

  /** Draws them unless they are there. A folder that is half drawn never has the final name. */
  void ensure(Consumer<String> progress) throws IOException, InterruptedException {
    if (Files.exists(folder)) {
      return;
    }
    progress.accept("Drawing the base map into %s (once)".formatted(folder));
    Files.createDirectories(folder.getParent());
    Path draft = Files.createTempDirectory(folder.getParent(), "draft-");
    try {
      Tool.run(
          new ProcessSpec(
              Processes.dyingWithParent(
                  List.of(
                      installation.python().toString(),
                      program(home).toString(),
                      cities(home).toString(),
                      draft.toString())),
              Python.environment(),
              draft),
          LIMIT);
      StateFolder.letOthersEnter(draft);
      if (!Files.exists(folder)) {
        Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      Archives.delete(draft);
    }
  }

  private static Path program(Home home) {
    return home.superset().resolve("base_map/draw.py");
  }

  /** The cities that the store sells in, which the map names. */
  private static Path cities(Home home) {
    return home.root().resolve("datagen/src/main/resources/store/furniture.yaml");
  }
}
