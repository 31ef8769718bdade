package io.furnistream.datagen.sink;

import io.furnistream.schemas.DailyRecord;
import java.io.Closeable;
import java.io.IOException;

/** Writes sales in a format, one after the other. Not thread-safe. */
interface SaleWriter extends Closeable {

  /** Adds a sale; it may be written later. */
  void write(DailyRecord sale) throws IOException;

  /** Writes what is left, and ends. Closing it again does nothing. */
  @Override
  void close() throws IOException;
}
