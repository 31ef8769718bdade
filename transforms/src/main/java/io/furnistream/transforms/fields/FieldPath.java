package io.furnistream.transforms.fields;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/**
 * Where a field is in a record: names from the top down, joined by dots, such as {@code
 * address.city}. A name that itself contains a dot is written in backticks, as in Kafka's own
 * transforms (KIP-821): {@code `store.address`.city}.
 *
 * @param steps at least one name, none of them empty
 */
public record FieldPath(List<String> steps) {

  /** Takes a copy of the names. */
  public FieldPath {
    steps = List.copyOf(steps);
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  public static FieldPath parse(String text) {
    return new FieldPath(io.furnistream.screening.FieldPath.parse(text).names());
  }

  /** The field's own name. */
  public String name() {
    return steps.get(steps.size() - 1);
  }

  /** The path of a sibling of this field, or this one's with a longer name. */
  public FieldPath withSuffix(String suffix) {
    List<String> longer = new ArrayList<>(steps);
    longer.set(longer.size() - 1, name() + suffix);
    return new FieldPath(longer);
  }

  /**
   * What a schema says of the field.
   *
   * @throws DataException when the schema has no such field
   */
  Input in(Schema schema) {
    Schema current = schema;
    boolean optional = false;
    for (String step : steps) {
      if (current.type() == Schema.Type.MAP) {
        // A map holds a key or does not, from record to record.
        current = current.valueSchema();
        optional = true;
      } else if (current.type() == Schema.Type.STRUCT) {
        Field field = current.field(step);
        if (field == null) {
          throw missing(current.fields().stream().map(Field::name).toList());
        }
        current = field.schema();
      } else {
        throw noRecord(current.type().getName());
      }
      optional |= current.isOptional();
    }
    return new Input(this, current, optional, steps.size() == 1 ? direct(schema) : null);
  }

  /** The field of a path of one name, if reading it plainly does what {@link #valueIn} does. */
  private Field direct(Schema schema) {
    Field field = schema.type() == Schema.Type.STRUCT ? schema.field(name()) : null;
    // An optional field's default would fill a null that was sent.
    return field != null && (!field.schema().isOptional() || field.schema().defaultValue() == null)
        ? field
        : null;
  }

  /**
   * The field's value in a struct or a map. A required field that was left unset has its schema's
   * default; a null that was sent is a null.
   *
   * @return null when the field, or a record that it lies in, is null
   * @throws DataException when there is no such field
   */
  public Object valueIn(Object part) {
    boolean withSchema = part instanceof Struct;
    Object current = part;
    for (String step : steps) {
      if (current instanceof Struct struct) {
        current = valueOf(struct, step);
      } else if (current instanceof Map<?, ?> map) {
        Object value = map.get(step);
        if (value == null && !withSchema && !map.containsKey(step)) {
          throw missing(map.keySet());
        }
        current = value;
      } else {
        throw noRecord(current.getClass().getName());
      }
      if (current == null) {
        return null;
      }
    }
    return current;
  }

  private Object valueOf(Struct struct, String step) {
    Field field = struct.schema().field(step);
    if (field == null) {
      throw missing(struct.schema().fields().stream().map(Field::name).toList());
    }
    Object value = struct.getWithoutDefault(step);
    return value == null && !field.schema().isOptional() ? field.schema().defaultValue() : value;
  }

  private DataException missing(Object found) {
    return new DataException("Field '" + this + "' is missing: found " + found);
  }

  private DataException noRecord(String type) {
    return new DataException(
        "Field '" + this + "' cannot be reached: what should hold it is of type " + type);
  }

  @Override
  public String toString() {
    return new io.furnistream.screening.FieldPath(steps).toString();
  }
}
