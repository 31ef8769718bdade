package io.furnistream.screening;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a field is in a record, such as {@code city} or {@code address.city}. A name that itself
 * contains a dot is written in backticks, as in Kafka's own transforms (KIP-821): {@code
 * `store.address`.city}.
 *
 * @param names the field's name, after those of the records around it; never empty
 */
public record FieldPath(List<String> names) {

  private static final char QUOTE = '`';
  private static final char DOT = '.';

  /** A path of these names. */
  public FieldPath {
    names = List.copyOf(names);
    if (names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a name in it is empty");
    }
  }

  /**
   * Reads a path from its text.
   *
   * @throws IllegalArgumentException when a name in it is blank, or a backtick is not closed before
   *     a dot or the end
   */
  public static FieldPath parse(String text) {
    List<String> names = new ArrayList<>();
    int from = 0;
    while (from <= text.length()) {
      boolean quoted = from < text.length() && text.charAt(from) == QUOTE;
      int start = quoted ? from + 1 : from;
      int end = text.indexOf(quoted ? QUOTE : DOT, start);
      if (quoted && end < 0) {
        throw new IllegalArgumentException("a backtick is not closed");
      }
      end = end < 0 ? text.length() : end;
      names.add(text.substring(start, end));
      from = quoted ? end + 1 : end;
      if (from < text.length() && text.charAt(from) != DOT) {
        throw new IllegalArgumentException("only a dot may follow a closing backtick");
      }
      from++;
    }
    return new FieldPath(names);
  }

  /** The path as it is written. */
  @Override
  public String toString() {
    return names.stream()
        .map(name -> name.indexOf(DOT) < 0 ? name : QUOTE + name + QUOTE)
        .collect(Collectors.joining("."));
  }
}
