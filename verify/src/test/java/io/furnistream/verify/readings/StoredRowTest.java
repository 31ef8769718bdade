package io.furnistream.verify.readings;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.detach.AttachmentPoint;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import com.datastax.oss.driver.internal.core.cql.DefaultColumnDefinition;
import com.datastax.oss.driver.internal.core.cql.DefaultColumnDefinitions;
import com.datastax.oss.driver.internal.core.cql.DefaultRow;
import com.datastax.oss.protocol.internal.response.result.ColumnSpec;
import com.datastax.oss.protocol.internal.response.result.RawType;
import io.furnistream.schemas.TopicColumn;
import io.furnistream.verify.tables.EveryKind;
import io.furnistream.verify.tables.StoredRow;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Every column that a contract may have is read in every store, with a value and without. */
class StoredRowTest {

  @Test
  void aRowOfCassandraIsReadWhateverItsContractHas() {
    StoredRow row = cassandra(EveryKind.columns(), EveryKind.values());

    assertReadsAll(row);
    assertThat(row.text("a_short_count")).isEqualTo("7");
  }

  @Test
  void anIdOfCassandraIsText() {
    UUID id = new UUID(0, 1);
    StoredRow row = new CassandraRow(row(List.of("ts_id"), List.of(DataTypes.UUID), List.of(id)));

    assertThat(row.text("ts_id")).isEqualTo(id.toString());
  }

  @Test
  void aRowOfSqlIsReadWhateverItsContractHas() throws Exception {
    List<String> selected = new ArrayList<>();
    for (int position = 0; position < EveryKind.columns().size(); position++) {
      TopicColumn column = EveryKind.columns().get(position);
      Object value = EveryKind.values().get(position);
      String literal = value == null ? "NULL" : "'" + value + "'";
      selected.add("CAST(%s AS %s) AS %s".formatted(literal, sqlType(column), column.name()));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT " + String.join(", ", selected))) {
      assertThat(result.next()).isTrue();
      assertReadsAll(new JdbcRow(result));
    }
  }

  private static void assertReadsAll(StoredRow row) {
    List<Object> expected = new ArrayList<>();
    // A count is a long, however wide it is in the store.
    EveryKind.values()
        .forEach(value -> expected.add(value instanceof Integer count ? count.longValue() : value));
    List<Object> found = new ArrayList<>();
    EveryKind.columns().forEach(column -> found.add(row.value(column)));

    assertThat(found).isEqualTo(expected);
  }

  private static StoredRow cassandra(List<TopicColumn> columns, List<Object> values) {
    return new CassandraRow(
        row(
            columns.stream().map(TopicColumn::name).toList(),
            columns.stream().map(StoredRowTest::cqlType).toList(),
            values));
  }

  /** A row as the driver makes it of an answer, so that its own codecs read it. */
  private static DefaultRow row(List<String> names, List<DataType> types, List<?> values) {
    List<ColumnDefinition> definitions = new ArrayList<>();
    List<ByteBuffer> bytes = new ArrayList<>();
    for (int position = 0; position < names.size(); position++) {
      DataType type = types.get(position);
      definitions.add(
          new DefaultColumnDefinition(
              new ColumnSpec(
                  "keyspace",
                  "table",
                  names.get(position),
                  position,
                  RawType.PRIMITIVES.get(type.getProtocolCode())),
              AttachmentPoint.NONE));
      bytes.add(
          CodecRegistry.DEFAULT
              .<Object>codecFor(type)
              .encode(values.get(position), ProtocolVersion.DEFAULT));
    }
    return new DefaultRow(DefaultColumnDefinitions.valueOf(definitions), bytes);
  }

  private static DataType cqlType(TopicColumn column) {
    return switch (column.kind()) {
      case TEXT -> DataTypes.TEXT;
      case COUNT -> isInt(column) ? DataTypes.INT : DataTypes.BIGINT;
      case AMOUNT, COORDINATE -> DataTypes.DECIMAL;
      case DATE -> DataTypes.DATE;
      case INSTANT -> DataTypes.TIMESTAMP;
    };
  }

  private static String sqlType(TopicColumn column) {
    return switch (column.kind()) {
      case TEXT -> "VARCHAR";
      case COUNT -> isInt(column) ? "INTEGER" : "BIGINT";
      case AMOUNT -> "DECIMAL(18,4)";
      case COORDINATE -> "DECIMAL(18,6)";
      case DATE -> "DATE";
      case INSTANT -> "TIMESTAMPTZ";
    };
  }

  private static boolean isInt(TopicColumn column) {
    return column.type().getType() == Schema.Type.INT;
  }
}
