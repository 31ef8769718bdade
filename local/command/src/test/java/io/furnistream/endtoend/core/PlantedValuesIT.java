package io.furnistream.endtoend.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.fasterxml.jackson.databind.JsonNode;
import io.furnistream.endtoend.records.Extra;
import io.furnistream.endtoend.stack.CommandProcess;
import io.furnistream.endtoend.stack.CoreStack;
import io.furnistream.endtoend.stack.OnCoreStack;
import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import io.furnistream.schemas.TopicColumn;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/**
 * A wrong value in every column of every table of every store, as the stores themselves list them:
 * each is named. The key's columns are not planted in: a row with another key is another row.
 */
@OnCoreStack
class PlantedValuesIT {

  private static final String DAY = "2023-12-07";

  /** One that no test proves alone: what is refused on it is not announced. */
  private static final LocalDate A_DAY_OF_ITS_OWN = LocalDate.parse("2024-04-10");

  /** In PostgreSQL these are the figures by which the store is compared as a whole. */
  private static final Map<String, String> FIGURES =
      Map.of(
          "postgres.daily_pu_rev.daily_records", "postgres.records",
          "postgres.daily_pu_rev.daily_pu", "postgres.customers",
          "postgres.daily_pu_rev.daily_quantity", "postgres.quantity",
          "postgres.daily_pu_rev.daily_rev", "postgres.revenue",
          "postgres.daily_pu_rev.daily_profit", "postgres.profit");

  private final CoreStack stack;

  PlantedValuesIT(CoreStack stack) {
    this.stack = stack;
  }

  @Test
  void aWrongValueInAnyColumnOfPostgresIsNamed() throws Exception {
    Set<String> planted = new TreeSet<>();
    try (Connection admin = stack.admin();
        Statement statement = admin.createStatement()) {
      try {
        for (Topic topic : comparedInPostgres()) {
          plant(statement, topic, planted);
        }
        assertAllNamed(planted);
      } finally {
        for (Topic topic : comparedInPostgres()) {
          takeBack(statement, topic);
        }
      }
    }
    stack.verified();
  }

  @Test
  void aWrongValueInAnyColumnOfCassandraIsNamed() throws Exception {
    Set<String> planted = new TreeSet<>();
    List<Runnable> back = new ArrayList<>();
    try (CqlSession cassandra = stack.cassandra()) {
      try {
        for (Topic topic : Topic.in(StoreKind.CASSANDRA)) {
          plant(cassandra, topic, planted, back);
        }
        assertAllNamed(planted);
      } finally {
        back.forEach(Runnable::run);
      }
    }
    stack.verified();
  }

  @Test
  void aWrongValueInAnyColumnOfTheQuarantineIsNamed() throws Exception {
    List<String> planted = new ArrayList<>();
    List<Runnable> back = new ArrayList<>();
    stack.addUnannounced(1);
    try (CqlSession cassandra = stack.cassandra();
        Extra extra = new Extra(stack.endpoints(), A_DAY_OF_ITS_OWN)) {
      RecordMetadata refused = extra.produceUnsound();
      stack.succeed("caught-up");
      Row row =
          cassandra
              .execute(
                  "SELECT * FROM furniture.quarantine WHERE kafka_partition = ? AND kafka_offset = ?"
                      + " ALLOW FILTERING",
                  refused.partition(),
                  refused.offset())
              .one();
      try {
        plant(cassandra, "quarantine", row, planted, back);
        // Where it lies is not what it says: a row of another incarnation vouches for nothing.
        planted.remove("topic_id");
        cassandra.execute(
            "UPDATE furniture.quarantine SET topic_id = ? WHERE record_date = ? AND topic = ?"
                + " AND kafka_partition = ? AND kafka_offset = ?",
            row.getString("topic_id"),
            row.getLocalDate("record_date"),
            row.getString("topic"),
            row.getInt("kafka_partition"),
            row.getLong("kafka_offset"));
        CommandProcess.Result found = stack.verify();
        assertThat(found.status()).isEqualTo(1);
        assertThat(found.err())
            .contains("error: 1 rows of furniture.quarantine are not what their records")
            .contains(planted.stream().map(column -> column + " is ").toList());
      } finally {
        back.forEach(Runnable::run);
      }
    }
    stack.verified();
  }

  @Test
  void aWrongValueInAnyColumnOfAClosedDayIsNamed() throws Exception {
    Set<String> planted = new TreeSet<>();
    Map<Path, byte[]> before = new LinkedHashMap<>();
    try {
      for (Topic topic : Topic.in(StoreKind.PARQUET)) {
        String folder = topic == Topic.DAILY_RECORDS ? "records" : "rollups/" + topic.topicName();
        Path file = stack.state().resolve("export").resolve(folder).resolve(DAY + ".parquet");
        before.put(file, Files.readAllBytes(file));
        plant(file, topic, planted);
      }
      assertAllNamed(planted);
    } finally {
      for (Map.Entry<Path, byte[]> file : before.entrySet()) {
        Files.write(file.getKey(), file.getValue());
      }
    }
    stack.verified();
  }

  /** A verdict is no part of what it is about. */
  private static List<Topic> comparedInPostgres() {
    return Topic.in(StoreKind.POSTGRES).stream().filter(topic -> topic != Topic.PROOFS).toList();
  }

  private void assertAllNamed(Set<String> planted) throws Exception {
    Set<String> named = new TreeSet<>();
    for (JsonNode difference : stack.differences()) {
      named.add(difference.path("store").asText() + "." + difference.path("column").asText());
    }
    assertThat(named)
        .containsAll(planted.stream().map(each -> FIGURES.getOrDefault(each, each)).toList());
  }

  private static void plant(Statement statement, Topic topic, Set<String> planted)
      throws SQLException {
    String table = topic.table().in(StoreKind.POSTGRES);
    Map<String, String> types = new LinkedHashMap<>();
    try (ResultSet columns =
        statement.executeQuery(
            "SELECT column_name, data_type FROM information_schema.columns"
                + " WHERE table_schema = 'daily_report' AND table_name = '"
                + topic.topicName()
                + "'")) {
      while (columns.next()) {
        types.put(columns.getString(1), columns.getString(2));
      }
    }
    topic.table().key().forEach(column -> types.remove(column.name()));
    // It says which day a row is listed under, as the key does elsewhere.
    types.remove("ts_date");
    statement.execute(
        "CREATE TEMP TABLE before_%s AS SELECT * FROM %s%s LIMIT 1"
            .formatted(
                topic.topicName(),
                table,
                topic.table().day().filter(day -> day.name().equals("ts_date")).isPresent()
                    ? " WHERE ts_date = '" + DAY + "'"
                    : ""));
    String changes =
        types.entrySet().stream()
            .map(column -> wrongInPostgres(column.getKey(), column.getValue()))
            .collect(Collectors.joining(", "));
    assertThat(
            statement.executeUpdate(
                "UPDATE %s t SET %s FROM before_%s b WHERE %s"
                    .formatted(table, changes, topic.topicName(), sameKey(topic))))
        .isEqualTo(1);
    types.keySet().forEach(column -> planted.add("postgres." + topic.topicName() + "." + column));
  }

  private static String wrongInPostgres(String column, String type) {
    String wrong =
        switch (type) {
          case "text" -> "coalesce(t.%1$s, '') || 'x'";
          case "integer", "bigint" -> "coalesce(t.%1$s, 0) + 1";
          case "numeric" -> "coalesce(t.%1$s, 0) + 0.0001";
          case "timestamp with time zone" -> "coalesce(t.%1$s, now()) + interval '1 ms'";
          case "date" -> "t.%1$s + 1";
          default -> throw new IllegalArgumentException(column + " is a " + type);
        };
    return ("%1$s = " + wrong).formatted("\"" + column + "\"");
  }

  private static void takeBack(Statement statement, Topic topic) throws SQLException {
    String before = "before_" + topic.topicName();
    try (ResultSet there = statement.executeQuery("SELECT to_regclass('" + before + "')")) {
      there.next();
      if (there.getString(1) == null) {
        return;
      }
    }
    String table = topic.table().in(StoreKind.POSTGRES);
    statement.execute(
        "DELETE FROM %s t USING %s b WHERE %s".formatted(table, before, sameKey(topic)));
    statement.execute("INSERT INTO %s SELECT * FROM %s".formatted(table, before));
    statement.execute("DROP TABLE " + before);
  }

  private static String sameKey(Topic topic) {
    return topic.table().key().stream()
        .map(column -> "t.\"%1$s\" = b.\"%1$s\"".formatted(column.name()))
        .collect(Collectors.joining(" AND "));
  }

  private static void plant(
      CqlSession cassandra, Topic topic, Set<String> planted, List<Runnable> back) {
    Row row =
        cassandra
            .execute(
                "SELECT * FROM furniture.%s WHERE ts_date = '%s'%s LIMIT 1"
                    .formatted(
                        topic.topicName(),
                        DAY,
                        topic == Topic.DAILY_RECORDS ? " AND bucket = 5" : ""))
            .one();
    List<String> columns = new ArrayList<>();
    plant(cassandra, topic.topicName(), row, columns, back);
    columns.forEach(column -> planted.add("cassandra." + topic.topicName() + "." + column));
  }

  /** Makes every column of a row wrong, but for its key. */
  private static void plant(
      CqlSession cassandra, String name, Row row, List<String> planted, List<Runnable> back) {
    TableMetadata table =
        cassandra
            .getMetadata()
            .getKeyspace("furniture")
            .flatMap(keyspace -> keyspace.getTable(name))
            .orElseThrow();
    List<String> key = table.getPrimaryKey().stream().map(PlantedValuesIT::name).toList();
    List<String> others =
        table.getColumns().values().stream()
            .map(PlantedValuesIT::name)
            .filter(column -> !key.contains(column))
            .toList();
    Object[] keys = key.stream().map(row::getObject).toArray();
    String update =
        "UPDATE furniture.%s SET %s WHERE %s"
            .formatted(
                name,
                others.stream().map(c -> c + " = ?").collect(Collectors.joining(", ")),
                key.stream().map(c -> c + " = ?").collect(Collectors.joining(" AND ")));
    List<Object> right = Arrays.asList(others.stream().map(row::getObject).toArray());
    cassandra.execute(
        update,
        Stream.concat(others.stream().map(column -> wrongInCassandra(row, column)), Stream.of(keys))
            .toArray());
    back.add(
        () -> cassandra.execute(update, Stream.concat(right.stream(), Stream.of(keys)).toArray()));
    planted.addAll(others);
  }

  private static String name(ColumnMetadata column) {
    return column.getName().asInternal();
  }

  private static Object wrongInCassandra(Row row, String column) {
    Object value = row.getObject(column);
    if (value instanceof String text) {
      return text + "x";
    }
    if (value instanceof Integer number) {
      return number + 1;
    }
    if (value instanceof Long number) {
      return number + 1;
    }
    if (value instanceof BigDecimal amount) {
      return amount.add(new BigDecimal("0.0001"));
    }
    if (value instanceof Instant time) {
      return time.plusMillis(1);
    }
    if (value instanceof LocalDate day) {
      return day.plusDays(1);
    }
    throw new IllegalArgumentException(column + " is " + value);
  }

  private static void plant(Path file, Topic topic, Set<String> planted) throws SQLException {
    List<String> keys = topic.table().key().stream().map(TopicColumn::name).toList();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      Map<String, String> types = new LinkedHashMap<>();
      try (ResultSet columns =
          statement.executeQuery(
              "DESCRIBE SELECT * FROM read_parquet('%s', hive_partitioning = false)"
                  .formatted(file))) {
        while (columns.next()) {
          types.put(columns.getString(1), columns.getString(2));
        }
      }
      types.keySet().removeAll(keys);
      String changes =
          types.entrySet().stream()
              .map(column -> wrongInDuckDb(column.getKey(), column.getValue()))
              .collect(Collectors.joining(", "));
      statement.execute(
          "CREATE TABLE t AS SELECT * EXCLUDE (file_row_number) REPLACE (%s) FROM read_parquet('%s', file_row_number = true, hive_partitioning = false)"
              .formatted(changes, file));
      statement.execute("COPY t TO '%s' (FORMAT parquet)".formatted(file));
      types.keySet().forEach(column -> planted.add("parquet." + topic.topicName() + "." + column));
    }
  }

  private static String wrongInDuckDb(String column, String type) {
    String wrong =
        switch (type.replaceFirst("\\(.*", "")) {
          case "VARCHAR" -> "coalesce(\"%1$s\", '') || 'x'";
          case "INTEGER", "BIGINT" -> "coalesce(\"%1$s\", 0) + 1";
          case "DECIMAL" -> "coalesce(\"%1$s\", 0) + 0.0001";
          case "TIMESTAMP WITH TIME ZONE" -> "\"%1$s\" + INTERVAL 1 MILLISECOND";
          default -> throw new IllegalArgumentException(column + " is a " + type);
        };
    return ("CASE file_row_number WHEN 0 THEN " + wrong + " ELSE \"%1$s\" END::%2$s AS \"%1$s\"")
        .formatted(column, type);
  }
}
