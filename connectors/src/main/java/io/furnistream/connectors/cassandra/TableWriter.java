package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.querybuilder.QueryBuilder;
import com.datastax.oss.driver.api.querybuilder.relation.Relation;
import com.datastax.oss.driver.api.querybuilder.term.Term;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/** Builds the INSERT or DELETE for one record and one table. */
final class TableWriter {

  /**
   * Bytes of one row's values. Cassandra takes 16 MiB in a message and in a write, and closes the
   * connection on more, which would look like a node that is away.
   */
  private static final long MAX_ROW_BYTES = 8L << 20;

  private final TableMapping mapping;
  private final Map<CqlIdentifier, ColumnMetadata> tableColumns;
  private final List<Column> columns;
  private final List<Column> primaryKey;
  private final PreparedStatement insert;
  private final PreparedStatement delete;

  private TableWriter(
      TableMapping mapping,
      Map<CqlIdentifier, ColumnMetadata> tableColumns,
      List<Column> columns,
      List<Column> primaryKey,
      PreparedStatement insert,
      PreparedStatement delete) {
    this.mapping = mapping;
    this.tableColumns = tableColumns;
    this.columns = columns;
    this.primaryKey = primaryKey;
    this.insert = insert;
    this.delete = delete;
  }

  /**
   * Prepares the statements of a mapping.
   *
   * @throws ConfigException when the table is not there or the mapping does not fit it
   */
  static TableWriter prepare(CqlSession session, TableMapping mapping) {
    TableMetadata table = Tables.require(session, mapping.keyspace(), mapping.table());
    Set<String> keyColumns =
        table.getPrimaryKey().stream().map(c -> name(c)).collect(Collectors.toSet());
    Map<String, Column> byName = new LinkedHashMap<>();
    if (mapping.byName()) {
      table.getColumns().values().forEach(c -> byName.put(name(c), byName(c, keyColumns)));
    }
    for (ColumnSource source : mapping.columns()) {
      byName.put(source.column(), mapped(table, source, mapping));
    }
    List<Column> columns = List.copyOf(byName.values());
    List<Column> primaryKey = primaryKey(table, columns, mapping);
    return new TableWriter(
        mapping,
        table.getColumns(),
        columns,
        primaryKey,
        prepareInsert(session, mapping, columns),
        prepareDelete(session, mapping, primaryKey));
  }

  /** The table's columns as they were when the statements were prepared. */
  Map<CqlIdentifier, ColumnMetadata> tableColumns() {
    return tableColumns;
  }

  /**
   * The statement for a record.
   *
   * @param stamp the write's timestamp, in microseconds since 1970-01-01T00:00:00Z
   * @return null when there is nothing to do
   * @throws DataException when the record does not fit the table; names where it came from
   */
  BoundStatement bind(SinkRecord record, Uuid topicId, long stamp) {
    try {
      if (record.value() != null || namedByPosition()) {
        return bindInsert(record, topicId, stamp);
      }
      return mapping.deletesEnabled() ? bindDelete(record, topicId, stamp) : null;
    } catch (DataException e) {
      throw new DataException(RecordName.of(record) + ": " + e.getMessage(), e);
    }
  }

  /**
   * Whether there is a row per record and not per key: a tombstone is then a row like any other.
   */
  private boolean namedByPosition() {
    return primaryKey.stream()
        .flatMap(column -> column.sources.stream())
        .anyMatch(source -> source.side() == ColumnSource.Side.POSITION);
  }

  private BoundStatement bindInsert(SinkRecord record, Uuid topicId, long stamp) {
    requireKey(record, topicId);
    BoundStatementBuilder statement = insert.boundStatementBuilder();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      FieldValue field = column.find(record, topicId);
      if (field == null) {
        continue;
      }
      if (field.value() != null) {
        statement = set(statement, i, column, field);
      } else if (!mapping.nullToUnset()) {
        statement = statement.setToNull(i);
      }
    }
    return bounded(statement.setLong(columns.size(), stamp).build());
  }

  private BoundStatement bounded(BoundStatement statement) {
    long bytes = bytes(statement);
    if (bytes > MAX_ROW_BYTES) {
      throw new DataException(
          "its row in %s has %d bytes, and Cassandra takes at most %d"
              .formatted(mapping, bytes, MAX_ROW_BYTES));
    }
    return statement;
  }

  /** Bytes of a statement's values. */
  static long bytes(BoundStatement statement) {
    long bytes = 0;
    for (ByteBuffer value : statement.getValues()) {
      bytes += value == null ? 0 : value.remaining();
    }
    return bytes;
  }

  private BoundStatement bindDelete(SinkRecord record, Uuid topicId, long stamp) {
    requireKey(record, topicId);
    BoundStatementBuilder statement = delete.boundStatementBuilder().setLong(0, stamp);
    for (int i = 0; i < primaryKey.size(); i++) {
      Column column = primaryKey.get(i);
      statement = set(statement, i + 1, column, column.find(record, topicId));
    }
    return statement.build();
  }

  private void requireKey(SinkRecord record, Uuid topicId) {
    List<String> unfilled =
        primaryKey.stream()
            .filter(column -> isUnfilled(column.find(record, topicId)))
            .map(Column::name)
            .toList();
    if (!unfilled.isEmpty()) {
      throw new DataException(
          "nothing in the record fills %s of the primary key of %s; if that is true of every"
                  .formatted(unfilled, mapping)
              + " record, correct the property "
              + mapping.property());
    }
  }

  private static boolean isUnfilled(FieldValue field) {
    return field == null || field.value() == null;
  }

  private BoundStatementBuilder set(
      BoundStatementBuilder statement, int index, Column column, FieldValue field) {
    try {
      return set(statement, index, ColumnType.of(column.type), field);
    } catch (DataException e) {
      throw new DataException(
          "field %s of type %s does not fit column %s of type %s of %s: %s"
              .formatted(
                  field.name(),
                  field.type(),
                  column.name,
                  column.type.asCql(false, true),
                  mapping,
                  e.getMessage()),
          e);
    }
  }

  private static <T> BoundStatementBuilder set(
      BoundStatementBuilder statement, int index, ColumnType<T> type, FieldValue field) {
    return statement.set(index, type.convert(field.schema(), field.value()), type.driverClass());
  }

  private static Column byName(ColumnMetadata column, Set<String> keyColumns) {
    String name = name(column);
    return new Column(name, column.getType(), ColumnSource.byName(name, keyColumns.contains(name)));
  }

  private static Column mapped(TableMetadata table, ColumnSource source, TableMapping mapping) {
    ColumnMetadata column =
        table
            .getColumn(CqlIdentifier.fromInternal(source.column()))
            .orElseThrow(
                () ->
                    new ConfigException(
                        mapping.property(),
                        source.column(),
                        "must be a column of " + mapping + ": " + table.getColumns().keySet()));
    return new Column(source.column(), column.getType(), List.of(source));
  }

  private static List<Column> primaryKey(
      TableMetadata table, List<Column> columns, TableMapping mapping) {
    Map<String, Column> byName = new LinkedHashMap<>();
    columns.forEach(column -> byName.put(column.name, column));
    List<String> names = table.getPrimaryKey().stream().map(c -> name(c)).toList();
    Set<String> unfilled = new HashSet<>(names);
    unfilled.removeAll(byName.keySet());
    if (!unfilled.isEmpty()) {
      throw new ConfigException(
          mapping.property(),
          byName.keySet(),
          "must fill every column of the primary key of " + mapping + ": missing " + unfilled);
    }
    return names.stream().map(byName::get).toList();
  }

  private static PreparedStatement prepareInsert(
      CqlSession session, TableMapping mapping, List<Column> columns) {
    Map<String, Term> values = new LinkedHashMap<>();
    columns.forEach(column -> values.put(quoted(column.name), QueryBuilder.bindMarker()));
    return session.prepare(
        QueryBuilder.insertInto(
                CqlIdentifier.fromInternal(mapping.keyspace()),
                CqlIdentifier.fromInternal(mapping.table()))
            .values(values)
            .usingTimestamp(QueryBuilder.bindMarker())
            .build()
            .setConsistencyLevel(mapping.consistency())
            .setIdempotent(true));
  }

  private static PreparedStatement prepareDelete(
      CqlSession session, TableMapping mapping, List<Column> primaryKey) {
    List<Relation> relations =
        primaryKey.stream()
            .map(
                column ->
                    Relation.column(CqlIdentifier.fromInternal(column.name))
                        .isEqualTo(QueryBuilder.bindMarker()))
            .toList();
    return session.prepare(
        QueryBuilder.deleteFrom(
                CqlIdentifier.fromInternal(mapping.keyspace()),
                CqlIdentifier.fromInternal(mapping.table()))
            .usingTimestamp(QueryBuilder.bindMarker())
            .where(relations)
            .build()
            .setConsistencyLevel(mapping.consistency())
            .setIdempotent(true));
  }

  private static String name(ColumnMetadata column) {
    return column.getName().asInternal();
  }

  private static String quoted(String column) {
    return CqlIdentifier.fromInternal(column).asCql(true);
  }

  /**
   * A column and where its content is looked for, in this order.
   *
   * @param sources the first that the record has is taken
   */
  private record Column(String name, DataType type, List<ColumnSource> sources) {

    FieldValue find(SinkRecord record, Uuid topicId) {
      return FieldValue.first(record, topicId, sources);
    }
  }
}
