package io.furnistream.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Hands the cells of rows to Parquet's library, and to a listener. */
final class RowSupport<R> extends WriteSupport<R> {

  private final FileTable<R> table;
  private final Map<String, String> metadata;
  private final RowListener listener;
  private RecordConsumer consumer;

  RowSupport(FileTable<R> table, Map<String, String> metadata, RowListener listener) {
    this.table = table;
    this.metadata = metadata;
    this.listener = listener;
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(table.parquet(), metadata);
  }

  @Override
  @SuppressWarnings("deprecation")
  public WriteContext init(Configuration configuration) {
    return new WriteContext(table.parquet(), metadata);
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    this.consumer = recordConsumer;
  }

  @Override
  public void write(R row) {
    consumer.startMessage();
    for (int i = 0; i < table.columns().size(); i++) {
      FileColumn<R> column = table.columns().get(i);
      Object value = column.value().apply(row);
      if (value == null && column.nullable()) {
        listener.none();
      } else {
        consumer.startField(column.name(), i);
        write(column, value);
        consumer.endField(column.name(), i);
      }
    }
    consumer.endMessage();
    listener.endOfRow();
  }

  private void write(FileColumn<R> column, Object value) {
    if (column.type() == ColumnType.TEXT) {
      byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
      listener.text(text);
      consumer.addBinary(Binary.fromConstantByteArray(text));
      return;
    }
    if (column.type() == ColumnType.SUM) {
      write(column.type().unscaled(column.name(), (BigDecimal) value));
      return;
    }
    long whole = column.type().number(column.name(), value);
    listener.number(whole);
    if (column.type().isShort()) {
      consumer.addInteger(Math.toIntExact(whole));
    } else {
      consumer.addLong(whole);
    }
  }

  private void write(BigInteger sum) {
    byte[] bytes =
        ByteBuffer.allocate(ColumnType.SUM_BYTES)
            .putLong(sum.shiftRight(Long.SIZE).longValueExact())
            .putLong(sum.longValue())
            .array();
    if (sum.bitLength() < Long.SIZE) {
      listener.number(sum.longValue());
    } else {
      listener.wideNumber(bytes);
    }
    consumer.addBinary(Binary.fromConstantByteArray(bytes));
  }
}
