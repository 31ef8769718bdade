package io.furnistream.verify.records;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.Topic;
import io.furnistream.schemas.TopicColumn;
import io.furnistream.verify.tables.DayByDayTable;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.StoredRow;
import io.furnistream.verify.tables.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.IndexedRecord;

/**
 * The raw records that Cassandra must hold, with all their values. Takes some 400 bytes of memory
 * for each. Not thread-safe.
 */
public final class RawTable {

  /** The name of the table, which is that of the topic. */
  public static final String NAME = Topic.DAILY_RECORDS.topicName();

  private static final List<TopicColumn> COLUMNS = Topic.DAILY_RECORDS.table().values();
  private static final int CUSTOMER_NAME = columns().indexOf("customer_name");

  private final DayRange range;
  private final NameTokens tokens;
  private final Map<LocalDate, Map<List<String>, List<Object>>> days = new HashMap<>();
  private final Map<Object, Object> shared = new HashMap<>();

  /**
   * No records yet.
   *
   * @param tokens what replaces customers' names there
   */
  public RawTable(DayRange range, NameTokens tokens) {
    this.range = range;
    this.tokens = tokens;
  }

  /** The columns whose values are compared. */
  public static List<String> columns() {
    return COLUMNS.stream().map(TopicColumn::name).toList();
  }

  /** What names a record within its day. */
  public static List<String> key(int bucket, UUID id) {
    return List.of(Integer.toString(bucket), id.toString());
  }

  /** The values of a row, in the order of the columns. */
  public static List<Object> values(StoredRow row) {
    return values(COLUMNS, row);
  }

  static List<Object> values(List<TopicColumn> columns, StoredRow row) {
    return Arrays.asList(columns.stream().map(column -> compared(row.value(column))).toArray());
  }

  static List<Object> values(List<TopicColumn> columns, IndexedRecord sale) {
    return Arrays.asList(
        columns.stream()
            .map(column -> compared(sale.get(sale.getSchema().getField(column.name()).pos())))
            .toArray());
  }

  /**
   * Takes the next record of the topic: the latest of each key counts.
   *
   * @param sale null takes the key's record back
   */
  public void put(DailyRecordKey key, DailyRecord sale) {
    if (!range.contains(key.getTsDate())) {
      return;
    }
    Map<List<String>, List<Object>> rows =
        days.computeIfAbsent(key.getTsDate(), day -> new HashMap<>());
    List<String> name = key(key.getBucket(), RecordId.parse(key.getTsId()).uuid());
    if (sale == null) {
      rows.remove(name);
    } else {
      List<Object> values = values(COLUMNS, sale);
      values.replaceAll(this::share);
      values.set(CUSTOMER_NAME, tokens.of(sale.getCustomerName()));
      rows.put(name, values);
    }
  }

  /** What Cassandra must hold. */
  public Table table() {
    days.values().removeIf(Map::isEmpty);
    return new DayByDayTable(
        NAME, columns(), days.keySet(), day -> days.getOrDefault(day, Map.of()));
  }

  private Object share(Object value) {
    if (value == null) {
      return null;
    }
    Object first = shared.putIfAbsent(value, value);
    return first == null ? value : first;
  }

  /** A value of a record or of a row, as it is compared. */
  private static Object compared(Object value) {
    if (value instanceof Integer number) {
      return number.longValue();
    }
    return value instanceof Instant || value instanceof LocalDate ? value.toString() : value;
  }
}
