package io.furnistream.datagen.store;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.cli.WrongInputException;
import java.util.Map;

/**
 * A YAML file as a tree that knows the lines of its parts.
 *
 * @param file its name, for complaints
 * @param lines from 1
 */
record LocatedYaml(String file, ObjectNode root, Map<JsonPointer, Integer> lines) {

  /** What is wrong at a place of the file, or at the part around it where the file lacks it. */
  WrongInputException wrong(JsonPointer place, String what) {
    return new WrongInputException(describe(place, what));
  }

  /** The same, as text: file, line, field, what. */
  String describe(JsonPointer place, String what) {
    JsonPointer known = place;
    while (!lines.containsKey(known) && !known.matches()) {
      known = known.head();
    }
    String field = place.matches() ? "" : place + ": ";
    return "%s, line %d: %s%s".formatted(file, lines.getOrDefault(known, 1), field, what);
  }
}
