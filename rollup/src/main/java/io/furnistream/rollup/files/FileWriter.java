package io.furnistream.rollup.files;

import io.furnistream.stores.export.Hashes;
import io.furnistream.stores.export.ManifestFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/**
 * Writes one of a day's files, and hashes the rows as they pass: the hash of what the file says
 * does not depend on how a version of the library encodes it.
 *
 * @param <R> what makes up a row
 */
public final class FileWriter<R> implements AutoCloseable {

  /** Names of the file's key-value metadata. */
  static final String SCHEMA = "furnistream.schema";

  static final String FINGERPRINT = "furnistream.schema.fingerprint";
  static final String DAY = "furnistream.day";
  static final String REVISION = "furnistream.revision";

  // This many rows of records take about 15 MB before they are written.
  private static final int ROW_GROUP_ROWS = 100_000;

  private final FileSchema<R> schema;
  private final LocalDate day;
  private final Path file;
  private final MessageDigest content = Hashes.digest();
  private final ParquetWriter<R> writer;
  private long rows;

  /**
   * Begins the file.
   *
   * @param schema its columns
   * @param day the day whose file it is
   * @param revision the revision of the day, 1 or more
   * @param file where it is written; a folder that is not there is made
   * @throws IOException when the file is there already, or cannot be written
   */
  public FileWriter(FileSchema<R> schema, LocalDate day, int revision, Path file)
      throws IOException {
    this.schema = schema;
    this.day = day;
    this.file = file;
    Files.createDirectories(file.getParent());
    Builder<R> builder =
        new Builder<>(
            new LocalOutputFile(file),
            new Rows<>(
                schema,
                Map.of(
                    SCHEMA, schema.name(),
                    FINGERPRINT, schema.fingerprint(),
                    DAY, day.toString(),
                    REVISION, Integer.toString(revision)),
                content));
    for (FileColumn<R> column : schema.columns()) {
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
    rows++;
  }

  /** Ends the file and describes it; it is on the disk then. */
  public ManifestFile finish() throws IOException {
    writer.close();
    Disk.sync(file);
    return new ManifestFile(
        schema.path(day),
        schema.name(),
        schema.fingerprint(),
        rows,
        Files.size(file),
        Hashes.text(content.digest()),
        Hashes.sha256(file));
  }

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

  private static final class Rows<R> extends WriteSupport<R> {
    private static final byte NULL = 0;
    private static final byte TEXT = 1;
    private static final byte NUMBER = 2;
    private static final byte WIDE_NUMBER = 3;

    private final FileSchema<R> schema;
    private final Map<String, String> metadata;
    private final MessageDigest content;
    // The row as it is hashed: the digest is slow on many small pieces.
    private ByteBuffer hashed = ByteBuffer.allocate(4096);
    private RecordConsumer consumer;

    Rows(FileSchema<R> schema, Map<String, String> metadata, MessageDigest content) {
      this.schema = schema;
      this.metadata = metadata;
      this.content = content;
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return new WriteContext(schema.parquet(), metadata);
    }

    @Override
    @SuppressWarnings("deprecation")
    public WriteContext init(Configuration configuration) {
      return new WriteContext(schema.parquet(), metadata);
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      this.consumer = recordConsumer;
    }

    @Override
    public void write(R row) {
      hashed.clear();
      consumer.startMessage();
      for (int i = 0; i < schema.columns().size(); i++) {
        FileColumn<R> column = schema.columns().get(i);
        Object value = column.value().apply(row);
        if (value == null && column.nullable()) {
          room(1).put(NULL);
        } else {
          consumer.startField(column.name(), i);
          write(column, value);
          consumer.endField(column.name(), i);
        }
      }
      consumer.endMessage();
      content.update(hashed.flip());
    }

    private void write(FileColumn<R> column, Object value) {
      if (column.type() == ColumnType.TEXT) {
        byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
        room(1 + Long.BYTES + text.length).put(TEXT).putLong(text.length).put(text);
        consumer.addBinary(Binary.fromConstantByteArray(text));
        return;
      }
      if (column.type() == ColumnType.SUM) {
        write(column.type().unscaled(column.name(), (BigDecimal) value));
        return;
      }
      long whole = column.type().number(column.name(), value);
      room(1 + Long.BYTES).put(NUMBER).putLong(whole);
      if (column.type().isShort()) {
        consumer.addInteger(Math.toIntExact(whole));
      } else {
        consumer.addLong(whole);
      }
    }

    /** A sum is hashed as any other number where 64 bits hold it. */
    private void write(BigInteger sum) {
      byte[] bytes =
          ByteBuffer.allocate(ColumnType.SUM_BYTES)
              .putLong(sum.shiftRight(Long.SIZE).longValueExact())
              .putLong(sum.longValue())
              .array();
      if (sum.bitLength() < Long.SIZE) {
        room(1 + Long.BYTES).put(NUMBER).putLong(sum.longValue());
      } else {
        room(1 + bytes.length).put(WIDE_NUMBER).put(bytes);
      }
      consumer.addBinary(Binary.fromConstantByteArray(bytes));
    }

    private ByteBuffer room(int bytes) {
      if (hashed.remaining() < bytes) {
        int size = Math.max(2 * hashed.capacity(), hashed.position() + bytes);
        hashed = ByteBuffer.allocate(size).put(hashed.flip());
      }
      return hashed;
    }
  }
}
