package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What the task has prepared in one session: the writers of its tables and the tables that its
 * stamps are kept in. Each is made when the first record needs it.
 */
final class CassandraStore {

  private final CqlSession session;
  private final TableMappings mappings;
  private final InstantSource clock;
  private final StampConsistency consistency;
  private final Map<TableMapping, TableWriter> writers = new HashMap<>();
  private final Map<String, StampRegistry> registries = new HashMap<>();
  private final Map<String, SinkPositions> positions = new HashMap<>();

  CassandraStore(
      CqlSession session,
      TableMappings mappings,
      InstantSource clock,
      StampConsistency consistency) {
    this.session = session;
    this.mappings = mappings;
    this.clock = clock;
    this.consistency = consistency;
  }

  CqlSession session() {
    return session;
  }

  /**
   * The writes for a record: all of them or, when one does not fit, none.
   *
   * @param order has prepared the record's batch
   * @throws DataException when the record does not fit a table that its topic goes into
   */
  List<Write> writes(SinkRecord record, WriteOrder order) {
    List<Write> writes = new ArrayList<>();
    for (TableMapping mapping : mappings.of(record.topic())) {
      TableWriter writer = writer(mapping);
      WriteStamps stamps = order.stamps(mapping.keyspace(), record.originalTopic());
      BoundStatement statement =
          writer.bind(record, stamps.id(), stamps.of(record.originalKafkaOffset()));
      if (statement != null) {
        writes.add(new Write(record, mapping, statement));
      }
    }
    return writes;
  }

  /**
   * Prepares the tables that records go into.
   *
   * @throws org.apache.kafka.common.config.ConfigException when there is no such table
   */
  void prepareTables(Collection<SinkRecord> records) {
    records.stream()
        .map(SinkRecord::topic)
        .distinct()
        .forEach(topic -> mappings.of(topic).forEach(this::writer));
  }

  /** Every keyspace that is written to. */
  Set<String> keyspaces() {
    return mappings.all().stream().map(TableMapping::keyspace).collect(Collectors.toSet());
  }

  /**
   * Whether all nodes that answer have the same schema. Waits for it for as long as the driver does
   * by default, 10 s.
   */
  boolean isSchemaAgreed() {
    return session.checkSchemaAgreement();
  }

  /** Whether a table is still the one that its statements were prepared for. */
  boolean isUnchanged(TableMapping mapping) {
    return Tables.findAfresh(session, mapping.keyspace(), mapping.table())
        .map(table -> table.getColumns().equals(writer(mapping).tableColumns()))
        .orElse(false);
  }

  private TableWriter writer(TableMapping mapping) {
    TableWriter writer = writers.get(mapping);
    if (writer == null) {
      writer = prepared(mapping.toString(), () -> TableWriter.prepare(session, mapping));
      writers.put(mapping, writer);
    }
    return writer;
  }

  /** Prepared again in each session. */
  StampRegistry registry(String keyspace) {
    StampRegistry registry = registries.get(keyspace);
    if (registry == null) {
      registry =
          prepared(
              keyspace + "." + StampRegistry.TABLE,
              () -> new StampRegistry(session, keyspace, clock, consistency));
      registries.put(keyspace, registry);
    }
    return registry;
  }

  /** Likewise. */
  SinkPositions positions(String keyspace) {
    SinkPositions known = positions.get(keyspace);
    if (known == null) {
      known =
          prepared(
              keyspace + "." + SinkPositions.TABLE,
              () -> new SinkPositions(session, keyspace, consistency));
      positions.put(keyspace, known);
    }
    return known;
  }

  private static <T> T prepared(String table, Supplier<T> preparation) {
    try {
      return preparation.get();
    } catch (QueryValidationException e) {
      Fault fault = Fault.of(e);
      if (fault == Fault.SCHEMA) {
        // The schema that was read for them has what the asked node lacks.
        throw new SchemaDisagreementException(table, e);
      }
      if (fault == Fault.INFRASTRUCTURE) {
        throw e;
      }
      // No record is involved yet.
      throw new ConnectException("Cassandra refuses the statements for " + table, e);
    }
  }

  /**
   * One statement of one record.
   *
   * @param record where it comes from
   * @param mapping where it goes
   * @param statement what is sent
   */
  record Write(SinkRecord record, TableMapping mapping, BoundStatement statement) {

    /** Bytes of its values. */
    long bytes() {
      return TableWriter.bytes(statement);
    }
  }
}
