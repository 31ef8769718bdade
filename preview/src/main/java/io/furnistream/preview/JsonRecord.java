package io.furnistream.preview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A record in JSON, in one of three forms.
 *
 * <ul>
 *   <li>{@code {"topic", "partition", "offset", "timestamp", "headers", "key", "value"}}: all but
 *       {@code value} may be left out. Key and value are plain, or what JsonConverter writes with
 *       its schema;
 *   <li>what {@code kcat -J} prints, with {@code payload};
 *   <li>a value alone as JsonConverter writes it: {@code {"schema", "payload"}}.
 * </ul>
 *
 * <p>A property of none of these forms is refused: an ignored name may be the one that counts.
 */
final class JsonRecord {

  private static final String FORM =
      "{\"topic\": …, \"timestamp\": …, \"headers\": …, \"key\": …, \"value\": …}";

  private static final Set<String> OURS =
      Set.of("topic", "partition", "offset", "timestamp", "headers", "key", "value");
  private static final Set<String> KCAT =
      Set.of(
          "topic",
          "partition",
          "offset",
          "tstype",
          "ts",
          "broker",
          "headers",
          "key",
          "key_schema_id",
          "payload",
          "value_schema_id");
  private static final Set<String> KCAT_ALONE = Set.of("tstype", "ts", "broker", "payload");

  private final JsonNode json;
  private final Reading reading;
  private final boolean kcat;

  private JsonRecord(JsonNode json, Reading reading) {
    this.json = json;
    this.reading = reading;
    this.kcat = !json.has("value") && KCAT_ALONE.stream().anyMatch(json::has);
  }

  /**
   * Reads a record.
   *
   * @param reading how the connector's records are read
   * @throws DataException saying which property is wrong, and what it takes
   */
  static SinkRecord read(JsonNode json, Reading reading) throws IOException {
    if (!json.isObject()) {
      throw new DataException(
          "it is of type %s, and a record is %s"
              .formatted(json.getNodeType().name().toLowerCase(Locale.ROOT), FORM));
    }
    if (isConverted(json)) {
      return new JsonRecord(JsonSamples.JSON.createObjectNode().set("value", json), reading)
          .record();
    }
    return new JsonRecord(json, reading).record();
  }

  private SinkRecord record() throws IOException {
    requireKnown();
    String payload = kcat ? "payload" : "value";
    if (!json.has(payload)) {
      throw new DataException(
          "it has no '%s'. Of a tombstone it is null: \"%s\": null".formatted(payload, payload));
    }
    SchemaAndValue key = part("key");
    SchemaAndValue value = part(payload);
    JsonTimestamp timestamp = kcat ? JsonTimestamp.ofKcat(json) : JsonTimestamp.of(json);
    return new SinkRecord(
        topic(),
        json.has("partition")
            ? (int) number("partition", Integer.MAX_VALUE)
            : RecordMetadata.UNKNOWN_PARTITION,
        key.schema(),
        key.value(),
        value.schema(),
        value.value(),
        number("offset", Long.MAX_VALUE),
        timestamp.millis(),
        timestamp.type(),
        JsonHeaders.of(json.path("headers"), kcat, reading.headers()));
  }

  private void requireKnown() {
    Set<String> known = kcat ? KCAT : OURS;
    Set<String> unknown = new TreeSet<>();
    json.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new DataException(
          "%s %s not known; %s. The fields of a value belong under \"value\"."
              .formatted(
                  "'" + String.join("', '", unknown) + "'",
                  unknown.size() == 1 ? "is" : "are",
                  kcat
                      ? "kcat's records have " + String.join(", ", new TreeSet<>(KCAT))
                      : "a record is " + FORM + ", with \"partition\" and \"offset\" if you like"));
    }
  }

  private String topic() {
    JsonNode topic = json.path("topic");
    if (topic.isMissingNode()) {
      return reading.topic();
    }
    if (!topic.isTextual() || topic.asText().isBlank()) {
      throw wrong("topic", "the name of a topic");
    }
    return topic.asText();
  }

  private long number(String property, long most) {
    JsonNode number = json.path(property);
    if (number.isMissingNode()) {
      return 0;
    }
    if (!number.isIntegralNumber()
        || !number.canConvertToLong()
        || number.asLong() < 0
        || number.asLong() > most) {
      throw wrong(property, "a whole number from 0 to " + most);
    }
    return number.asLong();
  }

  private SchemaAndValue part(String property) throws IOException {
    JsonNode part = json.path(property);
    try {
      return kcat && part.isTextual() ? text(property, part.asText()) : connect(part);
    } catch (DataException e) {
      throw new DataException("'" + property + "': " + e.getMessage(), e);
    }
  }

  /** What kcat prints of bytes. A JSON object in them is one; other text is text. */
  private static SchemaAndValue text(String property, String text) throws IOException {
    if (text.indexOf('\0') >= 0) {
      throw new DataException(
          "it is not text, but bytes, such as Avro. Let kcat read them (-s %s=avro), or use --topic"
              .formatted(property.equals("key") ? property : "value"));
    }
    try {
      JsonNode json = JsonSamples.JSON.readTree(text);
      if (json.isObject()) {
        return connect(json);
      }
    } catch (JsonProcessingException e) {
      // Text, then.
      return new SchemaAndValue(Schema.OPTIONAL_STRING_SCHEMA, text);
    }
    return new SchemaAndValue(Schema.OPTIONAL_STRING_SCHEMA, text);
  }

  private static SchemaAndValue connect(JsonNode json) throws IOException {
    if (json.isMissingNode() || json.isNull()) {
      return SchemaAndValue.NULL;
    }
    try (JsonConverter converter = new JsonConverter()) {
      converter.configure(Map.of("schemas.enable", isConverted(json)), false);
      return converter.toConnectData("sample", JsonSamples.JSON.writeValueAsBytes(json));
    }
  }

  /** Whether JsonConverter wrote it, with its schema. */
  private static boolean isConverted(JsonNode json) {
    return json.size() == 2 && json.has("schema") && json.has("payload");
  }

  private DataException wrong(String property, String needed) {
    return wrong(property, json.get(property), needed);
  }

  /** An error that names the property, its value and what is taken instead. */
  static DataException wrong(String property, Object found, String needed) {
    return new DataException("'%s' is %s: %s is needed".formatted(property, found, needed));
  }
}
