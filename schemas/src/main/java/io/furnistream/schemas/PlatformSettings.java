package io.furnistream.schemas;

import io.furnistream.cli.CannotRunException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many copies and parts there are of everything: one file, which every process of the platform
 * reads, so that none disagrees. What the file does not say is as in {@code platform.properties},
 * where each key is explained. Immutable.
 */
public final class PlatformSettings {

  /** Names the environment variable that says which file. */
  public static final String VARIABLE = "FURNISTREAM_SETTINGS";

  /** How many buckets a day had before that was a setting: stores that do not say have so many. */
  public static final int FIRST_BUCKETS = 16;

  private static final String REPLICATION_FACTOR = "kafka.replication.factor";
  private static final String MIN_INSYNC_REPLICAS = "kafka.min.insync.replicas";
  private static final String DEAD_LETTER_FACTOR = "kafka.dead.letter.replication.factor";
  private static final String PARTITIONS = "kafka.partitions.";
  private static final String CASSANDRA_REPLICATION = "cassandra.replication";
  private static final String BUCKETS = "cassandra.buckets";
  private static final String TASKS = "connect.tasks.max.";
  private static final String CONNECTOR_CONFIG = "connect.config.";
  private static final String NAME = "name";
  private static final String THREADS = "aggregates.threads";
  private static final String STANDBYS = "aggregates.standby.replicas";

  private static final int MAX_PARTITIONS = 100_000;
  private static final int MAX_BUCKETS = 1 << 16;
  private static final int MAX_TASKS = 1000;
  private static final int MAX_THREADS = 64;
  private static final int MAX_STANDBYS = 10;

  private static volatile PlatformSettings current;

  private final String source;
  private final boolean isDefault;
  private final short replicationFactor;
  private final int minInsyncReplicas;
  private final short deadLetterReplicationFactor;
  private final Map<Topic, Integer> partitions = new EnumMap<>(Topic.class);
  private final Map<String, String> cassandraReplication;
  private final int buckets;
  private final Map<String, Integer> tasks = new TreeMap<>();
  private final Map<String, Map<String, String>> connectorProperties = new TreeMap<>();
  private final int aggregatesThreads;
  private final int aggregatesStandbyReplicas;

  private PlatformSettings(SettingsFile file) {
    source = file.name();
    isDefault = file.isDefault();
    replicationFactor = (short) file.number(REPLICATION_FACTOR, 1, Short.MAX_VALUE);
    minInsyncReplicas =
        file.numberOr(
            MIN_INSYNC_REPLICAS, Math.max(1, replicationFactor - 1), 1, replicationFactor);
    deadLetterReplicationFactor =
        (short) file.numberOr(DEAD_LETTER_FACTOR, (int) replicationFactor, 1, Short.MAX_VALUE);
    for (Topic topic : Topic.values()) {
      partitions.put(topic, file.number(PARTITIONS + topic.topicName(), 1, MAX_PARTITIONS));
    }
    cassandraReplication =
        Collections.unmodifiableMap(CassandraReplication.of(file, CASSANDRA_REPLICATION));
    buckets = file.number(BUCKETS, 2, MAX_BUCKETS);
    if (Integer.bitCount(buckets) != 1) {
      throw file.wrong(BUCKETS, "a power of two, 2 to " + MAX_BUCKETS);
    }
    for (Sink sink : Sink.values()) {
      tasks.put(sink.connector(), file.number(TASKS + sink.connector(), 1, MAX_TASKS));
      connectorProperties.put(sink.connector(), connectorProperties(file, sink.connector()));
    }
    aggregatesThreads = file.number(THREADS, 1, MAX_THREADS);
    aggregatesStandbyReplicas = file.number(STANDBYS, 0, MAX_STANDBYS);
    file.refuseUnknown();
  }

  private static Map<String, String> connectorProperties(SettingsFile file, String connector) {
    String prefix = CONNECTOR_CONFIG + connector;
    Map<String, String> properties = new TreeMap<>();
    file.group(prefix)
        .forEach(
            (key, value) -> {
              if (key.equals(prefix)) {
                throw file.wrong(key, "the name of a property behind it, after a dot");
              }
              String property = key.substring(prefix.length() + 1);
              if (property.equals(NAME)) {
                // Connect answers without it: the connector would differ for ever.
                throw file.wrong(key, "another property: a connector has the name of its file");
              }
              properties.put(property, value);
            });
    return Collections.unmodifiableMap(properties);
  }

  /**
   * The settings of this process, which are read once: those of the file that {@value #VARIABLE}
   * names, or the defaults.
   *
   * @throws CannotRunException when the file cannot be read, or has an unknown key or a wrong
   *     value; the message names the file, the key and what to write
   */
  public static PlatformSettings current() {
    PlatformSettings known = current;
    if (known == null) {
      known = fromEnvironment(System.getenv());
      current = known;
    }
    return known;
  }

  /**
   * The settings that some environment variables ask for; a blank variable counts as none.
   *
   * @throws CannotRunException as {@link #current()} does
   */
  public static PlatformSettings fromEnvironment(Map<String, String> environment) {
    String file = environment.getOrDefault(VARIABLE, "").strip();
    if (file.isEmpty()) {
      return defaults();
    }
    if (!Path.of(file).isAbsolute()) {
      throw new CannotRunException(
          "%s is %s; write the whole path, from / on: every process reads it, from a folder of its own."
              .formatted(VARIABLE, file));
    }
    return read(Path.of(file));
  }

  /**
   * The settings of a file.
   *
   * @throws CannotRunException as {@link #current()} does
   */
  public static PlatformSettings read(Path file) {
    return new PlatformSettings(SettingsFile.read(file));
  }

  /** The embedded stack's. */
  public static PlatformSettings defaults() {
    return new PlatformSettings(SettingsFile.defaults());
  }

  /** What messages call them: the file's path, or that they are the defaults. */
  public String source() {
    return source;
  }

  /** Where a person changes them, to follow "in": the file, or one that is yet to be named. */
  public String file() {
    return isDefault ? "a file that " + VARIABLE + " names" : source;
  }

  /** Copies of each partition of a topic. */
  public short replicationFactor() {
    return replicationFactor;
  }

  /** How many copies must have a record before it is acknowledged. */
  public int minInsyncReplicas() {
    return minInsyncReplicas;
  }

  /** Copies of each dead-letter topic. */
  public short deadLetterReplicationFactor() {
    return deadLetterReplicationFactor;
  }

  /** How many copies must have a dead letter: as for any topic, and one may be away. */
  public int deadLetterMinInsyncReplicas() {
    return Math.min(minInsyncReplicas, Math.max(1, deadLetterReplicationFactor - 1));
  }

  /** Partitions of a topic. */
  public int partitions(Topic topic) {
    return partitions.get(topic);
  }

  /** The keyspace's {@code replication}: {@code class}, and its options. */
  public Map<String, String> cassandraReplication() {
    return cassandraReplication;
  }

  /** How many buckets a day is spread over in Cassandra: a power of two. */
  public int buckets() {
    return buckets;
  }

  /**
   * The most tasks of a connector.
   *
   * @return null for one that is not of the {@link Sink sinks}
   */
  public Integer tasksMax(String connector) {
    return tasks.get(connector);
  }

  /** Properties of a connector that its file does not have, or has otherwise; often none. */
  public Map<String, String> connectorProperties(String connector) {
    return connectorProperties.getOrDefault(connector, Map.of());
  }

  /** Threads of each instance of the aggregates. */
  public int aggregatesThreads() {
    return aggregatesThreads;
  }

  /** How many further instances of the aggregates keep a copy of each one's state. */
  public int aggregatesStandbyReplicas() {
    return aggregatesStandbyReplicas;
  }
}
