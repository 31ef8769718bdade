package io.furnistream.transforms;

import io.furnistream.screening.RuleFileException;
import io.furnistream.screening.RuleNumbers;
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
  static final String PARTITIONS = "partitions";
  static final String BUCKETS = "buckets";

  private static final int MAX_PARTITIONS = 1_000_000;
  private static final int MAX_BUCKETS = 1 << 16;

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
              "Name of the header that <code>mark</code> adds. Its value is text.")
          .define(
              PARTITIONS,
              ConfigDef.Type.INT,
              null,
              ConfigDef.LambdaValidator.with(
                  ScreenConfig::requirePartitions, () -> "1 to " + MAX_PARTITIONS),
              ConfigDef.Importance.LOW,
              "How many partitions the topic has, in place of the number in the rule file.")
          .define(
              BUCKETS,
              ConfigDef.Type.INT,
              null,
              ConfigDef.LambdaValidator.with(
                  ScreenConfig::requireBuckets, () -> "power of two, 2 to " + MAX_BUCKETS),
              ConfigDef.Importance.LOW,
              "How many buckets there are, in place of the number in the rule file: a power of two.");

  ScreenConfig(Map<String, ?> properties) {
    super(CONFIG_DEF, properties, false);
  }

  RuleSet rules() {
    return RuleSet.read(
        Path.of(getString(RULES_FILE)), new RuleNumbers(getInt(PARTITIONS), getInt(BUCKETS)));
  }

  OnFailure onFailure() {
    return OnFailure.valueOf(getString(ON_FAILURE).toUpperCase(Locale.ROOT));
  }

  String markHeader() {
    return getString(MARK_HEADER);
  }

  private static void requirePartitions(String property, Object value) {
    if (value instanceof Integer number && (number < 1 || number > MAX_PARTITIONS)) {
      throw new ConfigException(property, value, "must be 1 to " + MAX_PARTITIONS);
    }
  }

  private static void requireBuckets(String property, Object value) {
    if (value instanceof Integer number
        && (number < 2 || number > MAX_BUCKETS || Integer.bitCount(number) != 1)) {
      throw new ConfigException(property, value, "must be a power of two, 2 to " + MAX_BUCKETS);
    }
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
