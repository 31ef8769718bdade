package io.furnistream.transforms.fields;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/**
 * A field that a transform reads.
 *
 * @param path where it lies
 * @param schema its schema; null where the record has none
 * @param optional whether it may be null, itself or because a record around it is
 * @param direct the field itself, where it can be read without looking its name up; else null
 */
public record Input(FieldPath path, Schema schema, boolean optional, Field direct) {

  /** A field of a record without a schema. */
  public static Input schemaless(FieldPath path) {
    return new Input(path, null, true, null);
  }

  /**
   * The field's value in a struct of the schema that this was worked out for, or in a map.
   *
   * @return null when the field, or a record that it lies in, is null
   * @throws DataException when there is no such field
   */
  Object valueIn(Object part) {
    return direct == null ? path.valueIn(part) : ((Struct) part).get(direct);
  }

  /** Whether the field is of the logical type with this name. */
  public boolean isLogical(String name) {
    return name.equals(schema.name());
  }

  /**
   * An error that names the field, its type and what is taken instead.
   *
   * @param value the value found, for records without a schema; may be null
   */
  public DataException wrongType(Object value, String accepted) {
    return new DataException(
        "Field '" + path + "' is of type " + type(value) + ": " + accepted + " is needed");
  }

  /**
   * The field's type in words.
   *
   * @param value the value found, for records without a schema; may be null
   */
  public String type(Object value) {
    if (schema == null) {
      return value == null ? "null" : value.getClass().getName();
    }
    return schema.name() == null
        ? schema.type().getName()
        : schema.name() + " (" + schema.type().getName() + ")";
  }
}
