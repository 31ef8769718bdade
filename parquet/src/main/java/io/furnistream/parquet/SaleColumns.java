package io.furnistream.parquet;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.Topic;
import io.furnistream.schemas.TopicTable;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The columns of the topic {@code daily_records}, as its value's contract has them. */
public final class SaleColumns {

  /** Values that hardly ever repeat. */
  private static final Set<String> DISTINCT =
      Set.of("ts_id", "ts", "order_id", "customer_id", "customer_name");

  private SaleColumns() {}

  /**
   * The columns, in the contract's order.
   *
   * @param <R> what makes up a row
   * @param sale the record that a row holds
   */
  public static <R> List<FileColumn<R>> of(Function<R, DailyRecord> sale) {
    TopicTable table = Topic.DAILY_RECORDS.table();
    return DailyRecord.getClassSchema().getFields().stream()
        .map(
            field -> {
              int position = field.pos();
              return FileColumn.<R>of(
                  table.column(field.name()),
                  !DISTINCT.contains(field.name()),
                  row -> sale.apply(row).get(position));
            })
        .toList();
  }
}
