package io.furnistream.connectors.cassandra;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A field of a record, all of its key or value, a header, or a part of its position.
 *
 * @param name how messages call it, such as {@code value.price}
 * @param schema null when the record has none
 * @param value may be null
 */
@SuppressWarnings("JavaUtilDate") // the class that Connect uses for its logical types
record FieldValue(String name, Schema schema, Object value) {

  /**
   * Finds what a column is to be filled with.
   *
   * @param topicId the incarnation of the topic in Kafka that the record comes from
   * @param sources the first that the record has is taken, even if it is null
   * @return null when the record has none of them
   */
  static FieldValue first(SinkRecord record, Uuid topicId, List<ColumnSource> sources) {
    for (ColumnSource source : sources) {
      FieldValue field = find(record, topicId, source.side(), source.field());
      if (field != null) {
        return field;
      }
    }
    return null;
  }

  private static FieldValue find(
      SinkRecord record, Uuid topicId, ColumnSource.Side side, String field) {
    return switch (side) {
      case KEY -> find("key", record.keySchema(), record.key(), field);
      case VALUE -> find("value", record.valueSchema(), record.value(), field);
      case HEADER -> header(record, field);
      case POSITION -> position(record, topicId, field);
    };
  }

  private static FieldValue header(SinkRecord record, String name) {
    Header header = record.headers().lastWithName(name);
    return header == null
        ? null
        : new FieldValue("header." + name, header.schema(), header.value());
  }

  private static FieldValue position(SinkRecord record, Uuid topicId, String field) {
    String name = "record." + field;
    return switch (field) {
      case "topic" -> new FieldValue(name, Schema.STRING_SCHEMA, record.originalTopic());
      case "topic_id" -> new FieldValue(name, Schema.STRING_SCHEMA, topicId.toString());
      case "partition" ->
          new FieldValue(name, Schema.INT32_SCHEMA, record.originalKafkaPartition());
      case "offset" -> new FieldValue(name, Schema.INT64_SCHEMA, record.originalKafkaOffset());
      case "timestamp" ->
          new FieldValue(
              name,
              Timestamp.SCHEMA,
              record.timestamp() == null ? null : new Date(record.timestamp()));
      case "date" ->
          new FieldValue(
              name,
              org.apache.kafka.connect.data.Date.SCHEMA,
              record.timestamp() == null
                  ? null
                  : Date.from(
                      Instant.ofEpochMilli(record.timestamp()).truncatedTo(ChronoUnit.DAYS)));
      default -> throw new IllegalArgumentException("A record has no " + field);
    };
  }

  private static FieldValue find(String side, Schema schema, Object part, String name) {
    if (name == null) {
      return new FieldValue(side, schema, part);
    }
    if (part instanceof Struct struct) {
      Field field = struct.schema().field(name);
      // Without its default: a null that was sent is a null, not the schema's default.
      return field == null
          ? null
          : new FieldValue(side + "." + name, field.schema(), struct.getWithoutDefault(name));
    }
    if (part instanceof Map<?, ?> map && map.containsKey(name)) {
      return new FieldValue(side + "." + name, null, map.get(name));
    }
    return null;
  }

  /** The value's type in Connect's terms, for messages. */
  String type() {
    if (schema == null) {
      return value == null ? "null" : value.getClass().getName();
    }
    return schema.name() == null
        ? schema.type().getName()
        : schema.name() + " (" + schema.type().getName() + ")";
  }
}
