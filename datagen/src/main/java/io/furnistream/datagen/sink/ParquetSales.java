package io.furnistream.datagen.sink;

import io.furnistream.parquet.FileTable;
import io.furnistream.parquet.RowFile;
import io.furnistream.parquet.RowListener;
import io.furnistream.parquet.SaleColumns;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** Sales as a Parquet file. */
final class ParquetSales implements SaleWriter {

  private static final FileTable<DailyRecord> TABLE =
      new FileTable<>(Topic.DAILY_RECORDS.topicName(), SaleColumns.of(Function.identity()));

  private final RowFile<DailyRecord> rows;

  ParquetSales(Path file) throws IOException {
    this.rows = new RowFile<>(TABLE, Map.of(), RowListener.NONE, file);
  }

  @Override
  public void write(DailyRecord sale) throws IOException {
    rows.write(sale);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
