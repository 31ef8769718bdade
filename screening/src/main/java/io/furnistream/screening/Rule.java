package io.furnistream.screening;

import java.util.List;

/**
 * What one field must be.
 *
 * @param required whether the field may not be null; the checks are asked where it is not
 */
record Rule(String name, FieldPath field, boolean required, List<Check> checks) {

  Rule {
    checks = List.copyOf(checks);
  }

  Failure failure(String complaint) {
    return new Failure(name, field.toString(), "Rule '" + name + "': " + field + " " + complaint);
  }
}
