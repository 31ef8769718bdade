package io.furnistream.datagen.sink;

import io.furnistream.schemas.DailyRecord;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/**
 * Sales as CSV on standard output. It writes past {@code System.out}, which would swallow that a
 * reader has gone, and write in the machine's encoding.
 */
final class StandardOutput implements Sink {

  private final SaleWriter sales;

  StandardOutput() throws IOException {
    this.sales = new CsvSales(new FileOutputStream(FileDescriptor.out));
  }

  @Override
  public void write(DailyRecord sale) throws IOException {
    sales.write(sale);
  }

  @Override
  public void finish() throws IOException {
    sales.close();
  }

  @Override
  public void close() {
    // What was not finished has been told; the descriptor goes with the process.
  }
}
