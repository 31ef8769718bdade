package io.furnistream.verify.database;

import io.furnistream.schemas.TopicColumn;
import io.furnistream.verify.tables.Cell;
import io.furnistream.verify.tables.ComparedTable;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.TableLayout;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares the rows of a table, as a store holds them, with what they must be, by a full join. */
public final class TableComparison {

  /**
   * How many rows of a day are named one by one. A table that was never filled differs in every
   * row, and thousands of lines say no more than these.
   */
  static final int NAMED_ROWS = 5;

  private static final String EXPECTED = "expected_";
  private static final String FOUND = "found_";

  private final ProofDatabase database;
  private final String name;
  private final List<SqlColumn> key;
  private final List<SqlColumn> compared;
  private final String joined;

  /**
   * A comparison.
   *
   * @param name the store and the table, as reports name it
   * @param expected a relation with the table's columns and {@link StagedTable#DAY}
   * @param found a staged table
   * @param open rows that these leave out are not compared
   */
  public TableComparison(
      ProofDatabase database,
      String name,
      TableLayout layout,
      String expected,
      String found,
      OpenDayRows open) {
    this.database = database;
    this.name = name;
    this.key = StagedTable.columns(layout.keyColumns());
    this.compared = StagedTable.columns(layout.comparedColumns());
    this.joined = joined(expected, found) + " WHERE NOT (" + open.leftOut(layout) + ")";
  }

  /** Compares. */
  public ComparedTable compare() {
    TreeMap<LocalDate, long[]> days = new TreeMap<>();
    database.forEachRow(
        "SELECT of_day, count(*) AS all_rows, count(*) FILTER (WHERE differs) AS differing FROM (%s) GROUP BY of_day"
            .formatted(joined),
        row ->
            days.put(
                row.date(StagedTable.DAY),
                new long[] {row.count("all_rows"), row.count("differing")}));
    long rows = days.values().stream().mapToLong(counts -> counts[0]).sum();
    long differing = days.values().stream().mapToLong(counts -> counts[1]).sum();
    return new ComparedTable(name, rows, differing, differing == 0 ? List.of() : differences(days));
  }

  private List<Difference> differences(Map<LocalDate, long[]> days) {
    TreeMap<LocalDate, List<Difference>> named = new TreeMap<>();
    String keys = names(key);
    database.forEachRow(
        "SELECT * FROM (%s) WHERE differs QUALIFY row_number() OVER (PARTITION BY of_day ORDER BY %s) <= %d ORDER BY of_day%s"
            .formatted(
                joined,
                keys.isEmpty() ? "is_found" : keys,
                NAMED_ROWS,
                keys.isEmpty() ? "" : ", " + keys),
        row ->
            named
                .computeIfAbsent(row.date(StagedTable.DAY), day -> new ArrayList<>())
                .addAll(of(row)));
    List<Difference> all = new ArrayList<>();
    named.forEach(
        (day, differences) -> {
          all.addAll(differences);
          long rows = days.get(day)[0];
          long differing = days.get(day)[1];
          if (differing > NAMED_ROWS) {
            all.add(Difference.of(day, name, null, "rows that agree", rows, rows - differing));
          }
        });
    return all;
  }

  private List<Difference> of(ProofRow row) {
    LocalDate day = row.date(StagedTable.DAY);
    Map<String, String> misfits = StagedTable.misfits(row.text(StagedTable.MISFITS));
    List<String> rowKey = key.stream().map(column -> named(column.column(), row, misfits)).toList();
    if (!row.flag("is_expected")) {
      return List.of(Difference.ofRow(day, name, rowKey, "row", 0L, 1L));
    }
    if (!row.flag("is_found")) {
      return List.of(Difference.ofRow(day, name, rowKey, "row", 1L, 0L));
    }
    List<Difference> differences = new ArrayList<>();
    for (SqlColumn column : compared) {
      String columnName = column.column().name();
      Object must = TableLayout.value(column.column(), row.prefixed(EXPECTED));
      Object is =
          misfits.containsKey(columnName)
              ? misfit(column.column(), misfits.get(columnName))
              : TableLayout.value(column.column(), row.prefixed(FOUND));
      if (!Cell.same(must, is)) {
        differences.add(Difference.ofRow(day, name, rowKey, columnName, must, is));
      }
    }
    return differences;
  }

  /** As a number where it is one, so that the difference can be named. */
  private static Object misfit(TopicColumn column, String text) {
    return switch (column.kind()) {
      case AMOUNT, COORDINATE -> new BigDecimal(text);
      case COUNT -> Long.valueOf(text);
      default -> text;
    };
  }

  private static String named(TopicColumn column, ProofRow row, Map<String, String> misfits) {
    String misfit = misfits.get(column.name());
    return misfit == null ? TableLayout.name(column, row) : misfit;
  }

  private String joined(String expected, String found) {
    String on =
        Stream.concat(Stream.of("e.of_day = f.of_day"), key.stream().map(c -> same("=", c)))
            .collect(Collectors.joining(" AND "));
    String differs =
        Stream.concat(
                Stream.of("e.of_day IS NULL", "f.of_day IS NULL", "f.misfits IS NOT NULL"),
                compared.stream().map(c -> same("IS DISTINCT FROM", c)))
            .collect(Collectors.joining(" OR "));
    List<String> selected =
        new ArrayList<>(
            List.of(
                "coalesce(e.of_day, f.of_day) AS of_day",
                "e.of_day IS NOT NULL AS is_expected",
                "f.of_day IS NOT NULL AS is_found",
                "f.misfits AS misfits"));
    key.forEach(c -> selected.add("coalesce(e.%1$s, f.%1$s) AS %1$s".formatted(c.quoted())));
    for (SqlColumn column : compared) {
      TopicColumn declared = column.column();
      selected.add("e.%s AS \"%s%s\"".formatted(column.quoted(), EXPECTED, declared.name()));
      selected.add("f.%s AS \"%s%s\"".formatted(column.quoted(), FOUND, declared.name()));
    }
    selected.add(differs + " AS differs");
    return "SELECT * FROM (SELECT %s FROM %s e FULL JOIN %s f ON %s) joined"
        .formatted(String.join(", ", selected), expected, found, on);
  }

  private static String same(String operator, SqlColumn column) {
    return "e.%1$s %2$s f.%1$s".formatted(column.quoted(), operator);
  }

  private static String names(List<SqlColumn> columns) {
    return columns.stream().map(SqlColumn::quoted).collect(Collectors.joining(", "));
  }
}
