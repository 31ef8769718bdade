package io.furnistream.replay.lines;

import io.furnistream.cli.WrongInputException;
import io.furnistream.replay.mapping.ColumnNames;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The columns of a file, by their names. */
final class Columns {

  /** Names that a message lists. */
  private static final int MOST_NAMES = 50;

  private final Path file;
  private final List<String> header;

  Columns(Path file, List<String> header) {
    this.file = file;
    this.header = header;
  }

  /**
   * Where a column is. Where none has exactly its name, it is the one whose name differs only in
   * case, spaces or punctuation.
   *
   * @param mapping that names it, for messages
   * @throws WrongInputException when there is none of that name, or several
   */
  int require(String name, String mapping) {
    List<Integer> found = at(name::equals);
    if (found.isEmpty()) {
      String normalised = ColumnNames.normalised(name);
      found = at(each -> ColumnNames.normalised(each).equals(normalised));
    }
    if (found.isEmpty()) {
      throw new WrongInputException(
          "%s has no column '%s', which %s names. It has: %s. Correct the mapping, or state the delimiter or encoding in it."
              .formatted(file, name, mapping, names()));
    }
    if (found.size() > 1) {
      throw new WrongInputException(
          "%s has several columns '%s'. Rename one of them.".formatted(file, name));
    }
    return found.get(0);
  }

  private String names() {
    return header.size() <= MOST_NAMES
        ? String.join(", ", header)
        : "%s, and %d more"
            .formatted(
                String.join(", ", header.subList(0, MOST_NAMES)), header.size() - MOST_NAMES);
  }

  private List<Integer> at(Predicate<String> isMeant) {
    return IntStream.range(0, header.size())
        .filter(i -> isMeant.test(header.get(i)))
        .boxed()
        .toList();
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
