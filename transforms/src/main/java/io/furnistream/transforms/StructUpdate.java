package io.furnistream.transforms;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.util.SchemaUtil;

/**
 * Copies structs of one schema with some fields added or replaced, worked out once for the schema.
 * All else is kept: name, version, doc, parameters, whether it is optional, other fields with their
 * logical types, and nulls that a default must not fill.
 */
final class StructUpdate {

  private static final int COPIED = -1;

  private final Schema schema;
  private final List<Slot> slots;

  private StructUpdate(Schema schema, List<Slot> slots) {
    this.schema = schema;
    this.slots = slots;
  }

  /**
   * Works out the update of one schema.
   *
   * @param fields what is written
   * @param schemas of the fields written, by their index
   * @param property named in the message when a field exists already
   * @throws DataException when a field that is added exists, or one is to lie in no struct
   */
  static StructUpdate of(
      Schema source, FieldTree fields, List<Schema> schemas, Writing writing, String property) {
    if (source.type() != Schema.Type.STRUCT) {
      throw new DataException(
          "Fields " + fields.children().keySet() + " cannot lie in a " + source.type().getName());
    }
    SchemaBuilder builder = SchemaUtil.copySchemaBasics(source, SchemaBuilder.struct());
    if (source.isOptional()) {
      builder.optional();
    }
    List<Slot> slots = new ArrayList<>();
    for (Field field : source.fields()) {
      FieldTree node = fields.children().get(field.name());
      if (node == null) {
        builder.field(field.name(), field.schema());
        slots.add(new Slot(field, null, COPIED));
      } else if (node.isField()) {
        requireReplacing(field.name(), writing, property);
        builder.field(field.name(), schemas.get(node.index()));
        slots.add(new Slot(field, null, node.index()));
      } else {
        StructUpdate inner = of(field.schema(), node, schemas, writing, property);
        builder.field(field.name(), inner.schema);
        slots.add(new Slot(field, inner, COPIED));
      }
    }
    for (Map.Entry<String, FieldTree> entry : fields.children().entrySet()) {
      if (source.field(entry.getKey()) == null) {
        if (!entry.getValue().isField()) {
          throw new DataException(
              "Field '" + entry.getKey() + "' is missing: a record that new fields can lie in");
        }
        int index = entry.getValue().index();
        builder.field(entry.getKey(), schemas.get(index));
        slots.add(new Slot(null, null, index));
      }
    }
    return new StructUpdate(builder.build(), slots);
  }

  static void requireReplacing(String field, Writing writing, String property) {
    if (writing == Writing.ADDS) {
      throw new DataException("Field '" + field + "' exists already: choose another " + property);
    }
  }

  /** The schema of what {@link #apply} makes. */
  Schema schema() {
    return schema;
  }

  /**
   * A copy of the struct with the fields written. In a struct that is null nothing is written.
   *
   * @param values of the fields written, by their index
   */
  Struct apply(Struct source, Object[] values) {
    Struct updated = new Struct(schema);
    List<Field> fields = schema.fields();
    for (int i = 0; i < slots.size(); i++) {
      Object value = slots.get(i).value(source, values);
      // A required field with a default may be unset, and put refuses null for it.
      if (value != null) {
        updated.put(fields.get(i), value);
      }
    }
    return updated;
  }

  /**
   * What fills a field.
   *
   * @param from the field it is copied from
   * @param inner what becomes of the struct in it; null when it is copied as it is
   * @param index of the value that is written instead
   */
  private record Slot(Field from, StructUpdate inner, int index) {

    Object value(Struct source, Object[] values) {
      if (index != COPIED) {
        return values[index];
      }
      // Without its default; where it has none, the faster way, which looks no name up.
      Object value =
          from.schema().defaultValue() == null
              ? source.get(from)
              : source.getWithoutDefault(from.name());
      return inner == null || value == null ? value : inner.apply((Struct) value, values);
    }
  }
}
