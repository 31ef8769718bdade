package io.furnistream.datagen.sink;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.Topic;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;

/** Sales as an Avro Object Container File, by their contract. */
final class AvroSales implements SaleWriter {

  /** Every reader of Avro has deflate; few have zstd. */
  private static final CodecFactory CODEC = CodecFactory.deflateCodec(6);

  private final OutputStream out;
  private final DataFileWriter<DailyRecord> avro;

  AvroSales(Path file) throws IOException {
    this.out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
    this.avro = new DataFileWriter<>(new SpecificDatumWriter<>(DailyRecord.class));
    try {
      avro.setCodec(CODEC).create(Topic.DAILY_RECORDS.valueSchema(), out);
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }

  @Override
  public void write(DailyRecord sale) throws IOException {
    avro.append(sale);
  }

  @Override
  public void close() throws IOException {
    try (out) { // which Avro leaves open when the rest cannot be written
      avro.close();
    }
  }
}
