package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/** Finds tables in the cluster's schema. */
final class Tables {

  private Tables() {}

  /**
   * The table as it is now.
   *
   * @throws ConfigException when there is none. Waiting does not create a table: somebody has to
   *     create it or correct the property, and a task that fails says so, while one that retries
   *     stays silent
   * @throws SchemaDisagreementException when the nodes have yet to agree on what there is
   */
  static TableMetadata require(CqlSession session, String keyspace, String table) {
    return find(session, keyspace, table)
        // What the driver remembers may be older than the table, or empty after a bad start.
        .or(() -> findAfresh(session, keyspace, table))
        .orElseThrow(() -> missing(session, keyspace, table));
  }

  private static RuntimeException missing(CqlSession session, String keyspace, String table) {
    return session.checkSchemaAgreement()
        ? new ConfigException(
            "Cassandra has no table %s.%s: apply the migrations of connectors/cassandra, or correct the property topic.<topic>.%s.%s.mapping"
                .formatted(keyspace, table, keyspace, table))
        : new SchemaDisagreementException(keyspace + "." + table, null);
  }

  /** The table as it is now, with the schema read again. */
  static Optional<TableMetadata> findAfresh(CqlSession session, String keyspace, String table) {
    session.refreshSchema();
    return find(session, keyspace, table);
  }

  private static Optional<TableMetadata> find(CqlSession session, String keyspace, String table) {
    return session
        .getMetadata()
        .getKeyspace(CqlIdentifier.fromInternal(keyspace))
        .flatMap(found -> found.getTable(CqlIdentifier.fromInternal(table)));
  }
}
