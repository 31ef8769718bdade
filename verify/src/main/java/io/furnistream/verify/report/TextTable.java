package io.furnistream.verify.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Lays out cells in columns, in plain ASCII: the first column to the left, the others to the right.
 */
final class TextTable {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row; the first is the head. Every row has as many cells. */
  void row(List<String> cells) {
    rows.add(cells);
  }

  /** The lines, without spaces at their ends. */
  List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(width(i) - cells.get(i).length());
      line.append(i == 0 ? "" : GAP)
          .append(i == 0 ? "" : padding)
          .append(cells.get(i))
          .append(i == 0 ? padding : "");
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
