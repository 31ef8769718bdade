package io.furnistream.connectors.postgres;

import io.debezium.connector.jdbc.JdbcChangeEventSink;
import io.debezium.connector.jdbc.JdbcSinkConnectorConfig;
import io.debezium.connector.jdbc.QueryBinderResolver;
import io.debezium.connector.jdbc.dialect.DatabaseDialect;
import io.debezium.connector.jdbc.dialect.DatabaseDialectResolver;
import io.debezium.openlineage.ConnectorContext;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.connect.sink.SinkRecord;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.JdbcSettings;

/**
 * The parts of Debezium's JDBC sink, assembled as its own task does. That task keeps a failure,
 * throws it at the next batch, and cannot be used again.
 */
final class DebeziumSink implements RowStore, AutoCloseable {

  private static final int PATIENCE_SECONDS = 30;

  private final SessionFactory sessions;
  private final StatelessSession session;
  private final JdbcChangeEventSink sink;

  /**
   * Connects.
   *
   * @param properties those of Debezium's sink
   * @throws RuntimeException when they are wrong, or the database does not answer
   */
  DebeziumSink(Map<String, String> properties) {
    JdbcSinkConnectorConfig config = new JdbcSinkConnectorConfig(properties);
    config.validate();
    sessions =
        config
            .getHibernateConfiguration()
            // Reported by the letter or by the task's failure, without the rows of the whole batch.
            .setProperty(JdbcSettings.LOG_JDBC_ERRORS, "false")
            .buildSessionFactory();
    try {
      session = sessions.openStatelessSession();
      DatabaseDialect dialect = DatabaseDialectResolver.resolve(config, sessions);
      sink =
          new JdbcChangeEventSink(
              config,
              session,
              dialect,
              new KeyedRecordWriter(session, new QueryBinderResolver(), config, dialect),
              ConnectorContext.from(properties, "jdbc-sink", UUID.randomUUID()));
    } catch (RuntimeException e) {
      sessions.close();
      throw e;
    }
  }

  @Override
  public void write(List<SinkRecord> records) {
    sink.execute(records);
  }

  @Override
  public void ping() {
    session.doWork(
        connection -> {
          if (!connection.isValid(PATIENCE_SECONDS)) {
            throw new SQLTransientConnectionException("PostgreSQL does not answer");
          }
        });
  }

  @Override
  public void close() {
    try {
      sink.close();
    } finally {
      sessions.close();
    }
  }
}
