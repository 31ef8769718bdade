package io.furnistream.stores.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import io.furnistream.schemas.TopicColumn;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** A row of {@code daily_records} as the record that it holds. */
public final class RawRow {

  /** The columns that are fields of the record, in the order of its contract. */
  private static final List<TopicColumn> COLUMNS =
      DailyRecord.getClassSchema().getFields().stream()
          .map(field -> Topic.DAILY_RECORDS.table().column(field.name()))
          .toList();

  /** Reads one partition: its two parameters are the day and the bucket. */
  public static final String SELECT =
      COLUMNS.stream()
          .map(TopicColumn::name)
          .collect(
              Collectors.joining(
                  ", ",
                  "SELECT ",
                  " FROM "
                      + Topic.DAILY_RECORDS.table().in(StoreKind.CASSANDRA)
                      + " WHERE ts_date = ? AND bucket = ?"));

  private static final String ID = "ts_id";

  private RawRow() {}

  /**
   * The record.
   *
   * @param bucket the bucket it is in, for the message
   * @throws CannotRunException when a column is null that the record's contract requires
   */
  public static DailyRecord toRecord(int bucket, Row row) {
    DailyRecord sale = new DailyRecord();
    for (int position = 0; position < COLUMNS.size(); position++) {
      TopicColumn column = COLUMNS.get(position);
      if (!row.isNull(position)) {
        sale.put(position, value(row, position, column));
      } else if (!column.nullable()) {
        throw new CannotRunException(
            "The record %s of %s, bucket %d, has no %s in Cassandra, which its contract requires."
                    .formatted(row.getUuid(ID), row.getLocalDate("ts_date"), bucket, column.name())
                + " Write it again (run its dataset's day again) or delete it there.");
      }
    }
    return sale;
  }

  private static Object value(Row row, int position, TopicColumn column) {
    return switch (column.kind()) {
      // Text everywhere else.
      case TEXT ->
          column.name().equals(ID) ? row.getUuid(position).toString() : row.getString(position);
      case COUNT ->
          column.type().getType() == Schema.Type.INT
              ? (Object) row.getInt(position)
              : (Object) row.getLong(position);
      case AMOUNT, COORDINATE -> row.getBigDecimal(position);
      case DATE -> row.getLocalDate(position);
      case INSTANT -> row.getInstant(position);
    };
  }
}
