package io.furnistream.preview;

import io.furnistream.cli.CannotRunException;
import io.furnistream.connectors.check.PropertyCheck;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Connector;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.runtime.isolation.Plugins;

/**
 * What is wrong with a connector's configuration: what the connector's own validation says, as a
 * worker asks it, and properties that nothing reads. What the connector needs is not asked for.
 */
final class Validation {

  private static final String CONNECTOR_CLASS = "connector.class";
  private static final Pattern NOT_RESOLVED = Pattern.compile("\\$\\{[^:}]+:[^}]*}");

  private Validation() {}

  /**
   * Refuses what is wrong.
   *
   * @throws CannotRunException naming each property
   */
  static void check(Map<String, String> config, Plugins plugins) {
    Connector connector = connector(config.getOrDefault(CONNECTOR_CLASS, ""), plugins);
    ClassLoader loader =
        connector == null
            ? plugins.delegatingLoader()
            : plugins.connectorLoader(connector.getClass().getName(), null);
    Map<String, String> errors = new TreeMap<>();
    plugins.withClassLoader(loader, () -> errors.putAll(errors(config, connector))).run();
    if (!errors.isEmpty()) {
      throw new CannotRunException(
          "The connector's configuration is wrong:%n  %s"
              .formatted(String.join(System.lineSeparator() + "  ", errors.values())));
    }
  }

  private static Map<String, String> errors(Map<String, String> config, Connector connector) {
    if (connector == null) {
      return PropertyCheck.lenient(Set.of()).complaints(config);
    }
    Set<String> names = connector.config().names();
    Map<String, String> errors = PropertyCheck.lenient(names).complaints(config);
    for (ConfigValue value : connector.validate(config).configValues()) {
      if (!value.errorMessages().isEmpty() && isJudged(value.name(), config, names)) {
        errors.put(value.name(), String.join(" ", value.errorMessages()));
      }
    }
    return errors;
  }

  /** Not what is left out, nor what has its value from a worker's environment. */
  private static boolean isJudged(String property, Map<String, String> config, Set<String> names) {
    String value = config.get(property);
    return value == null ? !names.contains(property) : !NOT_RESOLVED.matcher(value).find();
  }

  /** Null when it is in no plugin folder: its transforms can still be shown. */
  private static Connector connector(String type, Plugins plugins) {
    try {
      return plugins.newConnector(type);
    } catch (ConnectException e) {
      return null;
    }
  }
}
