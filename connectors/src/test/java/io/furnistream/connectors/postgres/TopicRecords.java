package io.furnistream.connectors.postgres;

import io.confluent.connect.avro.AvroData;
import io.furnistream.schemas.Topic;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records of a topic, with its contract's schemas as the worker's converter gives them. */
final class TopicRecords {

  /** 2023-12-02T01:30:00.007Z. */
  static final Instant SOME_INSTANT = Instant.ofEpochMilli(1_701_480_600_007L);

  private static final Date SOME_DAY = day(19_692); // 2023-12-01
  private static final AvroData AVRO = new AvroData(100);

  private final Topic topic;
  private final Schema keySchema;
  private final Schema valueSchema;

  TopicRecords(Topic topic) {
    this.topic = topic;
    keySchema = AVRO.toConnectSchema(topic.keySchema());
    valueSchema = AVRO.toConnectSchema(topic.valueSchema());
  }

  /** A date as Connect holds it, the days since 1970 in UTC. */
  static Date day(long days) {
    return Date.from(Instant.EPOCH.plus(Duration.ofDays(days)));
  }

  /** A record in which every field is sound but those that are given. */
  SinkRecord record(long offset, Map<String, Object> given) {
    return of(offset, keySchema, key(given), valueSchema, struct(valueSchema, given));
  }

  /** A tombstone. */
  SinkRecord tombstone(long offset, Map<String, Object> given) {
    return of(offset, keySchema, key(given), null, null);
  }

  /** Whatever a client may have written into the topic. */
  SinkRecord of(long offset, Schema keySchema, Object key, Schema valueSchema, Object value) {
    return new SinkRecord(topic.topicName(), 0, keySchema, key, valueSchema, value, offset);
  }

  Schema keySchema() {
    return keySchema;
  }

  Schema valueSchema() {
    return valueSchema;
  }

  Struct key(Map<String, Object> given) {
    return struct(keySchema, given);
  }

  static Struct struct(Schema schema, Map<String, Object> given) {
    Struct struct = new Struct(schema);
    for (Field field : schema.fields()) {
      struct.put(field, given.getOrDefault(field.name(), sound(field.schema())));
    }
    return struct;
  }

  private static Object sound(Schema schema) {
    if (Decimal.LOGICAL_NAME.equals(schema.name())) {
      return new BigDecimal("3.0000");
    }
    if (org.apache.kafka.connect.data.Date.LOGICAL_NAME.equals(schema.name())) {
      return SOME_DAY;
    }
    if (org.apache.kafka.connect.data.Timestamp.LOGICAL_NAME.equals(schema.name())) {
      return Date.from(SOME_INSTANT);
    }
    return switch (schema.type()) {
      case STRING -> "sound";
      case INT32 -> 2;
      case INT64 -> 2L;
      default -> throw new IllegalArgumentException("no sound value of " + schema.type());
    };
  }
}
