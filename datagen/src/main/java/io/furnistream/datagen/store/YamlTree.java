package io.furnistream.datagen.store;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.furnistream.cli.WrongInputException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads YAML that says what it says: exact numbers, no key twice, and nothing that stands for
 * something else (aliases), which a small file could use to become a huge one.
 */
final class YamlTree {

  private static final int MAX_CHARACTERS = 2_000_000;

  /** The parser takes many seconds over a single text of millions of characters. */
  private static final int MAX_LINE = 10_000;

  private static final int MAX_DEPTH = 20;

  /** Digits before and behind the point; a number such as 1e999999999 would take for ever. */
  private static final int MAX_DIGITS = 20;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String file;
  private final YAMLParser parser;
  private final Map<JsonPointer, Integer> lines = new HashMap<>();

  private YamlTree(String file, YAMLParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * Reads a file.
   *
   * @param file its name, for complaints
   * @throws WrongInputException naming file and line
   */
  static LocatedYaml read(String file, String text) {
    requireSize(file, text);
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(MAX_CHARACTERS);
    limits.setNestingDepthLimit(MAX_DEPTH);
    YAMLFactory yaml =
        YAMLFactory.builder()
            .loaderOptions(limits)
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();
    try (YAMLParser parser = yaml.createParser(text)) {
      return new YamlTree(file, parser).read();
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw new WrongInputException(
          "%s, line %d: it is not YAML that can be read: %s"
              .formatted(file, line, firstLine(e.getOriginalMessage())),
          e);
    } catch (IOException e) {
      throw new WrongInputException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void requireSize(String file, String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw new WrongInputException(
          "%s, line 1: the file has more than %d characters. Leave products or cities out"
              .formatted(file, MAX_CHARACTERS));
    }
    int line = 1;
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      requireLine(file, line, end - start);
      start = end + 1;
      line++;
    }
    requireLine(file, line, text.length() - start);
  }

  private static void requireLine(String file, int line, int length) {
    if (length > MAX_LINE) {
      throw new WrongInputException(
          "%s, line %d: has more than %d characters. Break it".formatted(file, line, MAX_LINE));
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  private LocatedYaml read() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw wrong("the file must say `name: value`, and begins otherwise or is empty");
    }
    JsonPointer top = JsonPointer.empty();
    ObjectNode root = (ObjectNode) value(top);
    if (parser.nextToken() != null) {
      throw wrong("a second document begins here. Keep one store a file");
    }
    return new LocatedYaml(file, root, Map.copyOf(lines));
  }

  private JsonNode value(JsonPointer place) throws IOException {
    lines.put(place, line());
    if (parser.isCurrentAlias()) {
      throw wrong(
          place + ": `*" + parser.getText() + "` is an alias. Write out what it stands for");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(place);
      case START_ARRAY -> array(place);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(place);
      default -> NODES.nullNode();
    };
  }

  private ObjectNode object(JsonPointer place) throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      JsonPointer at = place.appendProperty(key);
      if (object.has(key)) {
        throw wrong(at + ": is there twice. Remove one of the two");
      }
      parser.nextToken();
      object.set(key, value(at));
    }
    return object;
  }

  private ArrayNode array(JsonPointer place) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(place.appendIndex(array.size())));
    }
    return array;
  }

  private JsonNode number(JsonPointer place) throws IOException {
    BigDecimal number;
    try {
      if (parser.isNaN()) {
        throw wrong(place + ": is not a number that can be used. Write digits");
      }
      number = parser.getDecimalValue();
    } catch (NumberFormatException | StreamReadException e) {
      throw wrong(place + ": is not a number that can be used. Write digits");
    }
    if (number.scale() > MAX_DIGITS || number.precision() - number.scale() > MAX_DIGITS) {
      throw wrong(place + ": has more than " + MAX_DIGITS + " digits. Write fewer");
    }
    // 1.50 and 1.5 are the same store.
    BigDecimal plain = number.stripTrailingZeros();
    return plain.scale() <= 0
        ? NODES.numberNode(plain.toBigIntegerExact())
        : NODES.numberNode(plain);
  }

  private int line() {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }

  private WrongInputException wrong(String what) {
    return new WrongInputException("%s, line %d: %s".formatted(file, line(), what));
  }
}
