package io.furnistream.preview;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Writes each record that a worker hands it as a line of a file. */
public final class WritingSinkConnector extends SinkConnector {

  private Map<String, String> properties;

  @Override
  public void start(Map<String, String> properties) {
    this.properties = properties;
  }

  @Override
  public Class<? extends Task> taskClass() {
    return WritingSinkTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return Collections.nCopies(1, properties);
  }

  @Override
  public void stop() {
    // Nothing runs.
  }

  @Override
  public ConfigDef config() {
    return new ConfigDef()
        .define(
            WritingSinkTask.FILE,
            ConfigDef.Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            ConfigDef.Importance.HIGH,
            "Where the lines go.");
  }

  @Override
  public String version() {
    return "test";
  }
}
