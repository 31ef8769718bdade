package io.furnistream.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;

/**
 * A Parquet file that rows are written to. Memory does not grow with their number.
 *
 * @param <R> what makes up a row
 */
public final class RowFile<R> implements AutoCloseable {

  // This many rows of records take about 15 MB before they are written.
  private static final int ROW_GROUP_ROWS = 100_000;

  private final ParquetWriter<R> writer;

  /**
   * Begins the file.
   *
   * @param table its columns
   * @param metadata what its footer says beside them, by name
   * @param listener is told what the cells hold
   * @param file where it is written, in a folder that is there
   * @throws IOException when the file is there already, or cannot be written
   */
  public RowFile(FileTable<R> table, Map<String, String> metadata, RowListener listener, Path file)
      throws IOException {
    Builder<R> builder =
        new Builder<>(new LocalOutputFile(file), new RowSupport<>(table, metadata, listener));
    for (FileColumn<R> column : table.columns()) {
      builder.withDictionaryEncoding(column.name(), column.repeats());
    }
    this.writer =
        builder
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new ZstdCodecFactory())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupRowCountLimit(ROW_GROUP_ROWS)
            .withPageWriteChecksumEnabled(true)
            .build();
  }

  /**
   * Adds a row.
   *
   * @throws io.furnistream.cli.CannotRunException when a column cannot hold its value without
   *     changing it
   */
  public void write(R row) throws IOException {
    writer.write(row);
  }

  /** Ends the file. Closing it again does nothing. */
  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder<R> extends ParquetWriter.Builder<R, Builder<R>> {
    private final WriteSupport<R> rows;

    Builder(OutputFile file, WriteSupport<R> rows) {
      super(file);
      this.rows = rows;
    }

    @Override
    protected Builder<R> self() {
      return this;
    }

    @Override
    protected WriteSupport<R> getWriteSupport(ParquetConfiguration configuration) {
      return rows;
    }

    // Never called, as the configuration given is not one of Hadoop; the class leaves it abstract.
    @Override
    @SuppressWarnings("deprecation")
    protected WriteSupport<R> getWriteSupport(Configuration configuration) {
      return rows;
    }
  }
}
