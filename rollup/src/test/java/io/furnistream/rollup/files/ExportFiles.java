package io.furnistream.rollup.files;

import io.furnistream.stores.export.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is in an export folder. */
public final class ExportFiles {

  private ExportFiles() {}

  /** Hashes of all files but the lock, drafts among them. */
  public static Map<Path, String> hashes(Path folder) throws IOException {
    Map<Path, String> hashes = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        if (!path.endsWith(".furnistream-lock")) {
          hashes.put(folder.relativize(path), Hashes.sha256(path));
        }
      }
    }
    return hashes;
  }
}
