package io.furnistream.preview;

import java.io.PrintWriter;
import java.util.List;

/** What a person reads: each record, what each transform changed, and where it would land. */
final class TextReport {

  private final ConnectorFile connector;
  private final PrintWriter out;

  TextReport(ConnectorFile connector, PrintWriter out) {
    this.connector = connector;
    this.out = out;
  }

  /**
   * Prints it.
   *
   * @param more whether there were further records
   */
  void print(List<Preview> previews, boolean more) {
    for (int i = 0; i < previews.size(); i++) {
      if (i > 0) {
        out.println();
      }
      out.printf(
          "Record %d of %d, from topic %s, for connector %s%n",
          i + 1, previews.size(), previews.get(i).before().topic(), connector.name());
      print(previews.get(i));
    }
    if (more) {
      out.printf("%nThe first %d records are shown; the file holds more.%n", previews.size());
    }
    out.flush();
  }

  private void print(Preview preview) {
    if (preview.steps().isEmpty()) {
      out.println("  the connector has no transforms");
    }
    preview.steps().forEach(this::print);
    if (preview.after() == null) {
      out.println(
          preview.dropped()
              ? "  The record is dropped: it reaches no table."
              : "  The record fails: " + fate(preview.failed().retriable()));
      return;
    }
    preview.tables().forEach(this::print);
  }

  private String fate(boolean retriable) {
    if (retriable && !connector.config().getOrDefault("errors.retry.timeout", "0").equals("0")) {
      return "it would be tried again, as errors.retry.timeout says.";
    }
    String letters = connector.config().getOrDefault("errors.deadletterqueue.topic.name", "");
    if (!connector.config().getOrDefault("errors.tolerance", "none").equals("all")) {
      return "the connector's task would stop.";
    }
    return letters.isEmpty() ? "it would be passed over." : "it would go to " + letters + ".";
  }

  private void print(Step step) {
    String predicate = step.predicate() == null ? "" : ", if " + step.predicate();
    out.printf("  %s (%s%s): ", step.name(), step.type(), predicate);
    switch (step.outcome()) {
      case CHANGED -> out.println();
      case UNCHANGED -> out.println("changes nothing");
      case PASSED_BY -> out.println("passed by");
      case DROPPED -> out.println("drops the record");
      case FAILED -> out.println("fails: " + step.error());
    }
    step.changes().forEach(this::print);
    step.notes().forEach(note -> out.println("    ! " + note));
  }

  private void print(Change change) {
    switch (change.kind()) {
      case "added" -> out.printf("    + %s = %s%n", change.field(), text(change.after()));
      case "removed" -> out.printf("    - %s = %s%n", change.field(), text(change.before()));
      default ->
          out.printf(
              "    ~ %s: %s -> %s%n", change.field(), text(change.before()), text(change.after()));
    }
  }

  private static String text(Cell cell) {
    return cell.type() == null ? cell.text() : cell.text() + " (" + cell.type() + ")";
  }

  private void print(TableFit table) {
    out.println("  table " + (table.table() == null ? "unknown" : table.table()));
    if (table.note() != null) {
      out.println("    " + table.note());
    }
    for (TableFit.ColumnFit column : table.columns()) {
      out.printf(
          "    %-20s %s%s%s%n",
          column.column(),
          column.found() ? column.source() : "MISSING: the record has no " + column.source(),
          column.type() == null ? "" : " (" + column.type() + ")",
          column.primaryKey() ? ", primary key" : "");
    }
  }
}
