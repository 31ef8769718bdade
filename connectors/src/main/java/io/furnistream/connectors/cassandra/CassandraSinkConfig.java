package io.furnistream.connectors.cassandra;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;

/**
 * The sink's configuration. A property that means the same as in DataStax's public sink has the
 * same name.
 */
final class CassandraSinkConfig extends AbstractConfig {

  static final String CONTACT_POINTS = "contactPoints";
  static final String PORT = "port";
  static final String LOCAL_DC = "loadBalancing.localDc";
  static final String USERNAME = "auth.username";
  static final String PASSWORD = "auth.password";
  static final String MAX_CONCURRENT_REQUESTS = "maxConcurrentRequests";
  static final String MAX_WRITES_AT_ONCE = "maxNumberOfRecordsInBatch";
  static final String QUERY_EXECUTION_TIMEOUT = "queryExecutionTimeout";
  static final String STAMP_CONSISTENCY = "stampConsistency";
  static final String KAFKA_PREFIX = "kafka.";
  static final String KAFKA_BOOTSTRAP_SERVERS = KAFKA_PREFIX + "bootstrap.servers";

  private static final int DEFAULT_PORT = 9042;

  static final ConfigDef CONFIG_DEF =
      new ConfigDef()
          .define(
              CONTACT_POINTS,
              ConfigDef.Type.LIST,
              ConfigDef.NO_DEFAULT_VALUE,
              ConfigDef.LambdaValidator.with(
                  CassandraSinkConfig::requireContactPoints, () -> "host or host:port, …"),
              Importance.HIGH,
              "Cassandra nodes to ask first, as host or host:port.")
          .define(
              PORT,
              ConfigDef.Type.INT,
              DEFAULT_PORT,
              ConfigDef.Range.between(1, ContactPoint.HIGHEST_PORT),
              Importance.MEDIUM,
              "Native port of the contact points that name none.")
          .define(
              LOCAL_DC,
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              new ConfigDef.NonEmptyString(),
              Importance.HIGH,
              "Cassandra datacenter whose nodes are written to.")
          .define(
              USERNAME,
              ConfigDef.Type.STRING,
              "",
              Importance.MEDIUM,
              "Cassandra role; empty where Cassandra needs none.")
          .define(PASSWORD, ConfigDef.Type.PASSWORD, "", Importance.MEDIUM, "That role's password.")
          .define(
              MAX_CONCURRENT_REQUESTS,
              ConfigDef.Type.INT,
              500,
              ConfigDef.Range.atLeast(1),
              Importance.MEDIUM,
              "How many requests one task has in flight at once.")
          .define(
              MAX_WRITES_AT_ONCE,
              ConfigDef.Type.INT,
              32,
              ConfigDef.Range.between(1, 1000),
              Importance.MEDIUM,
              "How many writes into one partition of a table go together in one request at most, as an"
                  + " unlogged batch, to which none is added that has 64 KiB; 1 for a request a record.")
          .define(
              QUERY_EXECUTION_TIMEOUT,
              ConfigDef.Type.INT,
              30,
              ConfigDef.Range.between(1, 120),
              Importance.MEDIUM,
              "Seconds after which a write that is not acknowledged is given up and tried again.")
          .define(
              STAMP_CONSISTENCY,
              ConfigDef.Type.STRING,
              StampConsistency.SERIAL.name(),
              ConfigDef.ValidString.in(Utils.enumOptions(StampConsistency.class)),
              Importance.MEDIUM,
              "Among which replicas the tasks agree on write timestamps: SERIAL, those of every"
                  + " datacenter; LOCAL_SERIAL, those of the local one, where no sink writes this"
                  + " keyspace in another.")
          .define(
              KAFKA_BOOTSTRAP_SERVERS,
              ConfigDef.Type.LIST,
              ConfigDef.NO_DEFAULT_VALUE,
              new ConfigDef.NonNullValidator(),
              Importance.HIGH,
              "The Kafka cluster that holds the topics, asked for their ids and offsets. Any other"
                  + " property of an admin client may follow the same prefix.");

  private final TableMappings mappings;

  CassandraSinkConfig(Map<String, String> properties) {
    super(CONFIG_DEF, properties, false);
    mappings = TableMappings.parse(properties);
  }

  List<InetSocketAddress> contactPoints() {
    return getList(CONTACT_POINTS).stream()
        .map(point -> ContactPoint.parse(point, getInt(PORT)).orElseThrow())
        .toList();
  }

  String localDatacenter() {
    return getString(LOCAL_DC);
  }

  boolean hasCredentials() {
    return !username().isEmpty();
  }

  String username() {
    return getString(USERNAME);
  }

  String password() {
    return getPassword(PASSWORD).value();
  }

  int maxConcurrentRequests() {
    return getInt(MAX_CONCURRENT_REQUESTS);
  }

  int maxWritesAtOnce() {
    return getInt(MAX_WRITES_AT_ONCE);
  }

  Duration queryExecutionTimeout() {
    return Duration.ofSeconds(getInt(QUERY_EXECUTION_TIMEOUT));
  }

  StampConsistency stampConsistency() {
    return StampConsistency.valueOf(getString(STAMP_CONSISTENCY));
  }

  /** Properties of the Kafka admin client. */
  Map<String, Object> kafka() {
    return originalsWithPrefix(KAFKA_PREFIX);
  }

  TableMappings mappings() {
    return mappings;
  }

  private static void requireContactPoints(String property, Object value) {
    if (value == null) {
      // Missing: already reported.
      return;
    }
    List<?> points = (List<?>) value;
    boolean sound =
        !points.isEmpty()
            && points.stream()
                .map(String::valueOf)
                .allMatch(point -> ContactPoint.parse(point, DEFAULT_PORT).isPresent());
    if (!sound) {
      throw new ConfigException(
          property, value, "must be a list of host or host:port, such as 127.0.0.1:9042");
    }
  }
}
