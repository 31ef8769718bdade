package io.furnistream.connectors.postgres;

import io.debezium.connector.jdbc.DefaultRecordWriter;
import io.debezium.connector.jdbc.JdbcSinkConnectorConfig;
import io.debezium.connector.jdbc.JdbcSinkRecord;
import io.debezium.connector.jdbc.QueryBinder;
import io.debezium.connector.jdbc.QueryBinderResolver;
import io.debezium.connector.jdbc.dialect.DatabaseDialect;
import io.debezium.connector.jdbc.relational.TableDescriptor;
import io.debezium.metadata.CollectionId;
import io.debezium.sink.SinkConnectorConfig.PrimaryKeyMode;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.DataException;
import org.hibernate.SharedSessionContract;
import org.hibernate.jdbc.Work;

/**
 * Writes rows that the record's key names completely. Debezium deletes where the fields of the key
 * match: with a part of the primary key that is many rows, and without a key every row of the
 * table.
 */
final class KeyedRecordWriter extends DefaultRecordWriter {

  private final Map<CollectionId, TableDescriptor> tables = new HashMap<>();
  private final Work guard;
  private boolean isGuarded;

  /**
   * A writer.
   *
   * @param guard is run in each transaction that writes rows, and ends it when it throws
   */
  KeyedRecordWriter(
      SharedSessionContract session,
      QueryBinderResolver binders,
      JdbcSinkConnectorConfig config,
      DatabaseDialect dialect,
      Work guard) {
    super(session, binders, config, dialect);
    this.guard = guard;
  }

  /**
   * {@inheritDoc} Asks the database once for each table: Debezium asks for each batch, and a batch
   * that is halved is many. A table that is changed so that its rows cannot be written fails the
   * task, which is then restarted; a field that is new here is looked up again.
   */
  @Override
  public TableDescriptor checkAndApplyTableChangesIfNeeded(CollectionId name, JdbcSinkRecord record)
      throws SQLException {
    TableDescriptor known = tables.get(name);
    if (known == null || !getDialect().resolveMissingFields(record, known).isEmpty()) {
      known = super.checkAndApplyTableChangesIfNeeded(name, record);
      tables.put(name, known);
    }
    return known;
  }

  /** {@inheritDoc} The records share their schemas, which Debezium's buffers ensure. */
  @Override
  public void write(TableDescriptor table, List<JdbcSinkRecord> records) {
    List<String> primaryKey = table.getPrimaryKeyColumnNames();
    if (getConfig().getPrimaryKeyMode() == PrimaryKeyMode.RECORD_KEY && !primaryKey.isEmpty()) {
      Set<String> named =
          records.get(0).keyFieldNames().stream()
              .map(getConfig().getColumnNamingStrategy()::resolveColumnName)
              .collect(Collectors.toSet());
      if (!named.equals(Set.copyOf(primaryKey))) {
        throw new DataException(
            "The record's key names "
                + named
                + ", the primary key of "
                + table.getId().toFullIdentiferString()
                + " is "
                + primaryKey);
      }
    }
    isGuarded = false;
    super.write(table, records);
  }

  /** {@inheritDoc} The first place in Debezium's transaction, before anything is sent in it. */
  @Override
  protected void bindValues(JdbcSinkRecord record, QueryBinder binder) {
    if (!isGuarded) {
      getSession().doWork(guard);
      isGuarded = true;
    }
    super.bindValues(record, binder);
  }
}
