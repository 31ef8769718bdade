package io.furnistream.provision;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder {@code connectors}: one JSON file for each connector, the migrations of Cassandra and
 * of PostgreSQL.
 *
 * @param connectors the folder
 */
public record PlatformFiles(Path connectors) {

  /** Names the variable for the folder, where it is not the one that comes with the program. */
  public static final String VARIABLE = "FURNISTREAM_CONNECTORS";

  /**
   * The files of a folder.
   *
   * @throws CannotRunException when it is not such a folder
   */
  public PlatformFiles {
    if (!Files.isDirectory(connectors.resolve("cassandra"))
        || !Files.isDirectory(connectors.resolve("postgres"))) {
      throw new CannotRunException(
          "%s is not the folder of the connectors: it has no cassandra/ and postgres/. Have %s name the folder 'connectors' of a checkout, or the one beside furnistream-jobs.jar."
              .formatted(connectors, VARIABLE));
    }
  }

  /** Migrations of Cassandra, in their order. */
  List<Path> cql() {
    return files(connectors.resolve("cassandra"), ".cql");
  }

  /** Folder of the migrations of PostgreSQL. */
  Path sql() {
    return connectors.resolve("postgres");
  }

  /** Files of a folder that end so, sorted. */
  static List<Path> files(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder, e);
    }
  }
}
