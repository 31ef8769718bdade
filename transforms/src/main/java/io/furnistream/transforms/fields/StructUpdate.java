package io.furnistream.transforms.fields;

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
  private final Slot[] slots;

  private StructUpdate(Schema schema, List<Source> sources) {
    this.schema = schema;
    this.slots = new Slot[sources.size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = Slot.of(schema.fields().get(i), sources.get(i));
    }
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
    List<Source> sources = new ArrayList<>();
    for (Field field : source.fields()) {
      FieldTree node = fields.children().get(field.name());
      if (node == null) {
        builder.field(field.name(), field.schema());
        sources.add(new Source(field, null, COPIED));
      } else if (node.isField()) {
        requireReplacing(field.name(), writing, property);
        builder.field(field.name(), schemas.get(node.index()));
        sources.add(new Source(field, null, node.index()));
      } else {
        StructUpdate inner = of(field.schema(), node, schemas, writing, property);
        builder.field(field.name(), inner.schema);
        sources.add(new Source(field, inner, COPIED));
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
        sources.add(new Source(null, null, index));
      }
    }
    return new StructUpdate(builder.build(), sources);
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
    for (Slot slot : slots) {
      Object value = slot.value(source, values);
      // A required field with a default may be unset, and put refuses null for it.
      if (value != null) {
        updated.put(slot.to, value);
      }
    }
    return updated;
  }

  /**
   * What fills a field.
   *
   * @param from the field it is copied from; null where there was none
   * @param inner what becomes of the struct in it; null when it is copied as it is
   * @param index of the value that is written instead
   */
  private record Source(Field from, StructUpdate inner, int index) {}

  /**
   * A field and what fills it, with all that the schemas say worked out beforehand: this runs once
   * a field of a record.
   *
   * @param to the field that is filled
   * @param copied the field it is copied from; null where a value is written
   * @param byName whether it has a default, which only a look-up by name leaves out
   * @param inner what becomes of the struct in it; null when it is copied as it is
   * @param index of the value that is written
   */
  private record Slot(Field to, Field copied, boolean byName, StructUpdate inner, int index) {

    static Slot of(Field to, Source source) {
      boolean copies = source.index == COPIED;
      return new Slot(
          to,
          copies ? source.from : null,
          copies && source.from.schema().defaultValue() != null,
          source.inner,
          source.index);
    }

    Object value(Struct source, Object[] values) {
      if (copied == null) {
        return values[index];
      }
      Object value = byName ? source.getWithoutDefault(copied.name()) : source.get(copied);
      return inner == null || value == null ? value : inner.apply((Struct) value, values);
    }
  }
}
