package io.furnistream.transforms;

import io.furnistream.transforms.fields.PluginVersion;
import io.furnistream.transforms.text.TopicName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Sends a record to the topic that its fields name, if that topic is on a list.
 *
 * <p>Key, value, headers, partition and timestamp stay as they are. A record without the part that
 * the template reads, such as a tombstone where it reads the value, keeps its topic. Used by one
 * thread, as Connect does.
 *
 * @param <R> source or sink record
 */
public final class RouteByField<R extends ConnectRecord<R>>
    implements Transformation<R>, Versioned {

  /** What the transform does, for generated documentation. */
  public static final String OVERVIEW_DOC =
      "Send a record to the topic that its fields name, if that topic is on a list: data cannot"
          + " invent topics, nor the tables that sinks make of them.";

  /** The properties it takes. */
  public static final ConfigDef CONFIG_DEF = RouteByFieldConfig.CONFIG_DEF;

  /** Texts whose part of a name is remembered. */
  private static final int CACHED_TEXTS = 1000;

  /** As long as a topic's name may be: a longer text names no topic, and would fill the memory. */
  private static final int LONGEST = 249;

  private RouteTemplate template;
  private Set<String> topics;
  private String defaultTopic;
  private Map<String, String> mapping;
  private boolean lowerCase;
  private Cache<String, String> names;

  /** Made by Connect. */
  public RouteByField() {}

  @Override
  public void configure(Map<String, ?> properties) {
    RouteByFieldConfig config = new RouteByFieldConfig(properties);
    template = config.template();
    topics = new HashSet<>(config.topics());
    defaultTopic = config.defaultTopic();
    mapping = new HashMap<>(config.mapping());
    lowerCase = config.lowerCase();
    names = new LRUCache<>(CACHED_TEXTS);
  }

  @Override
  public R apply(R record) {
    if (!template.fits(record)) {
      return record;
    }
    String topic = template.name(record, this::inName);
    if (topic == null || !topics.contains(topic)) {
      topic = otherwise(topic);
    }
    return topic.equals(record.topic())
        ? record
        : record.newRecord(
            topic,
            record.kafkaPartition(),
            record.keySchema(),
            record.key(),
            record.valueSchema(),
            record.value(),
            record.timestamp());
  }

  private String otherwise(String topic) {
    if (defaultTopic == null) {
      throw new DataException(
          topic == null
              ? "A field that names the topic is null or empty, and there is no "
                  + RouteByFieldConfig.DEFAULT_TOPIC
              : "Topic '"
                  + cut(topic)
                  + "' is not among "
                  + RouteByFieldConfig.TOPICS
                  + ", and there is no "
                  + RouteByFieldConfig.DEFAULT_TOPIC);
    }
    return defaultTopic;
  }

  private String inName(String text) {
    String name = names.get(text);
    if (name == null) {
      name = mapping.get(text);
      if (name == null) {
        name = TopicName.sanitised(lowerCase ? text.toLowerCase(Locale.ROOT) : text);
      }
      if (text.length() <= LONGEST) {
        names.put(text, name);
      }
    }
    return name;
  }

  /** A message goes into a header of the dead letter, which has to fit its topic. */
  private static String cut(String topic) {
    return topic.length() <= LONGEST ? topic : topic.substring(0, LONGEST) + "…";
  }

  @Override
  public ConfigDef config() {
    return CONFIG_DEF;
  }

  @Override
  public String version() {
    return PluginVersion.VERSION;
  }

  @Override
  public void close() {
    names = null;
  }
}
