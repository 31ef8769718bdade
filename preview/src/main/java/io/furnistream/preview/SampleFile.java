package io.furnistream.preview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.confluent.connect.avro.AvroData;
import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Records in a file: an Avro container file, or JSON.
 *
 * <p>Avro: each record is a value; a record of exactly the fields {@code key} and {@code value} is
 * both. JSON: an object, or a list of them, with {@code value}, {@code key}, {@code topic} and
 * {@code timestamp} (milliseconds), each of which may be left out; key and value are plain JSON, or
 * what Connect's JsonConverter writes with its schema.
 */
final class SampleFile {

  /** A preview is read by people. */
  static final int MOST_RECORDS = 100;

  private static final byte[] AVRO = {'O', 'b', 'j', 1};
  private static final int CACHED_SCHEMAS = 16;

  /** Amounts keep the digits that the file has. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final Path file;
  private final String topic;

  /**
   * A file.
   *
   * @param topic of records that name none
   */
  SampleFile(Path file, String topic) {
    this.file = file;
    this.topic = topic;
  }

  /**
   * The records, at the most {@value #MOST_RECORDS}.
   *
   * @throws CannotRunException when the file holds none
   */
  List<SinkRecord> read() {
    try {
      List<SinkRecord> records = isAvro() ? avro() : json();
      if (records.isEmpty()) {
        throw new CannotRunException(file + " holds no record.");
      }
      return records;
    } catch (JsonProcessingException e) {
      throw new CannotRunException(
          "%s is neither an Avro container file nor JSON: %s"
              .formatted(file, e.getOriginalMessage()),
          e);
    } catch (IOException | DataException e) {
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

  private List<SinkRecord> avro() throws IOException {
    AvroData avro = new AvroData(CACHED_SCHEMAS);
    List<SinkRecord> records = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
      boolean both =
          reader.getSchema().getFields().stream()
              .map(org.apache.avro.Schema.Field::name)
              .toList()
              .equals(List.of("key", "value"));
      while (reader.hasNext() && records.size() < MOST_RECORDS) {
        GenericRecord record = reader.next();
        records.add(
            both
                ? record(
                    topic,
                    connect(avro, record.getSchema().getField("key").schema(), record.get("key")),
                    connect(
                        avro, record.getSchema().getField("value").schema(), record.get("value")),
                    null)
                : record(
                    topic, SchemaAndValue.NULL, connect(avro, record.getSchema(), record), null));
      }
    }
    return records;
  }

  private static SchemaAndValue connect(
      AvroData avro, org.apache.avro.Schema schema, Object value) {
    SchemaAndValue connect = avro.toConnectData(schema, value);
    return connect == null ? SchemaAndValue.NULL : connect;
  }

  private List<SinkRecord> json() throws IOException {
    JsonNode document = JSON.readTree(file.toFile());
    List<SinkRecord> records = new ArrayList<>();
    for (JsonNode record : document.isArray() ? document : List.of(document)) {
      if (!record.has("value") && !record.has("key")) {
        throw new CannotRunException(
            "%s: a record is {\"topic\": …, \"key\": …, \"value\": …}; one has neither key nor value."
                .formatted(file));
      }
      if (records.size() < MOST_RECORDS) {
        records.add(
            record(
                record.path("topic").asText(topic),
                connect(record.path("key")),
                connect(record.path("value")),
                record.hasNonNull("timestamp") ? record.get("timestamp").asLong() : null));
      }
    }
    return records;
  }

  private static SchemaAndValue connect(JsonNode json) throws IOException {
    if (json.isMissingNode() || json.isNull()) {
      return SchemaAndValue.NULL;
    }
    boolean withSchema = json.size() == 2 && json.has("schema") && json.has("payload");
    try (JsonConverter converter = new JsonConverter()) {
      converter.configure(Map.of("schemas.enable", withSchema), false);
      return converter.toConnectData("sample", JSON.writeValueAsBytes(json));
    }
  }

  private static SinkRecord record(
      String topic, SchemaAndValue key, SchemaAndValue value, Long timestamp) {
    return new SinkRecord(
        topic,
        0,
        key.schema(),
        key.value(),
        value.schema(),
        value.value(),
        0,
        timestamp,
        timestamp == null
            ? org.apache.kafka.common.record.TimestampType.NO_TIMESTAMP_TYPE
            : org.apache.kafka.common.record.TimestampType.CREATE_TIME);
  }
}
