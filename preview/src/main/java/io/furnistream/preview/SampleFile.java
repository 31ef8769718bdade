package io.furnistream.preview;

import io.confluent.connect.avro.AvroData;
import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Records in a file: an Avro container file, or JSON ({@link JsonSamples}).
 *
 * <p>Avro: each record is a value; a record of exactly the fields {@code key} and {@code value} is
 * both.
 */
final class SampleFile {

  private static final byte[] AVRO = {'O', 'b', 'j', 1};
  private static final int CACHED_SCHEMAS = 16;

  private final Path file;
  private final Reading reading;

  /**
   * A file.
   *
   * @param reading how the connector's records are read
   */
  SampleFile(Path file, Reading reading) {
    this.file = file;
    this.reading = reading;
  }

  /**
   * The records, at the most {@value Samples#MOST}.
   *
   * @throws CannotRunException when the file holds none, or one that cannot be read
   */
  Samples read() {
    try {
      Samples samples = isAvro() ? avro() : new JsonSamples(file, reading).read();
      if (samples.records().isEmpty()) {
        throw new CannotRunException(file + " holds no record.");
      }
      return samples;
    } catch (IOException | DataException | AvroRuntimeException e) {
      throw new CannotRunException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private boolean isAvro() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CannotRunException("There is no file " + file + ". Name a sample with --sample.");
    }
    try (java.io.InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(AVRO.length), AVRO);
    }
  }

  private Samples avro() throws IOException {
    AvroData avro = new AvroData(CACHED_SCHEMAS);
    List<Sample> records = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
      boolean both =
          reader.getSchema().getFields().stream()
              .map(org.apache.avro.Schema.Field::name)
              .toList()
              .equals(List.of("key", "value"));
      while (reader.hasNext() && records.size() < Samples.MOST) {
        GenericRecord record = reader.next();
        records.add(
            Sample.of(
                both
                    ? record(part(avro, record, "key"), part(avro, record, "value"))
                    : record(SchemaAndValue.NULL, connect(avro, record.getSchema(), record))));
      }
      return new Samples(records, reader.hasNext());
    }
  }

  private static SchemaAndValue part(AvroData avro, GenericRecord record, String name) {
    return connect(avro, record.getSchema().getField(name).schema(), record.get(name));
  }

  private static SchemaAndValue connect(
      AvroData avro, org.apache.avro.Schema schema, Object value) {
    SchemaAndValue connect = avro.toConnectData(schema, value);
    return connect == null ? SchemaAndValue.NULL : connect;
  }

  private SinkRecord record(SchemaAndValue key, SchemaAndValue value) {
    return new SinkRecord(
        reading.topic(),
        RecordMetadata.UNKNOWN_PARTITION,
        key.schema(),
        key.value(),
        value.schema(),
        value.value(),
        0);
  }
}
