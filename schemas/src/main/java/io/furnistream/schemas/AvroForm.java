package io.furnistream.schemas;

import io.furnistream.screening.FieldPath;
import io.furnistream.screening.FieldReader;
import io.furnistream.screening.RecordForm;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Avro records of one schema, as their classes give the values: decimals, instants and dates for
 * the logical types. Fields are looked up once, by their position.
 *
 * @param schema a record's
 */
record AvroForm(Schema schema) implements RecordForm<IndexedRecord> {

  /**
   * Reads the field at a path.
   *
   * @throws IllegalArgumentException when the schema has no such field
   */
  @Override
  public FieldReader<IndexedRecord> reader(FieldPath path) {
    List<Integer> positions = new ArrayList<>();
    Schema at = schema;
    for (String name : path.names()) {
      Schema.Field field = at.getType() == Schema.Type.RECORD ? at.getField(name) : null;
      if (field == null) {
        throw new IllegalArgumentException(schema.getFullName() + " has no field " + path);
      }
      positions.add(field.pos());
      at = withoutNull(field.schema());
    }
    if (positions.size() == 1) {
      int position = positions.get(0);
      return record -> plain(record.get(position));
    }
    return record -> {
      Object value = record;
      for (int position : positions) {
        value = value == null ? null : ((IndexedRecord) value).get(position);
      }
      return plain(value);
    };
  }

  private static Object plain(Object value) {
    return value instanceof CharSequence text ? text.toString() : value;
  }

  private static Schema withoutNull(Schema schema) {
    if (!schema.isUnion()) {
      return schema;
    }
    List<Schema> others =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    return others.size() == 1 ? others.get(0) : schema;
  }
}
