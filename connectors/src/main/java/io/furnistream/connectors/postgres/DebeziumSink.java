package io.furnistream.connectors.postgres;

import io.debezium.connector.jdbc.JdbcChangeEventSink;
import io.debezium.connector.jdbc.JdbcSinkConnectorConfig;
import io.debezium.connector.jdbc.QueryBinderResolver;
import io.debezium.connector.jdbc.dialect.DatabaseDialect;
import io.debezium.connector.jdbc.dialect.DatabaseDialectResolver;
import io.debezium.openlineage.ConnectorContext;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;
import org.hibernate.cfg.Configuration;
import org.hibernate.cfg.JdbcSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of Debezium's JDBC sink, assembled as its own task does. That task keeps a failure,
 * throws it at the next batch, and cannot be used again.
 */
final class DebeziumSink implements RowStore, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DebeziumSink.class);
  private static final int PATIENCE_SECONDS = 30;

  /** The SQLSTATE connection_failure. */
  private static final String NO_CONNECTION = "08006";

  private final SessionFactory sessions;
  private final StatelessSession session;
  private final JdbcChangeEventSink sink;
  private final Owners owners;
  private Set<TopicPartition> writing = Set.of();

  /**
   * Connects.
   *
   * @param properties those of Debezium's sink
   * @throws RuntimeException when they are wrong, or the database does not answer, which {@link
   *     Outage} tells apart
   */
  DebeziumSink(Map<String, String> properties) {
    String table = properties.get(Owners.TABLE);
    owners = table == null ? null : new Owners(properties.get("name"), table);
    JdbcSinkConnectorConfig config = new SinkSettings(properties);
    config.validate();
    requireAnswer(config);
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
              new KeyedRecordWriter(
                  session, new QueryBinderResolver(), config, dialect, this::requireOwned),
              ConnectorContext.from(properties, "jdbc-sink", UUID.randomUUID()));
    } catch (RuntimeException e) {
      sessions.close();
      throw e;
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws Owners.NotOwnerException as some cause, when another task has claimed a partition since
   */
  @Override
  public void write(List<SinkRecord> records) {
    writing = partitions(records);
    sink.execute(records);
  }

  /** Forgets what this task claimed: it must claim these partitions before it writes. */
  void disown(Collection<TopicPartition> partitions) {
    if (owners != null) {
      owners.forget(partitions);
    }
  }

  /**
   * Claims partitions that are not claimed yet. Waits for transactions that another task has begun,
   * but not for ever.
   *
   * @return whether there were any
   * @throws ConnectException when the database does not answer, refuses it, or another task's
   *     transaction does not end in time; {@link Outage} tells which
   */
  boolean claim(Collection<TopicPartition> partitions) {
    if (owners == null || owners.hasClaimed(partitions)) {
      return false;
    }
    Transaction transaction = session.beginTransaction();
    try {
      session.doWork(connection -> owners.claim(connection, partitions));
      transaction.commit();
      return true;
    } catch (RuntimeException e) {
      owners.forget(partitions);
      rollBack(transaction, e);
      throw new ConnectException(
          "PostgreSQL does not let the sink claim its partitions: " + e.getMessage(), e);
    }
  }

  private static void rollBack(Transaction transaction, RuntimeException failure) {
    try {
      transaction.rollback();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Hibernate starts without a database, too, and then says only that it knows no dialect. */
  private static void requireAnswer(JdbcSinkConnectorConfig config) {
    Configuration hibernate = config.getHibernateConfiguration();
    try (Connection connection =
        DriverManager.getConnection(
            hibernate.getProperty(JdbcSettings.JAKARTA_JDBC_URL),
            hibernate.getProperty(JdbcSettings.JAKARTA_JDBC_USER),
            hibernate.getProperty(JdbcSettings.JAKARTA_JDBC_PASSWORD))) {
      LOG.info("PostgreSQL {} answers", connection.getMetaData().getDatabaseProductVersion());
    } catch (SQLException e) {
      throw new ConnectException("PostgreSQL does not let the sink in: " + e.getMessage(), e);
    }
  }

  /** The partitions in Kafka that records come from, whatever a transform has made of them. */
  static Set<TopicPartition> partitions(Collection<SinkRecord> records) {
    return records.stream()
        .map(record -> new TopicPartition(record.originalTopic(), record.originalKafkaPartition()))
        .collect(Collectors.toSet());
  }

  private void requireOwned(Connection connection) throws SQLException {
    if (owners != null) {
      owners.require(connection, writing);
    }
  }

  @Override
  public void ping() {
    session.doWork(
        connection -> {
          if (!connection.isValid(PATIENCE_SECONDS)) {
            throw new SQLTransientConnectionException("PostgreSQL does not answer", NO_CONNECTION);
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
