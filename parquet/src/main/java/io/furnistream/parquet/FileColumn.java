package io.furnistream.parquet;

import io.furnistream.schemas.TopicColumn;
import java.util.function.Function;
import org.apache.parquet.schema.PrimitiveType;

/**
 * A column of a file.
 *
 * @param <R> what makes up a row
 * @param repeats whether many rows have a value in common, so that a dictionary pays
 * @param value what the row states; null only where the column is nullable
 */
public record FileColumn<R>(
    String name, ColumnType type, boolean nullable, boolean repeats, Function<R, Object> value) {

  /** The column of a file that holds a column of a topic's table. */
  public static <R> FileColumn<R> of(
      TopicColumn column, boolean repeats, Function<R, Object> value) {
    return new FileColumn<>(
        column.name(), ColumnType.of(column), column.nullable(), repeats, value);
  }

  /** The column of the file's own schema. */
  public PrimitiveType parquet() {
    return type.column(name, nullable);
  }
}
