package io.furnistream.replay.suggest;

import io.furnistream.cli.WrongInputException;
import io.furnistream.replay.source.MalformedRowException;
import io.furnistream.replay.source.Row;
import io.furnistream.replay.source.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The first rows of a file.
 *
 * @param header names of the columns
 * @param rows that hold data
 * @param hasBlankRows whether there are blank ones between them
 * @param hasRepeatedHeaders whether there are headers between them
 */
record Sample(
    List<String> header, List<String[]> rows, boolean hasBlankRows, boolean hasRepeatedHeaders) {

  /** Rows that are looked at. */
  private static final int MOST = 5_000;

  static Sample of(Path file, Rows rows) {
    List<String[]> data = new ArrayList<>();
    boolean blank = false;
    boolean headers = false;
    try {
      for (int i = 0; i < MOST; i++) {
        Row row;
        try {
          row = rows.next();
        } catch (MalformedRowException e) {
          continue;
        }
        if (row == null) {
          break;
        }
        if (row.isBlank()) {
          blank = true;
        } else if (row.repeats(rows.header())) {
          headers = true;
        } else {
          data.add(row.cells());
        }
      }
    } catch (IOException e) {
      throw new WrongInputException("%s cannot be read: %s.".formatted(file, e), e);
    }
    return new Sample(rows.header(), data, blank, headers);
  }

  /** The cells of a column that are not empty. */
  List<String> values(String column) {
    int position = header.indexOf(column);
    return rows.stream().map(row -> row[position].strip()).filter(cell -> !cell.isEmpty()).toList();
  }

  /** Whether columns, none of which is empty in any row, name each row together. */
  boolean areUnique(List<String> columns) {
    int[] positions = columns.stream().mapToInt(header::indexOf).toArray();
    Set<List<String>> distinct = new HashSet<>();
    for (String[] row : rows) {
      List<String> cells =
          Arrays.stream(positions).mapToObj(position -> row[position].strip()).toList();
      if (cells.contains("") || !distinct.add(cells)) {
        return false;
      }
    }
    return !rows.isEmpty();
  }
}
