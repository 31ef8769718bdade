package io.furnistream.verify.records;

import com.datastax.oss.driver.api.core.cql.Row;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RecordId;
import io.furnistream.verify.tables.DayByDayTable;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The raw records that Cassandra must hold, with all their values. Takes some 400 bytes of memory
 * for each. Not thread-safe.
 */
public final class RawTable {

  /** The name of the table, which is that of the topic. */
  public static final String NAME = "daily_records";

  private static final List<Value> VALUES =
      List.of(
          new Value("ts", r -> r.getTs().toString(), r -> text(r.getInstant("ts"))),
          Value.text("order_id", DailyRecord::getOrderId),
          Value.number("line", DailyRecord::getLine),
          Value.text("customer_id", DailyRecord::getCustomerId),
          Value.text("customer_name", DailyRecord::getCustomerName),
          Value.text("segment", DailyRecord::getSegment),
          Value.text("country", DailyRecord::getCountry),
          Value.text("state", DailyRecord::getState),
          Value.text("city", DailyRecord::getCity),
          Value.amount("latitude", DailyRecord::getLatitude),
          Value.amount("longitude", DailyRecord::getLongitude),
          Value.text("platform", DailyRecord::getPlatform),
          Value.text("payment_method", DailyRecord::getPaymentMethod),
          Value.text("category", DailyRecord::getCategory),
          Value.text("sub_category", DailyRecord::getSubCategory),
          Value.text("product_id", DailyRecord::getProductId),
          Value.text("product_name", DailyRecord::getProductName),
          Value.amount("price", DailyRecord::getPrice),
          Value.amount("unit_cost", DailyRecord::getUnitCost),
          Value.number("quantity", DailyRecord::getQuantity),
          Value.amount("discount", DailyRecord::getDiscount),
          Value.amount("revenue", DailyRecord::getRevenue),
          Value.amount("profit", DailyRecord::getProfit));

  private static final int CUSTOMER_NAME = columns().indexOf("customer_name");

  private final DayRange range;
  private final NameTokens tokens;
  private final Map<LocalDate, Map<List<String>, List<Object>>> days = new HashMap<>();
  private final Map<Object, Object> shared = new HashMap<>();

  /**
   * No records yet.
   *
   * @param tokens what stands there for customers' names
   */
  public RawTable(DayRange range, NameTokens tokens) {
    this.range = range;
    this.tokens = tokens;
  }

  /** The columns whose values are compared. */
  public static List<String> columns() {
    return VALUES.stream().map(Value::column).toList();
  }

  /** What names a record within its day. */
  public static List<String> key(int bucket, UUID id) {
    return List.of(Integer.toString(bucket), id.toString());
  }

  /** The values of a row, in the order of the columns. */
  public static List<Object> values(Row row) {
    return Arrays.asList(VALUES.stream().map(value -> value.found.apply(row)).toArray());
  }

  /**
   * Takes the next record of the topic: of each key the latest counts.
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
      List<Object> values = values(sale, this::share);
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

  private static List<Object> values(DailyRecord sale, UnaryOperator<Object> share) {
    return Arrays.asList(
        VALUES.stream()
            .map(value -> value.expected.apply(sale))
            .map(value -> value == null ? null : share.apply(value))
            .toArray());
  }

  private Object share(Object value) {
    Object first = shared.putIfAbsent(value, value);
    return first == null ? value : first;
  }

  private static String text(Instant instant) {
    return instant == null ? null : instant.toString();
  }

  /** One column: what a record says, and what a row holds. */
  private record Value(
      String column, Function<DailyRecord, Object> expected, Function<Row, Object> found) {

    static Value text(String column, Function<DailyRecord, Object> expected) {
      return new Value(column, expected, row -> row.getString(column));
    }

    static Value number(String column, Function<DailyRecord, Integer> expected) {
      return new Value(
          column,
          expected.andThen(Integer::longValue),
          row -> row.isNull(column) ? null : (long) row.getInt(column));
    }

    static Value amount(String column, Function<DailyRecord, Object> expected) {
      return new Value(column, expected, row -> row.getBigDecimal(column));
    }
  }
}
