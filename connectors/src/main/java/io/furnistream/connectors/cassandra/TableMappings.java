package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;

/** Which topic goes into which tables, read from the properties {@code topic.*}. */
public final class TableMappings {

  static final String PREFIX = "topic.";
  private static final String MAPPING = "mapping";
  private static final String CONSISTENCY = "consistencyLevel";
  private static final String NULL_TO_UNSET = "nullToUnset";
  private static final String DELETES_ENABLED = "deletesEnabled";
  private static final String EVERY_COLUMN = "*";

  /** The topic may hold dots, so the three last parts are read from the end. */
  private static final Pattern PROPERTY =
      Pattern.compile("topic\\.([a-zA-Z0-9._-]+)\\.(\\w+)\\.(\\w+)\\.(\\w+)");

  private static final Set<String> SETTINGS =
      Set.of(MAPPING, CONSISTENCY, NULL_TO_UNSET, DELETES_ENABLED);

  private static final Set<String> CONSISTENCY_LEVELS =
      Stream.of(DefaultConsistencyLevel.values())
          .filter(level -> !level.isSerial())
          .map(Enum::name)
          .collect(Collectors.toCollection(TreeSet::new));

  private final Map<String, List<TableMapping>> byTopic;

  private TableMappings(Map<String, List<TableMapping>> byTopic) {
    this.byTopic = byTopic;
  }

  /**
   * Reads all properties that begin with {@code topic.}.
   *
   * @throws ConfigException naming the property, its value and what is accepted
   */
  public static TableMappings parse(Map<String, String> properties) {
    Map<Target, Map<String, String>> settings = new TreeMap<>();
    properties.forEach(
        (property, value) -> {
          if (property.startsWith(PREFIX)) {
            Matcher matcher = PROPERTY.matcher(property);
            if (!matcher.matches() || !SETTINGS.contains(matcher.group(4))) {
              throw new ConfigException(
                  property,
                  value,
                  "must be topic.<topic>.<keyspace>.<table>. followed by one of "
                      + new TreeSet<>(SETTINGS));
            }
            settings
                .computeIfAbsent(
                    new Target(matcher.group(1), matcher.group(2), matcher.group(3)),
                    target -> new TreeMap<>())
                .put(matcher.group(4), value);
          }
        });
    if (settings.isEmpty()) {
      throw new ConfigException(
          "topic.<topic>.<keyspace>.<table>.mapping is missing: name at least one table, with *"
              + " for every column or a list of column=value.field");
    }
    return new TableMappings(
        settings.entrySet().stream()
            .map(entry -> mapping(entry.getKey(), entry.getValue()))
            .collect(Collectors.groupingBy(TableMapping::topic)));
  }

  /**
   * The tables that a topic goes into.
   *
   * @throws ConfigException when there is none
   */
  public List<TableMapping> of(String topic) {
    List<TableMapping> mappings = byTopic.get(topic);
    if (mappings == null) {
      throw new ConfigException(
          "No table is named for topic "
              + topic
              + ": add the property topic."
              + topic
              + ".<keyspace>.<table>.mapping");
    }
    return mappings;
  }

  /** Every mapping there is. */
  List<TableMapping> all() {
    return byTopic.values().stream().flatMap(List::stream).toList();
  }

  private static TableMapping mapping(Target target, Map<String, String> settings) {
    String property = target.property(MAPPING);
    String mapping = settings.get(MAPPING);
    if (mapping == null || mapping.isBlank()) {
      throw new ConfigException(
          property, mapping, "must be a list of " + ColumnSource.ACCEPTED + ", or *");
    }
    List<String> entries = Arrays.stream(mapping.split(",", -1)).map(String::strip).toList();
    return new TableMapping(
        target.topic,
        target.keyspace,
        target.table,
        entries.contains(EVERY_COLUMN),
        columns(property, mapping, entries),
        consistency(target.property(CONSISTENCY), settings.get(CONSISTENCY)),
        flag(target.property(NULL_TO_UNSET), settings.get(NULL_TO_UNSET), false),
        flag(target.property(DELETES_ENABLED), settings.get(DELETES_ENABLED), true));
  }

  private static List<ColumnSource> columns(String property, String mapping, List<String> entries) {
    List<ColumnSource> columns =
        entries.stream()
            .filter(entry -> !entry.equals(EVERY_COLUMN))
            .map(entry -> ColumnSource.parse(property, entry))
            .toList();
    Set<String> names = new HashSet<>();
    for (ColumnSource column : columns) {
      if (!names.add(column.column())) {
        throw new ConfigException(
            property, mapping, "must name each column once: " + column.column() + " is twice");
      }
    }
    return columns;
  }

  private static ConsistencyLevel consistency(String property, String value) {
    if (value == null) {
      return DefaultConsistencyLevel.LOCAL_QUORUM;
    }
    if (!CONSISTENCY_LEVELS.contains(value)) {
      throw new ConfigException(property, value, "must be one of " + CONSISTENCY_LEVELS);
    }
    return DefaultConsistencyLevel.valueOf(value);
  }

  private static boolean flag(String property, String value, boolean defaultValue) {
    if (value == null) {
      return defaultValue;
    }
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new ConfigException(property, value, "must be true or false");
    };
  }

  private record Target(String topic, String keyspace, String table) implements Comparable<Target> {

    String property(String setting) {
      return PREFIX + topic + "." + keyspace + "." + table + "." + setting;
    }

    @Override
    public int compareTo(Target other) {
      return property("").compareTo(other.property(""));
    }
  }
}
