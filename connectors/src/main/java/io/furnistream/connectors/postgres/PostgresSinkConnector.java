package io.furnistream.connectors.postgres;

import io.debezium.connector.jdbc.JdbcSinkConnector;
import io.furnistream.connectors.check.PropertyCheck;
import io.furnistream.connectors.sink.PluginVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.connect.connector.Task;

/** Debezium's JDBC sink connector, with its properties, whose tasks dead-letter refused rows. */
public final class PostgresSinkConnector extends JdbcSinkConnector {

  /** What Debezium reads although its definition does not list it. */
  private static final List<String> UNLISTED =
      List.of("use.reduction.buffer", "database.time_zone");

  @Override
  public String version() {
    return PluginVersion.get();
  }

  @Override
  public Class<? extends Task> taskClass() {
    return PostgresSinkTask.class;
  }

  /**
   * Also names misspelled properties, and those of the transforms that nothing reads. An unknown
   * name at the top may be one of Debezium's: its definition is not complete.
   */
  @Override
  public Config validate(Map<String, String> properties) {
    Set<String> names = new HashSet<>(config().names());
    names.addAll(UNLISTED);
    names.add(Owners.TABLE);
    return PropertyCheck.lenient(names).addTo(super.validate(properties), properties);
  }
}
