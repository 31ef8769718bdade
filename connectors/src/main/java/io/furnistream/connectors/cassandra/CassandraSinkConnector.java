package io.furnistream.connectors.cassandra;

import io.furnistream.connectors.check.PropertyCheck;
import io.furnistream.connectors.sink.PluginVersion;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Writes the records of Kafka topics into the tables of a Cassandra cluster. */
public final class CassandraSinkConnector extends SinkConnector {

  private static final PropertyCheck PROPERTIES =
      PropertyCheck.complete(
          CassandraSinkConfig.CONFIG_DEF.names(),
          Map.of(
              TableMappings.PREFIX, Set.of(),
              DriverSettings.PREFIX, DriverSettings.names(),
              CassandraSinkConfig.KAFKA_PREFIX, AdminClientConfig.configNames()));

  private Map<String, String> properties;

  @Override
  public String version() {
    return PluginVersion.get();
  }

  @Override
  public void start(Map<String, String> properties) {
    this.properties = new CassandraSinkConfig(properties).originalsStrings();
  }

  @Override
  public Class<? extends Task> taskClass() {
    return CassandraSinkTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return Collections.nCopies(maxTasks, properties);
  }

  @Override
  public void stop() {
    // Only the tasks hold something to close.
  }

  @Override
  public ConfigDef config() {
    return CassandraSinkConfig.CONFIG_DEF;
  }

  /** Also checks what a ConfigDef cannot: names that hold topics and tables, and unknown names. */
  @Override
  public Config validate(Map<String, String> properties) {
    Config config = super.validate(properties);
    try {
      TableMappings.parse(properties);
    } catch (ConfigException e) {
      ConfigValue mappings = new ConfigValue("topic.*");
      mappings.addErrorMessage(e.getMessage());
      config.configValues().add(mappings);
    }
    return PROPERTIES.addTo(config, properties);
  }
}
