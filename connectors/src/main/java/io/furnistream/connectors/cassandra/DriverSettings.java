package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Settings of DataStax's driver, in its own form: the sink's defaults, over them the connector's
 * properties that begin with {@code datastax-java-driver.} (TLS, credentials, …), over them what
 * the sink has properties of its own for.
 */
final class DriverSettings {

  /** Before the path of a setting of the driver, as in DataStax's own sink. */
  static final String PREFIX = "datastax-java-driver.";

  private static final String DEFAULTS =
      """
      datastax-java-driver {
        advanced.reconnection-policy.base-delay = 500 milliseconds
        advanced.reconnection-policy.max-delay = 5 seconds
        # Nothing is in flight when the task stops: put() has waited for it.
        advanced.netty.io-group.shutdown.quiet-period = 0
        advanced.netty.admin-group.shutdown.quiet-period = 0
      }
      """;

  private DriverSettings() {}

  /** Paths of every setting that the driver has. */
  static Set<String> names() {
    return Arrays.stream(DefaultDriverOption.values())
        .map(DefaultDriverOption::getPath)
        .collect(Collectors.toSet());
  }

  /**
   * The settings of one connector's session.
   *
   * @throws org.apache.kafka.common.config.ConfigException when the driver does not take them
   */
  static DriverConfigLoader of(CassandraSinkConfig config) {
    StringBuilder text = new StringBuilder(DEFAULTS);
    new TreeMap<>(config.originalsWithPrefix(PREFIX))
        .forEach((path, value) -> add(text, path, ConfigUtil.quoteString(value.toString())));
    add(
        text,
        DefaultDriverOption.REQUEST_TIMEOUT.getPath(),
        config.queryExecutionTimeout().toSeconds() + " seconds");
    add(
        text,
        DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES.getPath(),
        config.mappings().all().stream()
            .map(TableMapping::keyspace)
            .distinct()
            .map(ConfigUtil::quoteString)
            .collect(Collectors.joining(", ", "[", "]")));
    try {
      return DriverConfigLoader.fromString(text.toString());
    } catch (ConfigException e) {
      throw new org.apache.kafka.common.config.ConfigException(
          PREFIX, null, "The driver does not take them: " + e.getMessage());
    }
  }

  private static void add(StringBuilder text, String path, String value) {
    text.append(PREFIX).append(path).append(" = ").append(value).append('\n');
  }
}
