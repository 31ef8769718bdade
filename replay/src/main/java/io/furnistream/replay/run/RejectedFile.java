package io.furnistream.replay.run;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.WrongInputException;
import io.furnistream.replay.lines.RejectedColumns;
import io.furnistream.replay.mapping.Mapping;
import io.furnistream.replay.source.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows of a file that are no sales, as CSV beside it: to be corrected and replayed by the same
 * mapping. There is none where no row was rejected; one of an earlier run is removed.
 */
final class RejectedFile implements AutoCloseable {

  private final Path path;
  private final List<String> header;
  private final Mapping mapping;
  private CsvWriter writer;

  RejectedFile(Path source, List<String> header, Mapping mapping) {
    this.path = beside(source);
    this.header = header;
    this.mapping = mapping;
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private static Path beside(Path source) {
    return source.resolveSibling(source.getFileName() + ".rejected.csv");
  }

  /**
   * Makes sure that no file is to be read which the reading of another one writes.
   *
   * @throws WrongInputException when there is one, such as by {@code *.csv}
   */
  static void requireNotAmong(List<Path> sources) {
    Set<Path> read =
        sources.stream().map(RejectedFile::whole).collect(Collectors.toUnmodifiableSet());
    for (Path source : sources) {
      Path rejected = beside(source);
      if (read.contains(whole(rejected))) {
        throw new WrongInputException(
            "%s is where the rejected rows of %s go, and would be lost. Nothing was read. Rename it, or leave it out."
                .formatted(rejected, source));
      }
    }
  }

  private static Path whole(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** Where it is, once there is a row in it. */
  Path path() {
    return path;
  }

  void add(Row row, String column, String reason) {
    try {
      if (writer == null) {
        writer = open();
        List<String> names = new ArrayList<>(header);
        names.removeAll(RejectedColumns.NAMES);
        names.addAll(RejectedColumns.NAMES);
        writer.writeRecord(names);
      }
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.cells().length; i++) {
        if (i >= header.size() || !RejectedColumns.NAMES.contains(header.get(i))) {
          cells.add(row.cells()[i]);
        }
      }
      while (cells.size() < header.size()) {
        cells.add("");
      }
      cells.add(Long.toString(row.line()));
      cells.add(column);
      cells.add(reason);
      writer.writeRecord(cells);
    } catch (UncheckedIOException e) {
      throw cannotWrite(e.getCause());
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /** As the mapping states, which reads it next. */
  private CsvWriter open() throws IOException {
    Charset charset =
        mapping
            .encoding()
            .map(Charset::forName)
            .filter(Charset::canEncode)
            .orElse(StandardCharsets.UTF_8);
    return CsvWriter.builder().fieldSeparator(mapping.delimiter().orElse(',')).build(path, charset);
  }

  private CannotRunException cannotWrite(IOException error) {
    return new CannotRunException(
        "The rejected rows cannot be written to %s: %s. Copy the file into a folder that can be written to."
            .formatted(path, error),
        error);
  }

  @Override
  public void close() {
    if (writer != null) {
      try {
        writer.close();
      } catch (IOException e) {
        throw cannotWrite(e);
      }
    }
  }
}
