package io.furnistream.verify.records;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.schemas.Topic;
import io.furnistream.schemas.TopicColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;

/**
 * What a row of Cassandra's quarantine says of a refused record, as texts by column: all that is
 * not null, but for where the record lies, and for the customer's name. As the mapping in {@code
 * connectors/cassandra-daily-records.json} and the sink's documentation have it, and by none of
 * their code.
 *
 * @param texts texts that are the same for the same values, whatever zeros a decimal ends in
 */
record QuarantineRow(SortedMap<String, String> texts) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "customer_name";

  /**
   * The row that a record must have.
   *
   * @param recordDate the day in UTC of its Kafka timestamp
   * @param rule the first rule that it breaks
   * @param key as it was written
   * @param value likewise; null for a tombstone
   */
  static QuarantineRow of(
      LocalDate recordDate, String rule, GenericRecord key, GenericRecord value) {
    SortedMap<String, String> texts = new TreeMap<>();
    texts.put("record_date", recordDate.toString());
    texts.put("rule", rule);
    for (TopicColumn column : Topic.DAILY_RECORDS.table().columns()) {
      String name = column.name();
      // A field that is there and null is not made up for by the key.
      boolean isInValue = value != null && value.getSchema().getField(name) != null;
      GenericRecord part = isInValue ? value : key;
      if (!name.equals(NAME) && part.getSchema().getField(name) != null) {
        text(part, name).ifPresent(text -> texts.put(name, text));
      }
    }
    return new QuarantineRow(texts);
  }

  /** The name in a value, from which its token is made; null when it has none. */
  static String customerName(GenericRecord value) {
    boolean hasName = value != null && value.getSchema().getField(NAME) != null;
    return hasName ? text(value, NAME).orElse(null) : null;
  }

  /**
   * The row that a table has.
   *
   * @param columns those of the table but for the ones that say where the record lies; values are
   *     String, Integer, Long, BigDecimal, LocalDate, Instant or null
   */
  static QuarantineRow of(Map<String, ?> columns) {
    SortedMap<String, String> texts = new TreeMap<>();
    columns.forEach(
        (name, value) -> {
          if (value != null && !name.equals(NAME)) {
            texts.put(name, text(value));
          }
        });
    return new QuarantineRow(texts);
  }

  /** What {@link #json()} wrote. */
  static QuarantineRow parse(String json) {
    try {
      return new QuarantineRow(
          JSON.readerForMapOf(String.class).<Map<String, String>>readValue(json).entrySet().stream()
              .collect(TreeMap::new, (all, e) -> all.put(e.getKey(), e.getValue()), Map::putAll));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Written here, and no longer JSON: " + json, e);
    }
  }

  /** The same text for the same row. */
  String json() {
    try {
      return JSON.writeValueAsString(texts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What another row says otherwise, column by column, in words. */
  List<String> differences(QuarantineRow found) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> columns = new TreeSet<>(texts.keySet());
    columns.addAll(found.texts.keySet());
    for (String column : columns) {
      String must = texts.get(column);
      String is = found.texts.get(column);
      if (!Objects.equals(must, is)) {
        differences.add("%s is %s and must be %s".formatted(column, quoted(is), quoted(must)));
      }
    }
    return differences;
  }

  private static String quoted(String text) {
    return text == null ? "null" : "'" + text + "'";
  }

  private static Optional<String> text(GenericRecord record, String name) {
    Schema.Field field = record.getSchema().getField(name);
    Object value = record.get(field.pos());
    return value == null
        ? Optional.empty()
        : Optional.of(text(branch(field.schema(), value), value));
  }

  private static Schema branch(Schema schema, Object value) {
    return schema.isUnion()
        ? schema.getTypes().get(GenericData.get().resolveUnion(schema, value))
        : schema;
  }

  /** A value as it was written, which its schema gives a meaning. */
  private static String text(Schema schema, Object value) {
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal) {
      byte[] bytes =
          value instanceof GenericFixed fixed ? fixed.bytes() : bytes((ByteBuffer) value);
      return text(new BigDecimal(new BigInteger(bytes), decimal.getScale()));
    }
    if (logical instanceof LogicalTypes.Date) {
      return text(LocalDate.ofEpochDay((Integer) value));
    }
    if (logical instanceof LogicalTypes.TimestampMillis) {
      return text(Instant.ofEpochMilli((Long) value));
    }
    return String.valueOf(value);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static String text(Object value) {
    return value instanceof BigDecimal number
        ? number.stripTrailingZeros().toString()
        : value.toString();
  }
}
