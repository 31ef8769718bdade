package io.furnistream.stores.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.DailyRecord;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.Function;

/** A row of {@code furniture.daily_records} as the record that it holds. */
public final class RawRow {

  /** Reads one partition: its two parameters are the day and the bucket. */
  public static final String SELECT =
      "SELECT ts_id, ts, ts_date, order_id, line, customer_id, customer_name, segment, country,"
          + " state, city, latitude, longitude, platform, payment_method, category, sub_category,"
          + " product_id, product_name, price, unit_cost, quantity, discount, revenue, profit"
          + " FROM furniture.daily_records WHERE ts_date = ? AND bucket = ?";

  private RawRow() {}

  /**
   * The record.
   *
   * @param bucket the bucket it stands in, for the message
   * @throws CannotRunException when a column is null that the record's contract asks for
   */
  public static DailyRecord toRecord(int bucket, Row row) {
    UUID id = row.getUuid("ts_id");
    LocalDate day = row.getLocalDate("ts_date");
    Function<String, Row> stated =
        column -> {
          if (row.isNull(column)) {
            throw new CannotRunException(
                "The record %s of %s, bucket %d, has no %s in Cassandra, which its contract asks for."
                        .formatted(id, day, bucket, column)
                    + " Write it again (run its dataset's day again) or delete it there.");
          }
          return row;
        };
    return new DailyRecord(
        id.toString(),
        stated.apply("ts").getInstant("ts"),
        day,
        stated.apply("order_id").getString("order_id"),
        stated.apply("line").getInt("line"),
        stated.apply("customer_id").getString("customer_id"),
        stated.apply("customer_name").getString("customer_name"),
        stated.apply("segment").getString("segment"),
        stated.apply("country").getString("country"),
        stated.apply("state").getString("state"),
        stated.apply("city").getString("city"),
        row.getBigDecimal("latitude"),
        row.getBigDecimal("longitude"),
        stated.apply("platform").getString("platform"),
        stated.apply("payment_method").getString("payment_method"),
        stated.apply("category").getString("category"),
        stated.apply("sub_category").getString("sub_category"),
        stated.apply("product_id").getString("product_id"),
        stated.apply("product_name").getString("product_name"),
        stated.apply("price").getBigDecimal("price"),
        row.getBigDecimal("unit_cost"),
        stated.apply("quantity").getInt("quantity"),
        stated.apply("discount").getBigDecimal("discount"),
        stated.apply("revenue").getBigDecimal("revenue"),
        row.getBigDecimal("profit"));
  }
}
