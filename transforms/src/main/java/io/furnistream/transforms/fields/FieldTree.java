package io.furnistream.transforms.fields;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/**
 * Paths of the fields that a transform writes, as a tree: what lies in the same record is written
 * in one copy of it.
 */
final class FieldTree {

  private static final int INNER = -1;

  private final Map<String, FieldTree> children = new LinkedHashMap<>();
  private int index = INNER;

  private FieldTree() {}

  /**
   * A tree of paths.
   *
   * @param property names them in messages
   * @throws ConfigException when one is named twice, or lies within another
   */
  static FieldTree of(List<FieldPath> paths, String property) {
    FieldTree root = new FieldTree();
    for (int i = 0; i < paths.size(); i++) {
      FieldTree node = root;
      for (String step : paths.get(i).steps()) {
        if (node.isField()) {
          throw new ConfigException(
              property, paths.get(i), "must not lie within another field that is written");
        }
        node = node.children.computeIfAbsent(step, name -> new FieldTree());
      }
      if (node.isField() || !node.children.isEmpty()) {
        throw new ConfigException(property, paths.get(i), "must name each field once");
      }
      node.index = i;
    }
    return root;
  }

  /** What is written here: fields, or records that hold some. In the order of the paths. */
  Map<String, FieldTree> children() {
    return children;
  }

  /** Whether this is a field that is written, and not a record around some. */
  boolean isField() {
    return index != INNER;
  }

  /** The field's place in the list of paths. */
  int index() {
    return index;
  }
}
