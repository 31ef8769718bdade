package io.furnistream.preview;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * One part of a record that can change.
 *
 * @param type in Connect's terms, such as {@code int32} or {@code Timestamp, optional}; null for
 *     the topic, the partition and for what has no schema
 * @param text the value as people read it; null for null
 */
record Cell(String type, String text) {

  /** Everything in a record, by its path, such as {@code value.address.city}. */
  static Map<String, Cell> of(SinkRecord record) {
    Map<String, Cell> cells = new LinkedHashMap<>();
    cells.put("topic", new Cell(null, record.topic()));
    if (record.kafkaPartition() != RecordMetadata.UNKNOWN_PARTITION) {
      cells.put("partition", new Cell(null, record.kafkaPartition().toString()));
    }
    collect(cells, "key", record.keySchema(), record.key());
    collect(cells, "value", record.valueSchema(), record.value());
    for (Header header : record.headers()) {
      collect(cells, "header " + header.key(), header.schema(), header.value());
    }
    return cells;
  }

  private static void collect(Map<String, Cell> cells, String name, Schema schema, Object value) {
    if (value instanceof Struct struct) {
      if (struct.schema().name() != null) {
        cells.put("schema of " + name, new Cell(null, schemaName(struct.schema())));
      }
      for (Field field : struct.schema().fields()) {
        collect(
            cells,
            name + "." + field.name(),
            field.schema(),
            struct.getWithoutDefault(field.name()));
      }
    } else if (value instanceof Map<?, ?> map && schema == null) {
      map.forEach((key, inner) -> collect(cells, name + "." + key, null, inner));
    } else {
      cells.put(name, new Cell(type(schema), text(schema, value)));
    }
  }

  private static String schemaName(Schema schema) {
    return schema.version() == null
        ? schema.name()
        : schema.name() + ", version " + schema.version();
  }

  private static String type(Schema schema) {
    if (schema == null) {
      return null;
    }
    String name =
        schema.name() == null
            ? schema.type().getName()
            : schema.name().substring(schema.name().lastIndexOf('.') + 1);
    return schema.isOptional() ? name + ", optional" : name;
  }

  private static String text(Schema schema, Object value) {
    if (value instanceof java.util.Date date) {
      return text(schema == null ? null : schema.name(), date);
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Object[] array) {
      return Arrays.toString(array);
    }
    return value == null ? null : value.toString();
  }

  private static String text(String logicalName, java.util.Date date) {
    if (Date.LOGICAL_NAME.equals(logicalName)) {
      return LocalDate.ofInstant(date.toInstant(), ZoneOffset.UTC).toString();
    }
    return Time.LOGICAL_NAME.equals(logicalName)
        ? date.toInstant().atZone(ZoneOffset.UTC).toLocalTime().toString()
        : date.toInstant().toString();
  }
}
