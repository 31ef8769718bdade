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

  /** What Debezium reads although its definition does not list it: a name from before. */
  private static final List<String> UNLISTED = List.of("database.time_zone");

  /** Behind these, Hibernate and classes of one's own read what they like. */
  private static final Map<String, Set<String>> HANDED_ON =
      Map.of(
          "hibernate.", Set.of(),
          "column.naming.strategy.", Set.of(),
          "collection.naming.strategy.", Set.of());

  @Override
  public String version() {
    return PluginVersion.get();
  }

  @Override
  public Class<? extends Task> taskClass() {
    return PostgresSinkTask.class;
  }

  /** Also names the properties that nothing reads. */
  @Override
  public Config validate(Map<String, String> properties) {
    Set<String> names = new HashSet<>(config().names());
    names.addAll(UNLISTED);
    return PropertyCheck.complete(names, HANDED_ON).addTo(super.validate(properties), properties);
  }
}
