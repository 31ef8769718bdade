package io.furnistream.verify.database;

import io.furnistream.schemas.TopicColumn;
import io.furnistream.verify.tables.Cell;
import io.furnistream.verify.tables.ComparedTable;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.TableLayout;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the rows of a table, as a store holds them, with what they must be, by a full join: that
 * of a large table in slices.
 */
public final class TableComparison {

  /**
   * How many rows of a day are named one by one. A table that was never filled differs in every
   * row, and thousands of lines say no more than these.
   */
  static final int NAMED_ROWS = 5;

  /** Wide rows fill the database's memory; so many values, of both sides, leave room. */
  private static final long VALUES_AT_ONCE = 2_000_000;

  /** What rows must be, worked out once for all slices. */
  private static final String MUST = "must_be";

  private static final String BUCKET = "bucket";
  private static final String EXPECTED = "expected_";
  private static final String FOUND = "found_";

  private final ProofDatabase database;
  private final String name;
  private final List<SqlColumn> key;
  private final List<SqlColumn> compared;
  private final String expected;
  private final String found;
  private final String leftOut;
  private final long rowsAtOnce;

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
    this(
        database, name, layout, expected, found, open, VALUES_AT_ONCE / layout.allColumns().size());
  }

  TableComparison(
      ProofDatabase database,
      String name,
      TableLayout layout,
      String expected,
      String found,
      OpenDayRows open,
      long rowsAtOnce) {
    this.database = database;
    this.name = name;
    this.key = StagedTable.columns(layout.keyColumns());
    this.compared = StagedTable.columns(layout.comparedColumns());
    this.expected = expected;
    this.found = found;
    this.leftOut = open.leftOut(layout);
    this.rowsAtOnce = rowsAtOnce;
  }

  /** Compares. */
  public ComparedTable compare() {
    Rows all = new Rows();
    if (key.stream().anyMatch(column -> column.column().name().equals(BUCKET))) {
      String both =
          "(SELECT bucket FROM %s UNION ALL SELECT bucket FROM %s)".formatted(expected, found);
      Slices.byBucket(database, both, hashOfKey(), rowsAtOnce)
          .forEach(slice -> addSlice(expected, slice, all));
    } else {
      database.execute("CREATE OR REPLACE TEMP TABLE %s AS FROM %s".formatted(MUST, expected));
      Slices.byHash(hashOfKey(), count(MUST) + count(found), rowsAtOnce)
          .forEach(slice -> addSlice(MUST, slice, all));
    }
    return new ComparedTable(name, all.count(0), all.count(1), all.differences());
  }

  private long count(String relation) {
    return database.count("SELECT count(*) AS count FROM " + relation);
  }

  /** Compares those rows, of both sides, whose key fulfils a condition. */
  private void addSlice(String must, String condition, Rows all) {
    String joined = joined(must, condition);
    boolean[] differs = new boolean[1];
    database.forEachRow(
        "SELECT of_day, count(*) AS all_rows, count(*) FILTER (WHERE differs) AS differing FROM (%s) GROUP BY of_day"
            .formatted(joined),
        row -> {
          differs[0] |= row.count("differing") > 0;
          all.count(row.date(StagedTable.DAY), row.count("all_rows"), row.count("differing"));
        });
    if (differs[0]) {
      String keys = names(key);
      database.forEachRow(
          "SELECT * FROM (%s) WHERE differs QUALIFY row_number() OVER (PARTITION BY of_day ORDER BY %s) <= %d ORDER BY of_day%s"
              .formatted(
                  joined,
                  keys.isEmpty() ? "is_found" : keys,
                  NAMED_ROWS,
                  keys.isEmpty() ? "" : ", " + keys),
          row -> all.name(row.date(StagedTable.DAY), of(row)));
    }
  }

  /** What all slices have: how many rows of each day, and the differences of the first of them. */
  private final class Rows {

    private final NavigableMap<LocalDate, long[]> days = new TreeMap<>();
    private final Map<LocalDate, List<List<Difference>>> named = new HashMap<>();

    void count(LocalDate day, long rows, long differing) {
      long[] counts = days.computeIfAbsent(day, d -> new long[2]);
      counts[0] += rows;
      counts[1] += differing;
    }

    void name(LocalDate day, List<Difference> ofOneRow) {
      named.computeIfAbsent(day, d -> new ArrayList<>()).add(ofOneRow);
    }

    long count(int which) {
      return days.values().stream().mapToLong(counts -> counts[which]).sum();
    }

    List<Difference> differences() {
      List<Difference> all = new ArrayList<>();
      days.forEach(
          (day, counts) -> {
            named.getOrDefault(day, List.of()).stream().limit(NAMED_ROWS).forEach(all::addAll);
            if (counts[1] > NAMED_ROWS) {
              all.add(
                  Difference.of(
                      day, name, null, "rows that agree", counts[0], counts[0] - counts[1]));
            }
          });
      return all;
    }
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

  /** The same of a key on both sides, whatever types their queries give it. */
  private String hashOfKey() {
    return Stream.concat(
            Stream.of(StagedTable.DAY),
            key.stream().map(c -> "CAST(%s AS %s)".formatted(c.quoted(), c.type())))
        .collect(Collectors.joining(", ", "hash(", ")"));
  }

  private String joined(String must, String condition) {
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
    return "SELECT * FROM (SELECT %1$s FROM (FROM %2$s WHERE %5$s) e FULL JOIN (FROM %3$s WHERE %5$s) f ON %4$s) joined WHERE NOT (%6$s)"
        .formatted(String.join(", ", selected), must, found, on, condition, leftOut);
  }

  private static String same(String operator, SqlColumn column) {
    return "e.%1$s %2$s f.%1$s".formatted(column.quoted(), operator);
  }

  private static String names(List<SqlColumn> columns) {
    return columns.stream().map(SqlColumn::quoted).collect(Collectors.joining(", "));
  }
}
