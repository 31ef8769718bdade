package io.furnistream.connectors.cassandra;

import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A field of a record, or the whole of its key or value.
 *
 * @param name how messages call it, such as {@code value.price}
 * @param schema null when the record has none
 * @param value may be null
 */
record FieldValue(String name, Schema schema, Object value) {

  /**
   * Finds what a column is to be filled with.
   *
   * @return null when the record has no such field
   */
  static FieldValue find(SinkRecord record, ColumnSource.Side side, String field) {
    return side == ColumnSource.Side.KEY
        ? find("key", record.keySchema(), record.key(), field)
        : find("value", record.valueSchema(), record.value(), field);
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
