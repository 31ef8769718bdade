package io.furnistream.screening;

import java.util.List;

/**
 * What one field must be.
 *
 * @param required whether the field may not be null; the checks are asked where it is not
 * @param schema what the records' schema may declare the field to be; empty when that is not asked
 */
record Rule(
    String name,
    FieldPath field,
    boolean required,
    List<String> schema,
    List<Check> checks,
    List<Relation> relations) {

  Rule {
    schema = List.copyOf(schema);
    checks = List.copyOf(checks);
    relations = List.copyOf(relations);
  }

  /**
   * What is wrong with a declaration of the field.
   *
   * @param declared null when the records have no schema
   * @return null when nothing is
   */
  String complaintOfSchema(String declared) {
    if (schema.isEmpty() || declared == null || schema.contains(declared)) {
      return null;
    }
    if (declared.equals(RecordForm.NOTHING)) {
      return required ? "is missing from the writer's schema" : null;
    }
    return "is declared %s by the writer's schema, not %s"
        .formatted(declared, String.join(" or ", schema));
  }

  Failure failure(String complaint) {
    return new Failure(name, field.toString(), "Rule '" + name + "': " + field + " " + complaint);
  }
}
