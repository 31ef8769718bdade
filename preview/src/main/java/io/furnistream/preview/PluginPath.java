package io.furnistream.preview;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Plugin folders as Kafka Connect takes them: one text, split at each comma. */
final class PluginPath {

  private static final String SEPARATOR = ",";

  private PluginPath() {}

  /**
   * The folders' names; where one has a comma, those of links to them, which go with this process.
   */
  static String of(List<Path> folders) {
    List<String> names = folders.stream().map(Path::toString).toList();
    if (names.stream().anyMatch(name -> name.contains(SEPARATOR))) {
      try {
        names = links(folders);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot link to the folders of plugins", e);
      }
    }
    return String.join(SEPARATOR, names);
  }

  private static List<String> links(List<Path> folders) throws IOException {
    Path parent = Files.createTempDirectory("furnistream-plugins-");
    parent.toFile().deleteOnExit();
    List<String> links = new ArrayList<>();
    for (Path folder : folders) {
      Path link =
          Files.createSymbolicLink(
              parent.resolve(Integer.toString(links.size())), folder.toAbsolutePath());
      link.toFile().deleteOnExit();
      links.add(link.toString());
    }
    return links;
  }
}
