package io.furnistream.transforms.fields;

import io.furnistream.screening.FieldPath;
import io.furnistream.screening.FieldReader;
import io.furnistream.screening.RecordForm;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/**
 * Connect's structs of one schema. What a {@code java.util.Date} is, its field's schema says: a
 * timestamp, a calendar date or a time of day. A field that the schema lacks is null, as it is in a
 * record without a schema; a field's default is not used.
 *
 * @param schema a struct's
 */
public record StructForm(Schema schema) implements RecordForm<Struct> {

  @Override
  public FieldReader<Struct> reader(FieldPath path) {
    List<String> names = path.names();
    Schema at = at(names);
    if (at == null) {
      return struct -> null;
    }
    String logicalName = at.name();
    if (names.size() == 1) {
      Field field = schema.field(names.get(0));
      // Where no default would fill a null that was sent, the faster way, which looks no name up.
      return at.defaultValue() == null
          ? struct -> plain(struct.get(field), logicalName)
          : struct -> plain(struct.getWithoutDefault(field.name()), logicalName);
    }
    return struct -> plain(nested(struct, names), logicalName);
  }

  @Override
  public String declares(FieldPath path) {
    Schema at = at(path.names());
    return at == null ? NOTHING : ConnectDeclaration.of(at);
  }

  /** The schema of the field at a path; null where there is none. */
  private Schema at(List<String> names) {
    Schema at = schema;
    for (String name : names) {
      at = within(at, name);
      if (at == null) {
        return null;
      }
    }
    return at;
  }

  /** The schema of what has this name in a record or a map; null where there can be none. */
  private static Schema within(Schema schema, String name) {
    if (schema.type() == Schema.Type.MAP) {
      return schema.valueSchema();
    }
    Field field = schema.type() == Schema.Type.STRUCT ? schema.field(name) : null;
    return field == null ? null : field.schema();
  }

  private static Object nested(Struct struct, List<String> names) {
    Object value = struct;
    for (String name : names) {
      if (value instanceof Struct inner) {
        value = inner.getWithoutDefault(name);
      } else {
        value = value instanceof Map<?, ?> map ? map.get(name) : null;
      }
    }
    return value;
  }

  @SuppressWarnings("JavaUtilDate") // the class that Connect uses for its logical types
  private static Object plain(Object value, String logicalName) {
    if (!(value instanceof java.util.Date date) || logicalName == null) {
      return value;
    }
    return switch (logicalName) {
      case Timestamp.LOGICAL_NAME -> instant(date);
      case Date.LOGICAL_NAME -> LocalDate.ofInstant(instant(date), ZoneOffset.UTC);
      case Time.LOGICAL_NAME -> LocalTime.ofInstant(instant(date), ZoneOffset.UTC);
      default -> value;
    };
  }

  /** Not by {@code toInstant()}, which the classes of java.sql refuse. */
  @SuppressWarnings("JavaUtilDate") // the class that Connect uses for its logical types
  private static Instant instant(java.util.Date date) {
    return Instant.ofEpochMilli(date.getTime());
  }
}
