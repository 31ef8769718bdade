package io.furnistream.transforms;

import io.furnistream.screening.RuleFileException;
import io.furnistream.screening.RuleSet;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Configuration of {@link Screen}. */
final class ScreenConfig extends AbstractConfig {

  static final String RULES_FILE = "rules.file";
  static final String ON_FAILURE = "on.failure";
  static final String MARK_HEADER = "mark.header";

  /** What happens to a record that breaks a rule. */
  enum OnFailure {
    FAIL,
    DROP,
    MARK;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static final ConfigDef CONFIG_DEF =
      new ConfigDef()
          .define(
              RULES_FILE,
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              ConfigDef.LambdaValidator.with(
                  ScreenConfig::requireRules, () -> "path of a rule file on the worker"),
              ConfigDef.Importance.HIGH,
              "Path of the JSON file with the rules, on every worker that may run the connector. It"
                  + " is read when the connector or task starts; after a change, restart it.")
          .define(
              ON_FAILURE,
              ConfigDef.Type.STRING,
              OnFailure.FAIL.text(),
              ConfigDef.ValidString.in(
                  Stream.of(OnFailure.values()).map(OnFailure::text).toArray(String[]::new)),
              ConfigDef.Importance.MEDIUM,
              "What happens to a record that breaks a rule. <code>fail</code>: an error that names"
                  + " the rule; with <code>errors.tolerance=all</code> the record goes to the"
                  + " connector's dead-letter topic, otherwise the task fails. <code>drop</code>: it"
                  + " is left out, and the worker's log says how many by rule, once a minute at"
                  + " most. <code>mark</code>: it passes with a header that holds the rule's name; one that"
                  + " has the header already is not judged again.")
          .define(
              MARK_HEADER,
              ConfigDef.Type.STRING,
              "screen.rule",
              new ConfigDef.NonEmptyString(),
              ConfigDef.Importance.LOW,
              "Name of the header that <code>mark</code> adds. Its value is text.");

  ScreenConfig(Map<String, ?> properties) {
    super(CONFIG_DEF, properties, false);
  }

  RuleSet rules() {
    return RuleSet.read(Path.of(getString(RULES_FILE)));
  }

  OnFailure onFailure() {
    return OnFailure.valueOf(getString(ON_FAILURE).toUpperCase(Locale.ROOT));
  }

  String markHeader() {
    return getString(MARK_HEADER);
  }

  private static void requireRules(String property, Object value) {
    try {
      RuleSet.read(Path.of(String.valueOf(value)));
    } catch (RuleFileException | InvalidPathException e) {
      throw new ConfigException(
          property, value, "must be the path of a rule file on the worker: " + e.getMessage());
    }
  }
}
