package io.furnistream.datagen.sink;

import io.furnistream.schemas.DailyRecord;
import java.io.Closeable;
import java.io.IOException;

/** Takes sales. Not thread-safe. */
public interface Sink extends Closeable {

  /** Takes a sale; it may be written later. */
  void write(DailyRecord sale) throws IOException;

  /** All sales were taken: they are where they belong when this returns. */
  void finish() throws IOException;

  /** Ends; nothing is left of a file that was not finished. */
  @Override
  void close();
}
