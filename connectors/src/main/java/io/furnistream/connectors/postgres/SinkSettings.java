package io.furnistream.connectors.postgres;

import io.debezium.connector.jdbc.JdbcSinkConnectorConfig;
import io.debezium.sink.filter.FieldFilterFactory.FieldNameFilter;
import java.util.Map;

/** Debezium's configuration, whose filter of fields remembers what it said. */
final class SinkSettings extends JdbcSinkConnectorConfig {

  private final FieldNameFilter filter = new RememberingFilter(super.fieldFilter());

  SinkSettings(Map<String, String> properties) {
    super(properties);
  }

  @Override
  public FieldNameFilter fieldFilter() {
    return filter;
  }
}
