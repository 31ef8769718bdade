package io.furnistream.preview;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.ConnectorDefinition;
import io.furnistream.schemas.ConnectorSettings;
import io.furnistream.schemas.PlatformSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connector as its JSON file describes it.
 *
 * @param name of the connector
 * @param config its properties; those of the transforms with the values of environment variables
 */
record ConnectorFile(String name, Map<String, String> config) {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([^}]*)}");
  private static final Pattern OTHER_PROVIDER = Pattern.compile("\\$\\{([^:}]+):[^}]*}");

  /**
   * Reads a file.
   *
   * @param environment the variables that <code>${env:NAME}</code> is replaced from
   * @throws CannotRunException when it is not a connector, or a transform names a variable that is
   *     not set. What the rest of the connector needs, such as addresses, is not required
   */
  static ConnectorFile read(Path file, Map<String, String> environment) {
    ConnectorDefinition definition = ConnectorDefinition.read(file);
    Map<String, String> config = new TreeMap<>();
    ConnectorSettings.apply(definition.name(), definition.config(), PlatformSettings.current())
        .forEach((property, text) -> config.put(property, resolve(property, text, environment)));
    String name = definition.name();
    // As the worker's REST API does.
    config.put("name", name);
    return new ConnectorFile(name, config);
  }

  private static String resolve(String property, String text, Map<String, String> environment) {
    if (!property.startsWith("transforms.") && !property.startsWith("predicates.")) {
      return text;
    }
    StringBuilder resolved = new StringBuilder();
    Matcher matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      String value = environment.get(matcher.group(1));
      if (value == null) {
        throw new CannotRunException(
            "%s needs the environment variable %s, which is not set. Set it, if only for this preview."
                .formatted(property, matcher.group(1)));
      }
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
    }
    matcher.appendTail(resolved);
    Matcher other = OTHER_PROVIDER.matcher(text);
    if (other.find() && !other.group(1).equals("env")) {
      throw new CannotRunException(
          "%s asks the config provider '%s'; here, only ${env:NAME} is resolved."
              .formatted(property, other.group(1)));
    }
    return resolved.toString();
  }

  /** The topic of a record that does not say where it comes from: the first that is read. */
  String firstTopic() {
    String topics = config.getOrDefault("topics", "");
    return topics.isBlank() ? "sample" : topics.split(",", -1)[0].strip();
  }

  String connectorClass() {
    return config.getOrDefault("connector.class", "");
  }
}
