package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What the task has prepared in one session: the writers of its tables and the stamps of its
 * topics. Each is made when the first record needs it.
 */
final class CassandraStore {

  private final CqlSession session;
  private final TableMappings mappings;
  private final InstantSource clock;
  private final ToLongFunction<String> largestEndOffset;
  private final Map<TableMapping, TableWriter> writers = new HashMap<>();
  private final Map<String, StampRegistry> registries = new HashMap<>();
  private final Map<KeyspaceTopic, WriteStamps> stamps = new HashMap<>();

  CassandraStore(
      CqlSession session,
      TableMappings mappings,
      InstantSource clock,
      ToLongFunction<String> largestEndOffset) {
    this.session = session;
    this.mappings = mappings;
    this.clock = clock;
    this.largestEndOffset = largestEndOffset;
  }

  CqlSession session() {
    return session;
  }

  /**
   * The writes for a record: all of them or, when one does not fit, none.
   *
   * @param id the incarnation of its topic
   * @throws DataException when the record does not fit a table that its topic goes into
   */
  List<Write> writes(SinkRecord record, Uuid id) {
    List<Write> writes = new ArrayList<>();
    for (TableMapping mapping : mappings.of(record.topic())) {
      TableWriter writer = writer(mapping);
      long stamp = stamps(mapping.keyspace(), record, id).of(record.originalKafkaOffset());
      BoundStatement statement = writer.bind(record, stamp);
      if (statement != null) {
        writes.add(new Write(record, mapping, statement));
      }
    }
    return writes;
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

  private WriteStamps stamps(String keyspace, SinkRecord record, Uuid id) {
    KeyspaceTopic place = new KeyspaceTopic(keyspace, record.originalTopic());
    WriteStamps current = stamps.get(place);
    if (current == null || !current.id().equals(id)) {
      current =
          registry(keyspace)
              .claim(place.topic, id, () -> largestEndOffset.applyAsLong(place.topic));
      stamps.put(place, current);
    }
    if (!current.covers(record.originalKafkaOffset())) {
      current = registry(keyspace).raise(current, record.originalKafkaOffset());
      stamps.put(place, current);
    }
    return current;
  }

  private StampRegistry registry(String keyspace) {
    StampRegistry registry = registries.get(keyspace);
    if (registry == null) {
      registry =
          prepared(
              keyspace + "." + StampRegistry.TABLE,
              () -> new StampRegistry(session, keyspace, clock));
      registries.put(keyspace, registry);
    }
    return registry;
  }

  private static <T> T prepared(String table, Supplier<T> preparation) {
    try {
      return preparation.get();
    } catch (QueryValidationException e) {
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
  record Write(SinkRecord record, TableMapping mapping, BoundStatement statement) {}

  private record KeyspaceTopic(String keyspace, String topic) {}
}
