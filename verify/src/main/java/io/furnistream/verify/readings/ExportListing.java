package io.furnistream.verify.readings;

import io.furnistream.stores.export.DayManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is in an export folder.
 *
 * @param manifests by day; empty where the file of that name is not a manifest of that day
 * @param files every Parquet file, from the folder on, that a reader of a whole folder takes in
 */
record ExportListing(SortedMap<LocalDate, Optional<DayManifest>> manifests, List<String> files) {

  private static final String PARQUET = ".parquet";
  private static final List<String> READ_AS_ONE = List.of("records", "rollups");
  private static final int DEEPEST = 2;

  /** Lists a folder; one that is not there has nothing in it. */
  static ExportListing of(Path folder) throws IOException {
    TreeMap<LocalDate, Optional<DayManifest>> manifests = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return new ExportListing(manifests, List.of());
    }
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file : (Iterable<Path>) entries::iterator) {
        Optional<LocalDate> day = day(file, DayManifest.SUFFIX);
        if (day.isPresent()) {
          manifests.put(day.get(), DayManifest.read(file, day.get()));
        }
      }
    }
    return new ExportListing(manifests, files(folder));
  }

  /** The day that a file is named after, when what follows is this. */
  static Optional<LocalDate> day(Path file, String suffix) {
    String name = file.getFileName().toString();
    if (!name.endsWith(suffix)) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(name.substring(0, name.length() - suffix.length())));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The day that a Parquet file is named after. */
  static Optional<LocalDate> day(String parquetFile) {
    return day(Path.of(parquetFile), PARQUET);
  }

  private static List<String> files(Path folder) throws IOException {
    TreeMap<String, Path> files = new TreeMap<>();
    for (String part : READ_AS_ONE) {
      if (Files.isDirectory(folder.resolve(part))) {
        try (Stream<Path> found = Files.walk(folder.resolve(part), DEEPEST)) {
          found
              .filter(file -> file.getFileName().toString().endsWith(PARQUET))
              .filter(Files::isRegularFile)
              .forEach(file -> files.put(folder.relativize(file).toString(), file));
        }
      }
    }
    return List.copyOf(files.keySet());
  }
}
