package io.furnistream.rollup.files;

import io.furnistream.schemas.TopicColumn;
import java.util.function.Function;
import org.apache.parquet.schema.PrimitiveType;

/**
 * A column of a day's file.
 *
 * @param <R> what makes up a row
 * @param repeats whether many rows have a value in common, so that a dictionary pays
 * @param value what the row states; null only where the column is nullable
 */
record FileColumn<R>(
    String name, ColumnType type, boolean nullable, boolean repeats, Function<R, Object> value) {

  static <R> FileColumn<R> of(TopicColumn column, boolean repeats, Function<R, Object> value) {
    return new FileColumn<>(
        column.name(), ColumnType.of(column), column.nullable(), repeats, value);
  }

  PrimitiveType parquet() {
    return type.column(name, nullable);
  }
}
