package io.furnistream.connectors.postgres;

import io.debezium.connector.jdbc.JdbcSinkConnector;
import io.furnistream.connectors.sink.PluginVersion;
import org.apache.kafka.connect.connector.Task;

/** Debezium's JDBC sink connector, with its properties, whose tasks dead-letter refused rows. */
public final class PostgresSinkConnector extends JdbcSinkConnector {

  @Override
  public String version() {
    return PluginVersion.get();
  }

  @Override
  public Class<? extends Task> taskClass() {
    return PostgresSinkTask.class;
  }
}
