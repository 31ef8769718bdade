package io.furnistream.screening;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Records without a schema: maps, with maps in them. A {@code java.util.Date} is an instant, as
 * nothing says that it is a calendar date.
 */
public final class MapForm implements RecordForm<Map<?, ?>> {

  /** The form of maps. */
  public static final MapForm INSTANCE = new MapForm();

  private MapForm() {}

  @Override
  public FieldReader<Map<?, ?>> reader(FieldPath path) {
    List<String> names = path.names();
    return record -> read(record, names);
  }

  @SuppressWarnings("JavaUtilDate") // the class that Connect uses for its logical types
  private static Object read(Map<?, ?> record, List<String> names) {
    Object value = record;
    for (String name : names) {
      value = value instanceof Map<?, ?> map ? map.get(name) : null;
    }
    if (value instanceof java.util.Date date) {
      return Instant.ofEpochMilli(date.getTime()); // java.sql.Date has no toInstant()
    }
    return value instanceof CharSequence text ? text.toString() : value;
  }
}
