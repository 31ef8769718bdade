package io.furnistream.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.schemas.ConnectorNumbers;
import io.furnistream.schemas.DeadLetterTopics;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.schemas.Sink;
import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import io.furnistream.schemas.TopicColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds tables and connectors against the catalogue, and so against the Avro contracts. */
class ContractsTest {

  private static final Path CASSANDRA = Path.of("cassandra");
  private static final Path MIGRATIONS = Path.of("postgres");

  static List<Topic> inCassandra() {
    return Topic.in(StoreKind.CASSANDRA);
  }

  static List<Topic> inPostgres() {
    return Topic.in(StoreKind.POSTGRES);
  }

  @ParameterizedTest
  @MethodSource("inCassandra")
  void cassandraTablesHaveTheFieldsOfTheirTopic(Topic topic) throws IOException {
    Table table = table(migrations(CASSANDRA), topic.table().in(StoreKind.CASSANDRA));
    Map<String, String> expected = new TreeMap<>();
    topic.table().columns().forEach(column -> expected.put(column.name(), cqlType(column)));
    if (topic == Topic.DAILY_RECORDS) {
      expected.put("ts_id", "uuid");
      // What the DateParts transform of the connector adds.
      Stream.of("ts_year", "ts_month", "ts_day", "ts_weekday")
          .forEach(part -> expected.put(part, "int"));
      // What Lookup and GeoCell add.
      Stream.of("region", "division", "cell").forEach(added -> expected.put(added, "text"));
      Stream.of("cell_latitude", "cell_longitude").forEach(added -> expected.put(added, "decimal"));
    }

    assertThat(table.columns).isEqualTo(expected);
    assertThat(table.primaryKey).isEqualTo(names(topic.table().key()));
  }

  @Test
  void theQuarantineTakesEveryFieldOfASaleAndNamesItByItsPosition() throws IOException {
    Table table = table(migrations(CASSANDRA), StoreKind.CASSANDRA.qualified("quarantine"));
    Map<String, String> expected = new TreeMap<>();
    Topic.DAILY_RECORDS
        .table()
        .columns()
        .forEach(column -> expected.put(column.name(), cqlType(column)));
    expected.put("record_date", "date");
    expected.put("topic", "text");
    expected.put("kafka_partition", "int");
    expected.put("kafka_offset", "bigint");
    expected.put("rule", "text");

    assertThat(table.columns).isEqualTo(expected);
    assertThat(table.primaryKey)
        .containsExactly("record_date", "topic", "kafka_partition", "kafka_offset");
  }

  @ParameterizedTest
  @MethodSource("inPostgres")
  void postgresTablesHaveTheFieldsOfTheirTopic(Topic topic) throws IOException {
    String name = topic.table().in(StoreKind.POSTGRES);
    String sql = migrations(MIGRATIONS);
    Table table = table(sql, name);
    Map<String, String> expected = new TreeMap<>();
    topic
        .table()
        .columns()
        .forEach(
            column ->
                expected.put(
                    column.name(), sqlType(column) + (column.nullable() ? "" : " NOT NULL")));

    assertThat(table.columns).isEqualTo(expected);
    assertThat(table.primaryKey).isEqualTo(names(topic.table().key()));
    assertThat(sql).containsPattern("COMMENT ON TABLE +" + name + " IS");
    assertThat(table.columns.keySet())
        .allSatisfy(c -> assertThat(sql).contains("COMMENT ON COLUMN " + name + "." + c + " IS"));
  }

  @Test
  void theJdbcSinkWritesExactlyTheFieldsOfItsTopics() throws IOException {
    JsonNode config = config(Sink.POSTGRES_REPORT);
    List<String> expected = new ArrayList<>();
    for (Topic topic : inPostgres()) {
      names(topic.table().columns()).forEach(name -> expected.add(topic.topicName() + ":" + name));
    }

    assertThat(config.get("field.include.list").asText().split(","))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Connectors elsewhere are waited for by no one. */
  @Test
  void everyConnectorIsASinkOfTheCatalogue() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("."))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(file -> file.endsWith(".json"))
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(Sink.values()).map(ContractsTest::file).toList());
    }
  }

  @ParameterizedTest
  @EnumSource(Sink.class)
  void aConnectorHasTheNameAndTheTopicsOfItsSink(Sink sink) throws IOException {
    assertThat(connector(sink).get("name").asText()).isEqualTo(sink.connector());
    assertThat(config(sink).get("topics").asText().split(",", -1))
        .containsExactlyInAnyOrderElementsOf(topicNames(sink.topics()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Sink.class,
      names = {"CASSANDRA_RECORDS", "CASSANDRA_REPORT"})
  void theCassandraSinksMapEachOfTheirTopicsToItsTable(Sink sink) throws IOException {
    for (Topic topic : sink.topics()) {
      String table = topic.table().in(StoreKind.CASSANDRA);
      assertThat(config(sink).get("topic.%s.%s.mapping".formatted(topic.topicName(), table)))
          .as(topic.topicName())
          .isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource(Sink.class)
  void connectorsReadCommittedRecordsAndKeepNoAddressOrSecret(Sink sink) throws IOException {
    JsonNode config = config(sink);
    Set<String> environment = new HashSet<>();
    config
        .properties()
        .forEach(
            entry -> {
              Matcher matcher =
                  Pattern.compile("\\$\\{env:(\\w+)}").matcher(entry.getValue().asText());
              while (matcher.find()) {
                environment.add(matcher.group(1));
              }
            });

    assertThat(environment).isNotEmpty().allMatch(name -> name.startsWith("FURNISTREAM_"));
    assertThat(config.toString()).doesNotContain("127.0.0.1", "localhost", "jdbc:");
    assertThat(config.get("consumer.override.isolation.level").asText())
        .isEqualTo("read_committed");
    assertThat(config.get("consumer.override.auto.offset.reset").asText()).isEqualTo("earliest");
    assertThat(config.get("errors.tolerance").asText()).isEqualTo("all");
    assertThat(config.get("errors.retry.timeout").asText()).isEqualTo("-1");
    assertThat(config.get("errors.deadletterqueue.topic.name").asText())
        .isEqualTo(DeadLetterTopics.of(sink.connector()));
    assertThat(config.get("errors.deadletterqueue.context.headers.enable").asBoolean()).isTrue();
    assertThat(config.has("key.converter") || config.has("value.converter")).isFalse();
  }

  /** With other settings, provisioning puts theirs in their place. */
  @ParameterizedTest
  @EnumSource(Sink.class)
  void theNumbersOfAConnectorAreThoseOfTheDefaults(Sink sink) throws IOException {
    Map<String, String> config = new TreeMap<>();
    config(sink).properties().forEach(each -> config.put(each.getKey(), each.getValue().asText()));

    assertThat(config)
        .containsKeys("tasks.max", "errors.deadletterqueue.topic.replication.factor")
        .isEqualTo(ConnectorNumbers.apply(sink.connector(), config, PlatformSettings.defaults()));
    if (sink == Sink.CASSANDRA_RECORDS) {
      assertThat(config)
          .containsKeys("transforms.screenKey.partitions", "transforms.screenKey.buckets");
    }
  }

  /** Before anything else, so that no transform meets what is unsound; key and value. */
  @Test
  void theRawRecordsAreScreenedByTheRulesOfTheContract() throws IOException {
    JsonNode config = config(Sink.CASSANDRA_RECORDS);
    List<String> chain = List.of(config.get("transforms").asText().split(","));

    // Only the screen may say what it refused.
    assertThat(chain).startsWith("unmark", "screenKey", "screen", "name").endsWith("quarantine");
    for (String screen : chain.subList(1, 3)) {
      String file = config.get("transforms." + screen + ".rules.file").asText();
      assertThat(file).startsWith("${env:FURNISTREAM_RULES}/");
      assertThat(Path.of("../schemas/src/main/rules", file.substring(file.indexOf('/')))).exists();
    }
  }

  @Test
  void theLedgerIsScreenedByItsRulesAndNothingElseIs() throws IOException {
    JsonNode config = config(Sink.POSTGRES_REPORT);
    Map<String, String> rules = Map.of("screenKey", "run_ledger-key", "screen", "run_ledger");

    assertThat(config.get("transforms").asText().split(",")).startsWith("screenKey", "screen");
    rules.forEach(
        (screen, file) -> {
          String name = "transforms." + screen + ".";
          assertThat(config.get(name + "rules.file").asText())
              .isEqualTo("${env:FURNISTREAM_RULES}/" + file + ".json");
          assertThat(Path.of("../schemas/src/main/rules", file + ".json")).exists();
          assertThat(config.has(name + "on.failure")).as("it fails: a dead letter").isFalse();
          assertThat(config.get(name + "predicate").asText()).isEqualTo("ledger");
        });
    for (Topic topic : Topic.values()) {
      assertThat(topic.topicName().matches(config.get("predicates.ledger.pattern").asText()))
          .isEqualTo(topic == Topic.RUN_LEDGER);
    }
  }

  private static JsonNode config(Sink sink) throws IOException {
    return connector(sink).get("config");
  }

  private static JsonNode connector(Sink sink) throws IOException {
    return new ObjectMapper().readTree(Path.of(file(sink)).toFile());
  }

  private static String file(Sink sink) {
    return sink.connector() + ".json";
  }

  private static List<String> topicNames(List<Topic> topics) {
    return topics.stream().map(Topic::topicName).toList();
  }

  private static List<String> names(List<TopicColumn> columns) {
    return columns.stream().map(TopicColumn::name).toList();
  }

  private static String cqlType(TopicColumn column) {
    return switch (column.kind()) {
      case TEXT -> "text";
      case COUNT -> column.type().getType() == Schema.Type.INT ? "int" : "bigint";
      case AMOUNT, COORDINATE -> "decimal";
      case DATE -> "date";
      case INSTANT -> "timestamp";
    };
  }

  private static String sqlType(TopicColumn column) {
    if (column.type().getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return "numeric(%d,%d)".formatted(decimal.getPrecision(), decimal.getScale());
    }
    String type = cqlType(column);
    return type.equals("timestamp") ? "timestamptz(3)" : type;
  }

  /** All migrations of a store, in their order. */
  private static String migrations(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        all.append(Files.readString(file)).append('\n');
      }
    }
    return all.toString();
  }

  private static Table table(String migrations, String name) {
    Matcher statement =
        Pattern.compile(
                "CREATE TABLE (?:IF NOT EXISTS )?" + Pattern.quote(name) + " \\(\n(.*?)\n\\);",
                Pattern.DOTALL)
            .matcher(migrations);
    assertThat(statement.find()).as("%s is created", name).isTrue();
    Map<String, String> columns = new TreeMap<>();
    List<String> primaryKey = new ArrayList<>();
    for (String line : statement.group(1).lines().toList()) {
      String part = line.strip().replaceAll(",$", "").replaceAll(" +", " ");
      if (part.startsWith("PRIMARY KEY")) {
        String key = part.substring("PRIMARY KEY".length()).replaceAll("[() ]", "");
        primaryKey.addAll(List.of(key.split(",", -1)));
      } else {
        String[] column = part.split(" ", 2);
        columns.put(column[0], column[1]);
      }
    }
    Matcher added =
        Pattern.compile(
                "ALTER TABLE " + Pattern.quote(name) + " ADD IF NOT EXISTS \\(\n(.*?)\n\\);",
                Pattern.DOTALL)
            .matcher(migrations);
    while (added.find()) {
      for (String line : added.group(1).lines().toList()) {
        String[] column = line.strip().replaceAll(",$", "").split(" ", 2);
        columns.put(column[0], column[1]);
      }
    }
    Matcher changed =
        Pattern.compile("ALTER TABLE " + Pattern.quote(name) + "\n(.*?);", Pattern.DOTALL)
            .matcher(migrations);
    while (changed.find()) {
      Matcher column =
          Pattern.compile("ALTER COLUMN (\\w+) TYPE (\\S+?),?(?:\\s|$)").matcher(changed.group(1));
      while (column.find()) {
        columns.computeIfPresent(
            column.group(1), (key, type) -> type.replaceFirst("^\\S+", column.group(2)));
      }
      Matcher further = Pattern.compile("ADD COLUMN (\\w+) ([^,\n]+)").matcher(changed.group(1));
      while (further.find()) {
        columns.put(further.group(1), further.group(2).strip());
      }
    }
    return new Table(columns, primaryKey);
  }

  private record Table(Map<String, String> columns, List<String> primaryKey) {}
}
