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
 * the logical types. Fields are looked up once, by their position; one that the schema lacks is
 * null.
 *
 * @param schema a record's
 */
record AvroForm(Schema schema) implements RecordForm<IndexedRecord> {

  @Override
  public FieldReader<IndexedRecord> reader(FieldPath path) {
    List<Schema.Field> fields = fields(path);
    if (fields.isEmpty()) {
      return record -> null;
    }
    int[] positions = fields.stream().mapToInt(Schema.Field::pos).toArray();
    if (positions.length == 1) {
      int position = positions[0];
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

  @Override
  public String declares(FieldPath path) {
    List<Schema.Field> fields = fields(path);
    return fields.isEmpty() ? NOTHING : AvroDeclaration.of(fields.get(fields.size() - 1).schema());
  }

  /** The fields on the path; none when there is no such path. */
  private List<Schema.Field> fields(FieldPath path) {
    List<Schema.Field> fields = new ArrayList<>();
    Schema at = schema;
    for (String name : path.names()) {
      Schema.Field field = at.getType() == Schema.Type.RECORD ? at.getField(name) : null;
      if (field == null) {
        return List.of();
      }
      fields.add(field);
      at = AvroDeclaration.withoutNull(field.schema());
    }
    return fields;
  }

  private static Object plain(Object value) {
    return value instanceof CharSequence text ? text.toString() : value;
  }
}
