package io.furnistream.transforms.fields;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/** Copies records without a schema with some fields added or replaced. */
final class MapUpdate {

  private MapUpdate() {}

  /**
   * A copy with the fields written; only the maps that hold one of them are copied. In a map that
   * is null nothing is written.
   *
   * @param values of the fields written, by their index
   * @param property named in the message when a field exists already
   */
  static Map<String, Object> apply(
      Map<String, Object> source,
      FieldTree fields,
      Object[] values,
      Writing writing,
      String property) {
    Map<String, Object> updated = new LinkedHashMap<>(source);
    for (Map.Entry<String, FieldTree> entry : fields.children().entrySet()) {
      String name = entry.getKey();
      FieldTree node = entry.getValue();
      if (node.isField()) {
        if (source.containsKey(name)) {
          StructUpdate.requireReplacing(name, writing, property);
        }
        updated.put(name, values[node.index()]);
      } else {
        updated.put(name, inner(source, name, node, values, writing, property));
      }
    }
    return updated;
  }

  @SuppressWarnings("unchecked") // keys of a record are text
  private static Object inner(
      Map<String, Object> source,
      String name,
      FieldTree node,
      Object[] values,
      Writing writing,
      String property) {
    Object value = source.get(name);
    if (value == null && source.containsKey(name)) {
      return null;
    }
    if (value instanceof Struct || !(value instanceof Map)) {
      throw new DataException(
          "Field '" + name + "' is missing or no record: new fields cannot lie in it");
    }
    return apply((Map<String, Object>) value, node, values, writing, property);
  }
}
