package io.furnistream.verify.records;

import io.furnistream.schemas.TopicColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The columns that the transforms in front of Cassandra add to a sale: no contract has them. What
 * they must hold is in {@code expected/daily_records.sql}.
 */
public final class EnrichedColumns {

  private static final int COORDINATE_PRECISION = 9;
  private static final int COORDINATE_SCALE = 6;

  private EnrichedColumns() {}

  /**
   * Those that are compared.
   *
   * @param withRegions whether the table of regions is known
   */
  public static List<TopicColumn> of(boolean withRegions) {
    List<TopicColumn> columns = new ArrayList<>();
    for (String part : List.of("ts_year", "ts_month", "ts_day", "ts_weekday")) {
      columns.add(new TopicColumn(part, Schema.create(Schema.Type.INT), true));
    }
    columns.add(text("cell"));
    Schema degrees =
        LogicalTypes.decimal(COORDINATE_PRECISION, COORDINATE_SCALE)
            .addToSchema(Schema.create(Schema.Type.BYTES));
    columns.add(new TopicColumn("cell_latitude", degrees, true));
    columns.add(new TopicColumn("cell_longitude", degrees, true));
    if (withRegions) {
      columns.add(text("region"));
      columns.add(text("division"));
    }
    return columns;
  }

  private static TopicColumn text(String name) {
    return new TopicColumn(name, Schema.create(Schema.Type.STRING), true);
  }
}
