package io.furnistream.transforms;

import io.furnistream.transforms.text.TopicName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Configuration of {@link RouteByField}. */
final class RouteByFieldConfig extends AbstractConfig {

  static final String TOPIC = "topic";
  static final String TOPICS = "topics";
  static final String DEFAULT_TOPIC = "default.topic";
  static final String MAPPING = "mapping";
  static final String LOWER_CASE = "lower.case";

  private static final String TEMPLATE =
      "a topic's name with ${topic}, ${key.FIELD} or ${value.FIELD} in it";
  private static final String ENTRY = "text:name, such as Office Supplies:office";

  static final ConfigDef CONFIG_DEF =
      new ConfigDef()
          .define(
              TOPIC,
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              ConfigDef.LambdaValidator.with(RouteByFieldConfig::requireTemplate, () -> TEMPLATE),
              ConfigDef.Importance.HIGH,
              "Name of the topic that a record goes to; <code>${topic}</code> is replaced by"
                  + " its topic so far, <code>${key.FIELD}</code> and <code>${value.FIELD}</code>"
                  + " by a field, by name or path: text, a whole number or a boolean.")
          .define(
              TOPICS,
              ConfigDef.Type.LIST,
              ConfigDef.NO_DEFAULT_VALUE,
              ConfigDef.LambdaValidator.with(
                  RouteByFieldConfig::requireTopics, () -> "list of names of topics"),
              ConfigDef.Importance.HIGH,
              "Every topic that a record may go to. Data cannot invent another.")
          .define(
              DEFAULT_TOPIC,
              ConfigDef.Type.STRING,
              null,
              ConfigDef.LambdaValidator.with(
                  RouteByFieldConfig::requireTopicOrNone, () -> "name of a topic"),
              ConfigDef.Importance.MEDIUM,
              "Where a record goes whose name is not among <code>topics</code>, or one of whose"
                  + " fields is null or empty. Without it, such a record fails (and is"
                  + " dead-lettered where the connector says so).")
          .define(
              MAPPING,
              ConfigDef.Type.LIST,
              List.of(),
              ConfigDef.LambdaValidator.with(
                  RouteByFieldConfig::requireMapping, () -> "list of text:name"),
              ConfigDef.Importance.MEDIUM,
              "What replaces certain texts of fields in the name, as <code>text:name</code>. The"
                  + " last colon divides; a text cannot hold a comma.")
          .define(
              LOWER_CASE,
              ConfigDef.Type.BOOLEAN,
              false,
              ConfigDef.Importance.LOW,
              "Whether the text of fields goes into the name in lower case. The mapping is asked"
                  + " first, with the text as it is.");

  RouteByFieldConfig(Map<String, ?> properties) {
    super(CONFIG_DEF, properties, false);
  }

  RouteTemplate template() {
    return RouteTemplate.parse(getString(TOPIC));
  }

  List<String> topics() {
    return getList(TOPICS);
  }

  /** Null when a record that is on no list fails. */
  String defaultTopic() {
    return getString(DEFAULT_TOPIC);
  }

  Map<String, String> mapping() {
    Map<String, String> mapping = new HashMap<>();
    for (String entry : getList(MAPPING)) {
      int colon = entry.lastIndexOf(':');
      mapping.put(entry.substring(0, colon).strip(), entry.substring(colon + 1).strip());
    }
    return mapping;
  }

  boolean lowerCase() {
    return getBoolean(LOWER_CASE);
  }

  private static void requireTemplate(String property, Object value) {
    if (value != null) {
      try {
        RouteTemplate.parse((String) value);
      } catch (IllegalArgumentException e) {
        throw new ConfigException(property, value, "must be " + TEMPLATE + ": " + e.getMessage());
      }
    }
  }

  private static void requireTopics(String property, Object value) {
    List<?> topics = (List<?>) value;
    if (topics == null || topics.isEmpty()) {
      throw new ConfigException(property, value, "must list at least one topic");
    }
    topics.forEach(topic -> requireTopicOrNone(property, topic));
  }

  private static void requireTopicOrNone(String property, Object value) {
    if (value != null && !TopicName.isLegal((String) value)) {
      throw new ConfigException(property, value, "must be the name of a topic: " + TopicName.LEGAL);
    }
  }

  private static void requireMapping(String property, Object value) {
    if (value == null) {
      throw new ConfigException(property, value, "must be a list of " + ENTRY);
    }
    Map<String, String> seen = new HashMap<>();
    for (Object item : (List<?>) value) {
      String entry = (String) item;
      int colon = entry.lastIndexOf(':');
      String name = colon < 0 ? "" : entry.substring(colon + 1).strip();
      String text = colon < 0 ? "" : entry.substring(0, colon).strip();
      if (text.isEmpty() || name.isEmpty() || !TopicName.sanitised(name).equals(name)) {
        throw new ConfigException(property, entry, "must be " + ENTRY);
      }
      if (seen.put(text, name) != null) {
        throw new ConfigException(property, value, "must name each text once: " + text);
      }
    }
  }
}
