package io.furnistream.screening;

import java.util.List;

/**
 * Where a field stands in a record, such as {@code city} or {@code address.city}.
 *
 * @param names the field's name, with those of the records it stands in before it; never empty
 */
public record FieldPath(List<String> names) {

  /** A path of these names. */
  public FieldPath {
    names = List.copyOf(names);
    if (names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("A field path is names with a dot between each two");
    }
  }

  /**
   * Reads a path from its text.
   *
   * @throws IllegalArgumentException when a name in it is blank
   */
  public static FieldPath parse(String text) {
    return new FieldPath(List.of(text.split("\\.", -1)));
  }

  /** The path as it is written. */
  @Override
  public String toString() {
    return String.join(".", names);
  }
}
