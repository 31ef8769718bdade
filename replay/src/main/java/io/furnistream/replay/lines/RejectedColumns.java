package io.furnistream.replay.lines;

import java.util.List;

/** Columns that a file of rejected rows has beside those of its source. */
public final class RejectedColumns {

  /** The row's line in the source, the column to correct, and what is wrong with it. */
  public static final List<String> NAMES =
      List.of("rejected_line", "rejected_column", "rejected_reason");

  private RejectedColumns() {}
}
