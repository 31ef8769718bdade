package io.furnistream.verify.tables;

import io.furnistream.schemas.ColumnKind;
import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import io.furnistream.schemas.TopicColumn;
import io.furnistream.schemas.TopicTable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the rows of a table of the catalogue are asked for, read and named, the same in every store:
 * which column is their day, which others name a row within its day, and which are compared.
 */
public final class TableLayout {

  private final TopicTable table;
  private final TopicColumn day;
  private final List<TopicColumn> key;
  private final List<TopicColumn> compared;

  private TableLayout(
      TopicTable table, TopicColumn day, List<TopicColumn> key, List<TopicColumn> compared) {
    this.table = table;
    this.day = day;
    this.key = key;
    this.compared = compared;
  }

  /**
   * The layout of a topic's table, all of whose columns are compared.
   *
   * @throws IllegalArgumentException when the table has no day
   */
  public static TableLayout of(Topic topic) {
    return of(
        topic.table(),
        topic
            .table()
            .day()
            .orElseThrow(() -> new IllegalArgumentException(topic.topicName() + " has no day")));
  }

  /**
   * The layout of a topic's table whose rows are listed under the day in this column, though it is
   * not kept by day.
   *
   * @throws IllegalArgumentException when the table has no such column
   */
  public static TableLayout of(Topic topic, String day) {
    return of(topic.table(), topic.table().column(day));
  }

  /**
   * Those of the aggregates' tables in a store that are kept by day, in the order of the topics.
   */
  public static List<TableLayout> aggregatedIn(StoreKind store) {
    return Topic.in(store).stream()
        .filter(Topic.AGGREGATED::contains)
        .filter(topic -> topic.table().day().isPresent())
        .map(TableLayout::of)
        .toList();
  }

  private static TableLayout of(TopicTable table, TopicColumn day) {
    // A date names its row by being the day; an instant says more than its day does.
    boolean isDate = day.kind() == ColumnKind.DATE;
    return new TableLayout(
        table,
        day,
        table.key().stream().filter(column -> !(isDate && column.equals(day))).toList(),
        table.values().stream().filter(column -> !column.equals(day)).toList());
  }

  /**
   * The same where only these columns are compared.
   *
   * @throws IllegalArgumentException when the table has no such column
   */
  public TableLayout comparing(String... columns) {
    return new TableLayout(table, day, key, Stream.of(columns).map(table::column).toList());
  }

  /** The table's name. */
  public String name() {
    return table.name();
  }

  /**
   * The table's name as a statement asks for it.
   *
   * @throws IllegalArgumentException when this store does not hold it
   */
  public String in(StoreKind store) {
    return table.in(store);
  }

  /** The column that says which day a row is of. */
  public String dayColumn() {
    return day.name();
  }

  /** Whether a row's day is that of UTC, of an instant, and not the store's own. */
  public boolean isByUtcDay() {
    return day.kind() == ColumnKind.INSTANT;
  }

  /** The same with these columns besides, which a store has and no contract. */
  public TableLayout with(List<TopicColumn> further) {
    return new TableLayout(
        table, day, key, Stream.concat(compared.stream(), further.stream()).toList());
  }

  /** The columns that name a row within its day. */
  public List<TopicColumn> keyColumns() {
    return key;
  }

  /** The columns that are compared. */
  public List<TopicColumn> comparedColumns() {
    return compared;
  }

  /** Both. */
  public List<TopicColumn> allColumns() {
    return Stream.concat(key.stream(), compared.stream()).toList();
  }

  /** Names of all columns that a row must be asked for, as a list for a SELECT. */
  public String selected() {
    return String.join(
        ", ",
        Stream.of(Stream.of(day), key.stream(), compared.stream())
            .flatMap(columns -> columns)
            .map(TopicColumn::name)
            .distinct()
            .toList());
  }

  /** The day of a row. */
  public LocalDate day(StoredRow row) {
    return isByUtcDay()
        ? row.instant(day.name()).atZone(ZoneOffset.UTC).toLocalDate()
        : row.date(day.name());
  }

  /** A value of the key as text. */
  public static String name(TopicColumn column, StoredRow row) {
    Object value = row.value(column);
    if (value instanceof BigDecimal number) {
      // Stores write the same coordinate with more or fewer zeros at its end.
      boolean isCoordinate = column.kind() == ColumnKind.COORDINATE;
      return (isCoordinate ? number.stripTrailingZeros() : number).toPlainString();
    }
    return String.valueOf(value);
  }

  /** A value as it is compared: Long, BigDecimal, String or null. */
  public static Object value(TopicColumn column, StoredRow row) {
    Object value = row.value(column);
    if (value instanceof Instant instant) {
      // As milliseconds, of which a difference can be named.
      return instant.toEpochMilli();
    }
    return value instanceof LocalDate date ? date.toString() : value;
  }
}
