package io.furnistream.replay.lines;

import io.furnistream.cli.CannotRunException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The columns of a file, by their names. */
final class Columns {

  private final Path file;
  private final List<String> header;

  Columns(Path file, List<String> header) {
    this.file = file;
    this.header = header;
  }

  /**
   * Where a column is.
   *
   * @param mapping that names it, for messages
   * @throws CannotRunException when there is none of that name, or several
   */
  int require(String name, String mapping) {
    int first = header.indexOf(name);
    if (first < 0) {
      throw new CannotRunException(
          "%s has no column '%s', which %s names. It has: %s. Correct the mapping, or state the delimiter or encoding in it."
              .formatted(file, name, mapping, String.join(", ", header)));
    }
    if (header.lastIndexOf(name) != first) {
      throw new CannotRunException(
          "%s has several columns '%s'. Rename one of them.".formatted(file, name));
    }
    return first;
  }

  /** Where all are that hold data, in the order of their names. */
  List<Integer> ofData() {
    return IntStream.range(0, header.size())
        .boxed()
        .filter(i -> !RejectedColumns.NAMES.contains(header.get(i)))
        .sorted(Comparator.comparing(header::get))
        .toList();
  }
}
