package io.furnistream.parquet;

import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The columns of a file.
 *
 * @param <R> what makes up a row
 * @param name what the file's own schema is called
 */
public record FileTable<R>(String name, List<FileColumn<R>> columns) {

  /** The file's own schema. */
  public MessageType parquet() {
    return new MessageType(name, columns.stream().<Type>map(FileColumn::parquet).toList());
  }
}
