package io.furnistream.verify.report;

import io.furnistream.schemas.Topic;
import io.furnistream.verify.readings.PostgresStore;
import io.furnistream.verify.tables.Cell;
import io.furnistream.verify.tables.Column;
import io.furnistream.verify.tables.ComparedTable;
import io.furnistream.verify.tables.Comparison;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * The report for a person: one row a store with its totals, one row a day, and what differs in
 * words. Plain ASCII, so that it is readable in any terminal and log.
 */
public final class TextReport {

  private static final String UNKNOWN = "-";
  private static final String AGREES = "ok";
  private static final String DIFFERS = "DIFFERS";

  private static final String CURE =
      "Where an aggregated table stays different, for example because another client wrote to its topic:"
          + " `furnistream aggregates reset` works all of them out again from the records, or,"
          + " on a cluster, the steps in aggregates/README.md.";

  private final Report report;

  /** A report in words. */
  public TextReport(Report report) {
    this.report = report;
  }

  /** The report's lines. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(totals());
    if (!report.days().isEmpty()) {
      lines.add("");
      lines.addAll(days());
    }
    if (!report.tables().isEmpty()) {
      lines.add("");
      lines.addAll(tables());
    }
    if (!report.differences().isEmpty()) {
      lines.add("");
      report.differences().forEach(difference -> lines.add(difference.inWords()));
    }
    lines.add("");
    lines.add(verdict(report));
    // In one paragraph with the verdict: Airflow shows the last two, what differs and this.
    if (report.differences().stream().anyMatch(TextReport::isOfAggregates)) {
      lines.add(CURE);
    }
    return lines;
  }

  private List<String> totals() {
    TextTable table = new TextTable();
    table.row(
        Stream.concat(Stream.of("store"), Stream.of(Column.values()).map(Column::text)).toList());
    report.stores().keySet().forEach(name -> table.row(row(name, report.total(name))));
    return table.lines();
  }

  private static List<String> row(String name, Figures figures) {
    List<String> cells = new ArrayList<>(List.of(name));
    for (Column column : Column.values()) {
      cells.add(cell(column.of(figures)));
    }
    return cells;
  }

  private List<String> days() {
    List<String> compared =
        report.stores().keySet().stream().filter(name -> !name.equals(Comparison.LEDGER)).toList();
    List<String> head = new ArrayList<>(List.of("day"));
    Stream.of(Column.RECORDS, Column.REVENUE, Column.PROFIT, Column.CUSTOMERS)
        .map(Column::text)
        .forEach(head::add);
    head.addAll(compared);
    TextTable table = new TextTable();
    table.row(head);
    for (LocalDate day : report.days()) {
      Figures known = report.known(day);
      List<String> cells =
          new ArrayList<>(
              List.of(
                  day.toString(),
                  cell(known.records()),
                  cell(known.revenue()),
                  cell(known.profit()),
                  cell(known.customers())));
      compared.forEach(store -> cells.add(agreement(store, day)));
      table.row(cells);
    }
    return table.lines();
  }

  private List<String> tables() {
    TextTable table = new TextTable();
    table.row(List.of("table, row by row", "rows", "agree"));
    for (ComparedTable compared : report.tables()) {
      table.row(List.of(compared.name(), cell(compared.rows()), cell(compared.agreeing())));
    }
    return table.lines();
  }

  private String agreement(String store, LocalDate day) {
    if (!report.agrees(store, day)) {
      return DIFFERS;
    }
    return report.states(store, day) ? AGREES : UNKNOWN;
  }

  /** The answer in one sentence. */
  static String verdict(Report report) {
    SortedSet<LocalDate> days = report.days();
    if (days.isEmpty()) {
      return "Nothing to prove: no store holds any of these days. Run `furnistream generate`, or widen --from and --to.";
    }
    if (report.ok()) {
      return String.format(
          Locale.ROOT,
          "Every store agrees with the ledger: %d days, %s to %s.",
          days.size(),
          days.first(),
          days.last());
    }
    long errors = report.problems().stream().filter(Problem::isError).count();
    return String.format(
        Locale.ROOT,
        "NOT proved. Differences: %d; problems: %d; days that agree: %d of %d.",
        report.differences().size(),
        errors,
        days.stream().filter(report::ok).count(),
        days.size());
  }

  /** Whether the aggregates wrote what differs: PostgreSQL's figures, or a table of theirs. */
  private static boolean isOfAggregates(Difference difference) {
    return difference.store().equals(PostgresStore.NAME)
        || Topic.AGGREGATED.stream()
            .anyMatch(topic -> difference.store().endsWith("." + topic.topicName()));
  }

  private static String cell(Object value) {
    return value == null ? UNKNOWN : Cell.text(value);
  }
}
