package io.furnistream.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A connector as its JSON file describes it: {@code {"name": "…", "config": {…}}}.
 *
 * <p>Kafka Connect's properties are text. A number or a boolean is read as its text, as in Connect;
 * an array, an object or null is refused, since any text it were read as would not be what was
 * meant.
 *
 * @param name of the connector
 * @param config its properties, sorted by name; {@code name} is not among them
 */
public record ConnectorDefinition(String name, Map<String, String> config) {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String NAME = "name";
  private static final String CONFIG = "config";

  /**
   * Reads a file.
   *
   * @throws CannotRunException when it is not a connector's definition; the message names the file,
   *     the property, line and column, and what to write instead
   */
  public static ConnectorDefinition read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new CannotRunException("There is no file " + file);
    }
    try (JsonParser parser = JSON.createParser(file.toFile())) {
      return new Reader(file, parser).read();
    } catch (JsonProcessingException e) {
      throw refused(file, e.getLocation(), "cannot be read as JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new CannotRunException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static CannotRunException refused(Path file, JsonLocation location, String reason) {
    String place =
        location == null
            ? ""
            : ", line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    return new CannotRunException("%s%s: %s".formatted(file, place, reason));
  }

  /** Token by token, since a tree no longer knows lines, nor what was written twice. */
  private record Reader(Path file, JsonParser parser) {

    ConnectorDefinition read() throws IOException {
      String name = null;
      Map<String, String> config = null;
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw notAConnector();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonLocation location = parser.currentTokenLocation();
        switch (field) {
          case NAME -> {
            once(name, field, location);
            name = name();
          }
          case CONFIG -> {
            once(config, field, location);
            config = config();
          }
          default ->
              throw refused(
                  file,
                  location,
                  "'%s' is neither \"name\" nor \"config\". Leave it out, or move it into \"config\" if it is a property of the connector."
                      .formatted(field));
        }
      }
      if (name == null || config == null) {
        throw notAConnector();
      }
      if (parser.nextToken() != null) {
        throw refused(file, parser.currentTokenLocation(), "a file describes one connector.");
      }
      String inside = config.remove(NAME);
      if (inside != null && !inside.equals(name)) {
        throw new CannotRunException(
            "%s names the connector '%s', and '%s' in its config. Leave the second out."
                .formatted(file, name, inside));
      }
      return new ConnectorDefinition(name, Collections.unmodifiableMap(config));
    }

    private String name() throws IOException {
      if (parser.nextToken() != JsonToken.VALUE_STRING || parser.getText().isBlank()) {
        throw refused(
            file, parser.currentTokenLocation(), "\"name\" must be the connector's name, as text.");
      }
      return parser.getText();
    }

    private Map<String, String> config() throws IOException {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw refused(
            file,
            parser.currentTokenLocation(),
            "\"config\" must be an object: {\"property\": \"value\", …}");
      }
      Map<String, String> config = new TreeMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String property = parser.currentName();
        once(config.get(property), property, parser.currentTokenLocation());
        JsonToken value = parser.nextToken();
        if (!value.isScalarValue() || value == JsonToken.VALUE_NULL) {
          throw wrongType(property, value);
        }
        config.put(property, parser.getText());
      }
      return config;
    }

    private void once(Object before, String property, JsonLocation location) {
      if (before != null) {
        throw refused(
            file, location, "'%s' is written twice. Leave one of them out.".formatted(property));
      }
    }

    private CannotRunException wrongType(String property, JsonToken value) throws IOException {
      JsonLocation location = parser.currentTokenLocation();
      String reason =
          switch (value) {
            case START_ARRAY -> "is an array, but every property is text. " + asText();
            case START_OBJECT ->
                "is an object, but every property is text. Write each of its properties separately:"
                    + " \"%s.…\": \"…\".".formatted(property);
            default -> "is null, but every property is text. Leave it out.";
          };
      return refused(file, location, "'%s' %s".formatted(property, reason));
    }

    /** What to write instead of an array. */
    private String asText() throws IOException {
      List<String> elements = new ArrayList<>();
      JsonToken element = parser.nextToken();
      while (element != JsonToken.END_ARRAY) {
        if (!element.isScalarValue()) {
          return "Write its elements as one text, with commas between them.";
        }
        elements.add(parser.getText());
        element = parser.nextToken();
      }
      return "Write \"%s\".".formatted(String.join(",", elements));
    }

    private CannotRunException notAConnector() {
      return new CannotRunException(
          "%s is not a connector: expected {\"name\": \"…\", \"config\": {…}}".formatted(file));
    }
  }
}
