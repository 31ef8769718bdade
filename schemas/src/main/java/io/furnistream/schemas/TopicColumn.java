package io.furnistream.schemas;

import org.apache.avro.Schema;

/**
 * A column of a {@link TopicTable}, which is a field of its topic's contracts.
 *
 * @param name the column's name in every store
 * @param type the field's Avro type, without null
 * @param nullable whether a row may have no value
 */
public record TopicColumn(String name, Schema type, boolean nullable) {

  static TopicColumn of(Schema.Field field) {
    Schema type = field.schema();
    if (!type.isUnion()) {
      return new TopicColumn(field.name(), type, false);
    }
    Schema value =
        type.getTypes().stream()
            .filter(each -> each.getType() != Schema.Type.NULL)
            .findFirst()
            .orElseThrow();
    return new TopicColumn(field.name(), value, true);
  }

  /**
   * What its values are.
   *
   * @throws IllegalArgumentException when no contract may have a field of this type
   */
  public ColumnKind kind() {
    return ColumnKind.of(type);
  }
}
