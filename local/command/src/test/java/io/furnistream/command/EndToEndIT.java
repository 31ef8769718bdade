package io.furnistream.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DailyPuRev;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.schemas.SchemaRegistrar;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.commons.io.file.PathUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The whole chain on the real stack, through the command that people type. The tests share one
 * stack and run in order; each leaves the stores in agreement.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndToEndIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  // Below the ports that the kernel gives to outgoing connections (32768 and up), any of which may
  // be in use.
  private static final int OFFSET = 21_000;
  private static final int SECOND_OFFSET = 22_000;
  private static final int THIRD_OFFSET = 23_000;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final long LARGEST_RESIDENT = 3_500L * 1000 * 1000;
  private static final LocalDate FIRST = LocalDate.parse("2023-12-01");
  private static final int DAYS = 10;
  private static final int RECORDS = 300;
  private static final ConfigResource SALES =
      new ConfigResource(ConfigResource.Type.TOPIC, "daily_records");
  private static final List<String> AGGREGATED =
      List.of(
          "daily_pu_rev",
          "daily_category_product",
          "daily_address",
          "daily_platform_product",
          "sales_by_minute",
          "daily_state",
          "daily_customer",
          "live_kpis",
          "recent_records");
  private static final String[] DATASET = {
    "--from", "2023-12-01", "--to", "2023-12-10", "--records", "300", "--seed", "7"
  };

  private final HttpClient http = HttpClient.newHttpClient();
  private Path folder;
  private CommandProcess furnistream;
  private Map<String, String> secrets;

  /** The last report in which every store agreed: each test leaves one. */
  private JsonNode proved;

  @BeforeAll
  void demo() throws Exception {
    Path parent = Files.createTempDirectory("furnistream-it-");
    // PostgreSQL's user must be able to enter it.
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    folder = Files.createDirectory(parent.resolve(OddMachine.STATE_NAME));
    furnistream = new CommandProcess(folder.resolve("first"), OFFSET, "core");

    CommandProcess.Result demo = furnistream.run(with("demo", DATASET));

    assertThat(demo.status()).as(demo.out() + demo.err()).isZero();
    assertThat(demo.out())
        .contains("ledger", "kafka", "cassandra", "postgres", "parquet", "Where to look");
    try (Stream<Path> closed = Files.list(folder.resolve("first/export/records"))) {
      assertThat(closed.filter(file -> file.toString().endsWith(".parquet"))).hasSize(DAYS);
    }
    secrets = secrets(folder.resolve("first"));
  }

  @AfterAll
  void leaveNothing() throws Exception {
    furnistream.run("down");
    PathUtils.deleteDirectory(folder.getParent());
  }

  @Test
  @Order(1)
  void everyStoreHoldsWhatAPlainLoopOverTheTopicCounts() throws Exception {
    Map<LocalDate, Oracle.Day> days = oracle();
    assertThat(days).hasSize(DAYS);
    assertThat(days.values()).allMatch(day -> day.records == RECORDS);

    JsonNode report = verified();
    for (String store : List.of("kafka", "cassandra", "postgres", "parquet")) {
      JsonNode totals = report.path("stores").path(store);
      assertThat(totals.path("records").asLong()).as(store).isEqualTo((long) DAYS * RECORDS);
      assertThat(totals.path("revenue").isTextual()).isTrue();
      assertThat(totals.path("revenue").asText())
          .as(store)
          .isEqualTo(sum(days, day -> day.revenue).toPlainString());
      assertThat(totals.path("profit").asText())
          .as(store)
          .isEqualTo(sum(days, day -> day.profit).toPlainString());
      assertThat(totals.path("quantity").asLong())
          .as(store)
          .isEqualTo(days.values().stream().mapToLong(day -> day.quantity).sum());
    }
    for (JsonNode day : report.path("days")) {
      Oracle.Day counted = days.get(LocalDate.parse(day.path("ts_date").asText()));
      for (String store : List.of("ledger", "kafka", "cassandra", "parquet")) {
        assertThat(day.path("stores").path(store).path("id_checksum").asText())
            .isEqualTo(counted.checksum());
      }
      for (String store : List.of("ledger", "kafka", "cassandra", "postgres", "parquet")) {
        assertThat(day.path("stores").path(store).path("customers").asInt())
            .isEqualTo(counted.customers.size());
      }
    }
  }

  @Test
  @Order(2)
  void theThreeAggregatesAreExactInBothStores() throws Exception {
    Map<LocalDate, Oracle.Day> days = oracle();
    try (Connection reader = reader();
        CqlSession cassandra = cassandra()) {
      days.forEach(
          (date, day) -> {
            assertDay(reader, date, day);
            assertDay(cassandra, date, day);
          });
    } catch (IllegalStateException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Order(3)
  void rawRowsCarryNativeTypesAndTheDatePartsOfTheStoresZone() throws Exception {
    try (CqlSession cassandra = cassandra()) {
      int rows = 0;
      for (int bucket = 0; bucket < 16; bucket++) {
        for (Row row :
            cassandra.execute(
                "SELECT * FROM furniture.daily_records WHERE ts_date = ? AND bucket = ?",
                FIRST,
                bucket)) {
          rows++;
          Instant ts = row.getInstant("ts");
          LocalDate local = LocalDate.ofInstant(ts, java.time.ZoneId.of("America/New_York"));
          assertThat(local).isEqualTo(FIRST);
          assertThat(row.getInt("ts_year")).isEqualTo(2023);
          assertThat(row.getInt("ts_month")).isEqualTo(12);
          assertThat(row.getInt("ts_day")).isEqualTo(1);
          assertThat(row.getInt("ts_weekday")).as("2023-12-01 was a Friday").isEqualTo(5);
          assertThat(row.getUuid("ts_id")).isNotNull();
          assertThat(row.getBigDecimal("revenue").scale()).isEqualTo(4);
        }
      }
      assertThat(rows).isEqualTo(RECORDS);
    }
    JsonNode plugins = get("/connector-plugins?connectorsOnly=false");
    assertThat(plugins.findValuesAsText("class"))
        .contains(
            "io.furnistream.transforms.DateParts$Value",
            "io.furnistream.transforms.Screen$Key",
            "io.furnistream.transforms.Screen$Value",
            "io.furnistream.connectors.cassandra.CassandraSinkConnector",
            "io.furnistream.connectors.postgres.PostgresSinkConnector",
            "io.furnistream.connectors.avro.RetryingAvroConverter");
  }

  @Test
  @Order(3)
  void rawRowsHaveRegionAndCellAndNoStoreHoldsAName() throws Exception {
    Map<String, String> regions =
        Map.of(
            "Texas", "South, West South Central",
            "California", "West, Pacific",
            "New York", "Northeast, Middle Atlantic",
            "Illinois", "Midwest, East North Central",
            "Ontario", "Ontario, null");
    Set<String> met = new HashSet<>();
    Map<String, Set<String>> tokens = new HashMap<>();
    try (CqlSession cassandra = cassandra()) {
      for (int bucket = 0; bucket < 16; bucket++) {
        for (Row row :
            cassandra.execute(
                "SELECT * FROM furniture.daily_records WHERE ts_date = ? AND bucket = ?",
                FIRST,
                bucket)) {
          String state = row.getString("state");
          if (regions.containsKey(state)) {
            met.add(state);
            assertThat(row.getString("region") + ", " + row.getString("division"))
                .isEqualTo(regions.get(state));
          }
          if (row.getBigDecimal("latitude") == null) {
            assertThat(row.getString("cell")).isNull();
          } else {
            // An H3 cell of resolution 5 reaches 10 km from its centre: 0.09 degrees of latitude.
            assertThat(row.getString("cell")).matches("85[0-9a-f]{13}");
            assertThat(row.getBigDecimal("cell_latitude"))
                .isCloseTo(row.getBigDecimal("latitude"), within(new BigDecimal("0.1")));
            assertThat(row.getBigDecimal("cell_longitude"))
                .isCloseTo(row.getBigDecimal("longitude"), within(new BigDecimal("0.3")));
          }
          tokens
              .computeIfAbsent(row.getString("customer_id"), customer -> new HashSet<>())
              .add(row.getString("customer_name"));
        }
      }
    }
    assertThat(met).hasSizeGreaterThan(2);
    assertThat(tokens.values())
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one).singleElement().asString().matches("[0-9a-f]{32}"));

    Path closed = folder.resolve("first/export/records/%s.parquet".formatted(FIRST));
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet names =
            statement.executeQuery(
                "SELECT DISTINCT customer_name FROM read_parquet('%s')".formatted(closed))) {
      Set<String> inParquet = new HashSet<>();
      while (names.next()) {
        inParquet.add(names.getString(1));
      }
      assertThat(inParquet)
          .isEqualTo(tokens.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
    }
  }

  @Test
  @Order(3)
  void aPreviewShowsWhatTheChainDoesToTheNewestSales() throws Exception {
    Path connector =
        Path.of(System.getProperty("furnistream.home"), "connectors/cassandra-daily-records.json");

    CommandProcess.Result preview =
        furnistream.run(
            "preview", connector.toString(), "--topic", "daily_records", "--last", "3", "--json");

    assertThat(preview.status()).as(preview.out() + preview.err()).isZero();
    JsonNode records = JSON.readTree(preview.out()).path("records");
    assertThat(records).hasSize(3);
    assertThat(records)
        .allSatisfy(
            record -> {
              assertThat(record.path("lands").asBoolean()).isTrue();
              assertThat(record.path("tables").findValuesAsText("table"))
                  .containsExactly("furniture.daily_records");
            });
  }

  @Test
  @Order(4)
  void everyServiceIsReadyAndTheStackFitsALaptop() throws Exception {
    CommandProcess.Result status = furnistream.run("status", "--json");

    assertThat(status.status()).isZero();
    JsonNode services = JSON.readTree(status.out()).path("services");
    assertThat(services.findValuesAsText("name"))
        .containsExactlyInAnyOrder(
            "postgres", "kafka", "registry", "cassandra", "connect", "aggregates");
    long resident = 0;
    for (JsonNode service : services) {
      assertThat(service.path("state").asText()).isEqualTo("READY");
      assertThat(service.path("restarts").asInt()).as(service.toString()).isZero();
      assertThat(service.path("resident_bytes").asLong()).isPositive();
      resident += service.path("resident_bytes").asLong();
    }
    assertThat(resident).isLessThan(LARGEST_RESIDENT);

    CommandProcess.Result logs = furnistream.run("logs", "kafka", "--lines", "3");
    assertThat(logs.status()).isZero();
    assertThat(logs.out().lines()).hasSize(3);
    CommandProcess.Result unknown = furnistream.run("logs", "../secrets");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("cassandra, connect, kafka");
  }

  @Test
  @Order(4)
  void theMachineReachesNoProcessAndOthersWriteNothing() throws Exception {
    List<ProcessHandle> processes =
        pids().stream()
            .map(pid -> ProcessHandle.of(pid).orElseThrow())
            .flatMap(service -> Stream.concat(Stream.of(service), service.descendants()))
            .toList();
    OddMachine.assertNothingReached(processes, folder.resolve("first"));
    OddMachine.assertOnlyOwnersWrite(folder.resolve("first"));
  }

  @Test
  @Order(5)
  void connectorsRunAndShowNoSecret() throws Exception {
    CommandProcess.Result status = furnistream.run("connectors", "status", "--json");

    assertThat(status.status()).as(status.out()).isZero();
    JsonNode connectors = JSON.readTree(status.out()).path("connectors");
    assertThat(connectors.findValuesAsText("name"))
        .contains("cassandra-daily-records", "cassandra-daily-report", "postgres-daily-report");
    String[] hidden = {secrets.get("SINK_WRITER_PASSWORD"), secrets.get("PSEUDONYM_KEY")};
    for (String name : connectors.findValuesAsText("name")) {
      for (String path : List.of("", "/config", "/tasks", "/status")) {
        assertThat(get("/connectors/" + name + path).toString()).doesNotContain(hidden);
      }
    }
    assertThat(get("/connectors?expand=info&expand=status").toString()).doesNotContain(hidden);
    assertThat(get("/connectors/postgres-daily-report/config").toString()).contains("${env:");

    CommandProcess.Result again = furnistream.run("connectors", "apply");
    assertThat(again.out().lines()).isNotEmpty().allMatch(line -> line.endsWith(" UNCHANGED"));

    String sink = "io.furnistream.connectors.cassandra.CassandraSinkConnector";
    HttpResponse<String> validated =
        put(
            "/connector-plugins/CassandraSinkConnector/config/validate",
            Map.of(
                "connector.class", sink,
                "topics", "daily_records",
                "loadBalancing.localDc", "${env:FURNISTREAM_PSEUDONYM_KEY}",
                "contactPoints", "${env:FURNISTREAM_SINK_WRITER_PASSWORD}"));
    assertThat(validated.statusCode()).isEqualTo(200);
    assertThat(validated.body()).contains("[hidden]").doesNotContain(hidden);
    Map<String, Map<String, String>> sinks =
        Map.of(
            sink,
            Map.of(
                "contactPoints", "127.0.0.1",
                "loadBalancing.localDc", "datacenter1",
                "kafka.bootstrap.servers", endpoints().bootstrapServers()),
            "io.furnistream.connectors.postgres.PostgresSinkConnector",
            Map.of("connection.url", "jdbc:postgresql://127.0.0.1/none", "insert.mode", "upsert"));
    for (Map.Entry<String, Map<String, String>> each : sinks.entrySet()) {
      Map<String, String> config = new HashMap<>(each.getValue());
      config.put("connector.class", each.getKey());
      config.put("topics", "daily_records");
      config.put("transforms", "day");
      config.put("transforms.day.type", "io.furnistream.transforms.DateParts$Value");
      config.put("transforms.day.feild", "ts");
      HttpResponse<String> misspelled = put("/connectors/misspelled/config", config);
      assertThat(misspelled.statusCode()).as(each.getKey()).isEqualTo(400);
      assertThat(misspelled.body()).contains("transforms.day.feild", "transforms.day.field");
    }
  }

  @Test
  @Order(6)
  void aContractMayGrowButNotBreak() throws Exception {
    SchemaRegistrar registrar = new SchemaRegistrar(endpoints().registryUrl());
    Schema present = DailyPuRev.getClassSchema();
    Schema incompatible = copy(present, field("refunds", Schema.create(Schema.Type.LONG), null));
    Schema compatible =
        copy(
            present,
            field(
                "refunds",
                Schema.createUnion(
                    Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.LONG)),
                Schema.Field.NULL_DEFAULT_VALUE));

    assertThatThrownBy(() -> registrar.register("daily_pu_rev-value", incompatible))
        .isInstanceOfSatisfying(
            RestClientException.class, e -> assertThat(e.getStatus()).isEqualTo(409));
    String rehearsal = "rehearsal-value";
    int first = registrar.register(rehearsal, present);
    assertThat(registrar.register(rehearsal, compatible)).isGreaterThan(first);
  }

  @Test
  @Order(7)
  void theSameDatasetAgainAndTwiceAtOnceChangesNoTotal() throws Exception {
    JsonNode before = proved;

    assertThat(furnistream.run(with("generate", DATASET)).status()).isZero();
    assertThat(verified()).isEqualTo(before);

    CommandProcess.Running left = furnistream.start(with("generate", DATASET));
    CommandProcess.Running right = furnistream.start(with("generate", DATASET));
    assertThat(left.await().status()).isZero();
    assertThat(right.await().status()).isZero();
    assertThat(verified()).isEqualTo(before);
  }

  @Test
  @Order(8)
  void aSecondDatasetAddsUp() throws Exception {
    JsonNode before = proved;

    CommandProcess.Result second =
        furnistream.run(
            "generate",
            "--from",
            "2023-12-10",
            "--to",
            "2023-12-11",
            "--records",
            "100",
            "--seed",
            "8");

    assertThat(second.status()).as(second.err()).isZero();
    // The files of the first day do not have it yet, and those of the second are not there.
    assertDiffers("2023-12-10", "parquet", "records", "-100");
    CommandProcess.Result rollup = closed("2023-12-10", "2023-12-11");
    assertThat(rollup.out())
        .contains("2023-12-10  moved  revision 2  records 400", "records: 300 -> 400")
        .contains("2023-12-11  closed  revision 1  records 100");
    JsonNode after = verified();
    for (String store : List.of("ledger", "kafka", "cassandra", "postgres", "parquet")) {
      assertThat(after.path("stores").path(store).path("records").asLong())
          .isEqualTo(before.path("stores").path(store).path("records").asLong() + 200);
    }
    assertThat(after.path("stores").path("postgres").path("revenue").asText())
        .isEqualTo(sum(oracle(), day -> day.revenue).toPlainString());
  }

  @Test
  @Order(9)
  void closingAgainChangesNothing() throws Exception {
    Map<Path, FileTime> before = exported();

    CommandProcess.Result again = closed("2023-12-01", "2023-12-11");

    assertThat(again.out().lines()).hasSize(DAYS + 1).allMatch(line -> line.contains("unchanged"));
    assertThat(exported()).isEqualTo(before).hasSize((DAYS + 1) * 5);
  }

  @Test
  @Order(10)
  void aDayIsNotClosedBeforeItsRecordsHaveLanded() throws Exception {
    String sink = "cassandra-daily-records";
    assertThat(furnistream.run("connectors", "pause", sink).status()).isZero();
    await()
        .atMost(LIMIT)
        .until(
            () ->
                get("/connectors/" + sink + "/status").findValuesAsText("state").stream()
                    .allMatch("PAUSED"::equals));
    String[] day = {"--from", "2023-12-12", "--to", "2023-12-12"};
    assertThat(furnistream.run(with("generate", day)).status()).isZero();

    CommandProcess.Result behind = furnistream.run("caught-up", "--timeout", "2");
    assertThat(behind.status()).isEqualTo(1);
    assertThat(behind.err())
        .contains("Not caught up within 2 s: connect-" + sink, "furnistream connectors status");
    CommandProcess.Result rollup =
        furnistream.run(with("rollup", with("--timeout", with("2", day))));
    assertThat(rollup.status()).isEqualTo(2);
    assertThat(rollup.err()).contains("Not caught up within 2 s: connect-" + sink);
    assertThat(exported()).hasSize((DAYS + 1) * 5);

    assertThat(furnistream.run("connectors", "resume", sink).status()).isZero();
    assertThat(furnistream.run("caught-up").status()).isZero();
    closed("2023-12-12", "2023-12-12");
    verified();
  }

  @Test
  @Order(11)
  void aDifferenceInAClosedDayIsNamed() throws Exception {
    for (String file : List.of("records", "rollups/daily_category_product")) {
      Path parquet = folder.resolve("first/export").resolve(file).resolve("2023-12-06.parquet");
      String column = file.equals("records") ? "revenue" : "daily_rev";
      try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = duckDb.createStatement()) {
        statement.execute(
            "CREATE TABLE t AS SELECT * REPLACE (CASE file_row_number WHEN 0 THEN %1$s + 0.0001"
                    .formatted(column)
                + " ELSE %1$s END::DECIMAL(18,4) AS %1$s) FROM read_parquet('%2$s', file_row_number = true)"
                    .formatted(column, parquet));
        statement.execute(
            "COPY (SELECT * EXCLUDE file_row_number FROM t) TO '%s' (FORMAT parquet)"
                .formatted(parquet));
      }
      assertDiffers(
          "2023-12-06",
          file.equals("records") ? "parquet" : "parquet.daily_category_product",
          column,
          "0.0001");
      CommandProcess.Result refused = rollup("2023-12-06", "2023-12-06");
      assertThat(refused.status())
          .as("a file that no rollup wrote is not overwritten")
          .isEqualTo(2);
      assertThat(refused.err()).contains(parquet.toString(), "Move it away");
      Files.delete(parquet);
      assertThat(closed("2023-12-06", "2023-12-06").out()).contains("2023-12-06  moved");
      verified();
    }
  }

  @Test
  @Order(12)
  void aBadArgumentIsRefusedBeforeAnythingIsProduced() throws Exception {
    JsonNode before = proved;

    for (String[] arguments :
        new String[][] {
          {"generate", "--from", "2023-02-30", "--to", "2023-03-01"},
          {"generate", "--from", "2023-03-02", "--to", "2023-03-01"},
          {"generate", "--from", "2023-03-01", "--to", "2023-03-01", "--records", "-1"},
          {"generate", "--from", "$(touch x)", "--to", "2023-03-01"}
        }) {
      CommandProcess.Result refused = furnistream.run(arguments);
      assertThat(refused.status()).as(String.join(" ", arguments)).isEqualTo(2);
      assertThat(refused.err()).isNotBlank().doesNotContain("\tat io.furnistream");
    }
    assertThat(verified()).isEqualTo(before);
  }

  @Test
  @Order(13)
  void aDifferenceInCassandraIsNamed() throws Exception {
    try (CqlSession cassandra = cassandra()) {
      Row row =
          cassandra
              .execute(
                  "SELECT ts_date, bucket, ts_id, revenue FROM furniture.daily_records"
                      + " WHERE ts_date = ? AND bucket = ? LIMIT 1",
                  FIRST,
                  3)
              .one();
      BigDecimal revenue = row.getBigDecimal("revenue");
      String update =
          "UPDATE furniture.daily_records SET revenue = ?"
              + " WHERE ts_date = ? AND bucket = ? AND ts_id = ?";
      cassandra.execute(
          update, revenue.add(new BigDecimal("0.0001")), FIRST, 3, row.getUuid("ts_id"));

      assertDiffers("2023-12-01", "cassandra", "revenue", "0.0001");

      cassandra.execute(update, revenue, FIRST, 3, row.getUuid("ts_id"));
    }
    verified();
  }

  @Test
  @Order(13)
  void whatNoFigureShowsIsNamedByTheDeepComparison() throws Exception {
    JsonNode deep = verified("--deep");
    assertThat(deep.path("deep").asBoolean()).isTrue();
    Map<String, Long> agreeing = new HashMap<>();
    for (JsonNode table : deep.path("tables")) {
      assertThat(table.path("agree")).isEqualTo(table.path("rows"));
      agreeing.put(table.path("name").asText(), table.path("agree").asLong());
    }
    assertThat(agreeing)
        .containsEntry("cassandra.daily_records", deep.at("/stores/ledger/records").asLong())
        .containsEntry("postgres.recent_records", 100L);
    try (Connection reader = reader()) {
      for (String table : AGGREGATED) {
        assertThat(agreeing.get("postgres." + table)).isEqualTo((long) rows(reader, table).size());
      }
    }
    try (CqlSession cassandra = cassandra()) {
      Row row =
          cassandra
              .execute(
                  "SELECT ts_id, customer_name, state FROM furniture.daily_records"
                      + " WHERE ts_date = ? AND bucket = ? LIMIT 1",
                  FIRST,
                  4)
              .one();
      String update =
          "UPDATE furniture.daily_records SET customer_name = ?, state = ?"
              + " WHERE ts_date = ? AND bucket = ? AND ts_id = ?";
      cassandra.execute(update, "Nobody", "Nowhere", FIRST, 4, row.getUuid("ts_id"));

      verified();
      CommandProcess.Result verify = furnistream.run("verify", "--deep", "--json");
      assertThat(verify.status()).isEqualTo(1);
      assertThat(JSON.readTree(verify.out()).path("differences"))
          .anySatisfy(
              each -> assertFound(each, "cassandra.daily_records", "customer_name", "Nobody"))
          .anySatisfy(each -> assertFound(each, "cassandra.daily_records", "state", "Nowhere"))
          // By this raw record somebody bought in a state of which PostgreSQL knows nothing.
          .anySatisfy(
              each -> {
                assertFound(each, "postgres.daily_state", "row", "0");
                assertThat(each.path("row").asText()).endsWith("Nowhere");
              });

      cassandra.execute(
          update,
          row.getString("customer_name"),
          row.getString("state"),
          FIRST,
          4,
          row.getUuid("ts_id"));
    }
    verified("--deep");
  }

  @Test
  @Order(14)
  void aDifferenceInPostgresIsNamed() throws Exception {
    try (Connection admin = admin()) {
      add(admin, new BigDecimal("0.0001"));
      assertDiffers("2023-12-05", "postgres", "revenue", "0.0001");
      add(admin, new BigDecimal("-0.0001"));
    }
    verified();
  }

  @Test
  @Order(14)
  void aResetComesToTheSameTables() throws Exception {
    try (Connection reader = reader();
        Connection admin = admin();
        CqlSession cassandra = cassandra()) {
      Map<String, List<String>> before = new HashMap<>();
      for (String table : AGGREGATED) {
        before.put(table, rows(reader, table));
      }
      long places = count(cassandra);
      // Rows that should not be there, one that says something else, and one that is missing.
      try (Statement statement = admin.createStatement()) {
        statement.execute(
            "INSERT INTO daily_report.daily_state VALUES (DATE '1999-01-01', 'X', 'Y', 1, 1, 1, 1)");
        statement.execute("UPDATE daily_report.daily_customer SET orders = orders + 1");
        statement.execute("DELETE FROM daily_report.live_kpis WHERE ts_date = DATE '2023-12-02'");
      }
      cassandra.execute(
          "INSERT INTO furniture.daily_address (ts_date, latitude, longitude, daily_pu)"
              + " VALUES (?, 1, 1, 1)",
          LocalDate.parse("1999-01-01"));

      CommandProcess.Result reset = furnistream.run("aggregates", "reset");

      assertThat(reset.status()).as(reset.out() + reset.err()).isZero();
      verified("--deep");
      for (String table : AGGREGATED) {
        assertThat(rows(reader, table)).as(table).isEqualTo(before.get(table));
      }
      assertThat(count(cassandra)).isEqualTo(places);
    }
  }

  @Test
  @Order(15)
  void aRecordThatNoLedgerKnowsIsNamed() throws Exception {
    try (Extra extra = new Extra(endpoints(), LocalDate.parse("2023-12-03"))) {
      extra.produce();
      assertDiffers("2023-12-03", "kafka", "records", "1");
      extra.takeBack();
    }
    verified();
  }

  @Test
  @Order(16)
  void aDifferenceInTheLedgerIsNamed() throws Exception {
    AvroClients clients =
        new AvroClients(endpoints().bootstrapServers(), endpoints().registryUrl());
    RunLedgerKey key;
    RunLedger entry;
    try (KafkaReader reader = new KafkaReader(clients)) {
      Map.Entry<RunLedgerKey, RunLedger> found = reader.ledgerEntry(LocalDate.parse("2023-12-04"));
      key = found.getKey();
      entry = found.getValue();
    }
    RunLedger tampered = RunLedger.newBuilder(entry).setRecords(entry.getRecords() + 1).build();
    try (KafkaProducer<Object, Object> producer = new KafkaProducer<>(clients.producer())) {
      producer.send(new ProducerRecord<>("run_ledger", key, tampered)).get(30, TimeUnit.SECONDS);
      CommandProcess.Result verify = furnistream.run("verify");
      assertThat(verify.status()).isEqualTo(1);
      assertThat(verify.out()).contains("2023-12-04", "records", "expected 301, found 300");
      producer.send(new ProducerRecord<>("run_ledger", key, entry)).get(30, TimeUnit.SECONDS);
    }
    verified();
  }

  @Test
  @Order(17)
  void afterCrashesOfEveryPartTheNumbersStillAgree() throws Exception {
    String[] more = {
      "--from", "2024-02-01", "--to", "2024-02-10", "--records", "4000", "--seed", "9"
    };
    CommandProcess.Running generate = furnistream.start(with("generate", more));
    try (Connection reader = reader()) {
      await()
          .atMost(LIMIT)
          .until(() -> rows(reader, "live_kpis").toString().contains("2024-02-01"));
    }
    // Its sink gives up long before, and is restarted with no hand.
    CommandProcess.Result outage = furnistream.run("outage", "postgres", "--seconds", "60");
    assertThat(outage.status()).as(outage.err()).isZero();
    await("the sink's failed tasks were restarted")
        .atMost(LIMIT)
        .until(() -> named("connect", reported()).path("repairs").asInt() > 0);
    assertThat(service("connect").path("restarts").asInt()).isZero();
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofSeconds(2))
        .until(() -> furnistream.run("connectors", "status").status() == 0);
    crash("connect", "cassandra");
    crash("aggregates", "registry", "postgres");
    generate.await();
    crash("kafka");
    // A run that a crash cut short is told so, and run again.
    CommandProcess.Result again = furnistream.run(with("generate", more));
    assertThat(again.status()).as(again.err()).isZero();

    closed("2024-02-01", "2024-02-10");
    JsonNode report = verified();
    assertThat(report.path("stores").path("cassandra").path("revenue").asText())
        .isEqualTo(sum(oracle(), day -> day.revenue).toPlainString());
  }

  @Test
  @Order(18)
  void whatTheScreenRefusesLandsNowhereAndIsAccountedFor() throws Exception {
    LocalDate day = LocalDate.parse("2023-12-07");
    LocalDate other = LocalDate.parse("2023-12-08");
    RecordMetadata correction;
    RecordMetadata insert;
    RecordMetadata tombstone;
    RecordMetadata unreadable;
    List<String> quarantine;
    try (Extra sound = new Extra(endpoints(), day);
        Extra never = new Extra(endpoints(), other);
        CqlSession cassandra = cassandra();
        Connection reader = reader()) {
      sound.produce();
      correction = sound.produceUnsound();
      insert = never.produceUnsound();
      tombstone = never.takeBackUnsound();
      unreadable = Extra.produceUnreadable(endpoints());
      assertThat(furnistream.run("caught-up").status()).isZero();

      assertThat(quantities(cassandra, day, sound)).as("what came before stays").containsExactly(1);
      assertThat(quantities(cassandra, other, never)).isEmpty();
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(unannounced(reader)).isEqualTo(Map.of(day, "10.0000")));
      sound.takeBack();
      quarantine = quarantine(cassandra);
      assertThat(quarantine)
          .containsExactlyInAnyOrder(
              inQuarantine(correction, "quantity", "99.0000"),
              inQuarantine(insert, "quantity", "99.0000"),
              inQuarantine(tombstone, "key_bucket", null));
    }
    assertThat(verified().path("screened"))
        .isEqualTo(JSON.readTree("{\"key_bucket\": 1, \"quantity\": 2, \"unreadable\": 1}"));
    assertThat(furnistream.run("verify").err())
        .contains(
            "warning: 4 records of daily_records are screened out",
            "{key_bucket=1, quantity=2, unreadable=1}");

    Letters connect =
        new Letters(endpoints(), "dead_letter_cassandra-daily-records", "__connect.errors.");
    Letters aggregates = new Letters(endpoints(), "dead_letter_aggregates", "__streams.errors.");
    for (RecordMetadata unsound : List.of(correction, insert)) {
      assertThat(aggregates.header(unsound, "rule")).isEqualTo("quantity");
      assertThat(aggregates.header(unsound, "message")).isEqualTo("Rule 'quantity': quantity is 0");
    }
    assertThat(connect.header(unreadable, "exception.message")).isNotBlank();
    assertThat(aggregates.header(unreadable, "message")).isNotBlank();

    // A letter that is lost is missed; one that came twice is one.
    aggregates.deleteAll();
    CommandProcess.Result missed = furnistream.run("verify");
    assertThat(missed.status()).isEqualTo(1);
    assertThat(missed.err())
        .contains(
            "error: dead_letter_aggregates lacks 4 of the 4 records",
            "partition %d, offset %d, rule quantity"
                .formatted(correction.partition(), correction.offset()),
            "partition 2, offset %d, rule unreadable".formatted(unreadable.offset()));
    aggregates.sendAgain();
    aggregates.sendAgain();
    verified();

    // Nor does a row that is lost from the quarantine go unnoticed.
    try (CqlSession cassandra = cassandra()) {
      Row row =
          cassandra
              .execute(
                  "SELECT record_date, customer_name FROM furniture.quarantine"
                      + " WHERE kafka_partition = ? AND kafka_offset = ? ALLOW FILTERING",
                  insert.partition(),
                  insert.offset())
              .one();
      assertThat(row.getString("customer_name")).matches("[0-9a-f]{32}");
      Object[] named = {
        row.getLocalDate("record_date"), "daily_records", insert.partition(), insert.offset()
      };
      cassandra.execute(
          "DELETE FROM furniture.quarantine WHERE record_date = ? AND topic = ?"
              + " AND kafka_partition = ? AND kafka_offset = ?",
          named);
      missed = furnistream.run("verify");
      assertThat(missed.status()).isEqualTo(1);
      assertThat(missed.err())
          .contains(
              "furniture.quarantine and dead_letter_cassandra-daily-records lack 1 of the 4",
              "offset %d, rule quantity".formatted(insert.offset()));
      cassandra.execute(
          "INSERT INTO furniture.quarantine (record_date, topic, kafka_partition, kafka_offset)"
              + " VALUES (?, ?, ?, ?)",
          named);
    }
    verified();
  }

  @Test
  @Order(19)
  void aHostileRecordCostsItselfAndStopsNothing() throws Exception {
    LocalDate day = LocalDate.parse("2023-12-09");
    JsonNode before = proved;
    JsonNode running = reported();
    Map<RecordMetadata, String> refused;
    Map<RecordMetadata, String> unfit;
    List<RecordMetadata> keyless;
    List<RecordMetadata> postgres;
    try (HostileRecords hostile = new HostileRecords(endpoints(), day);
        Connection reader = reader()) {
      BigDecimal revenue = revenue(reader, day);
      refused = hostile.sendRefused();
      refused.putAll(hostile.sendCompressed(endpoints()));
      assertThatThrownBy(() -> hostile.sendBomb(endpoints()))
          .hasCauseInstanceOf(InvalidRecordException.class);
      unfit = hostile.sendUnfitForQuarantine();
      keyless = hostile.sendWithoutKey();
      postgres = hostile.sendToPostgres();
      hostile.sendSound();
      await("what is sound among them counts")
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(revenue(reader, day))
                      .isEqualTo(
                          revenue.add(new BigDecimal("199999999999999.9998")).add(BigDecimal.TEN)));
      assertDiffers(day.toString(), "kafka", "records", "3");
      hostile.takeBack();
    }

    JsonNode after = verified();
    Map<String, Integer> screened = new TreeMap<>();
    before
        .path("screened")
        .properties()
        .forEach(e -> screened.put(e.getKey(), e.getValue().asInt()));
    refused.values().forEach(rule -> screened.merge(rule, 1, Integer::sum));
    unfit.values().forEach(rule -> screened.merge(rule, 1, Integer::sum));
    screened.merge("unreadable", keyless.size(), Integer::sum);
    assertThat(after.path("screened")).isEqualTo(JSON.valueToTree(screened));
    assertThat(after.path("stores")).isEqualTo(before.path("stores"));

    Letters aggregates = new Letters(endpoints(), "dead_letter_aggregates", "__streams.errors.");
    Map<String, String> quarantined = new HashMap<>();
    try (CqlSession cassandra = cassandra()) {
      cassandra
          .execute(
              "SELECT kafka_partition, kafka_offset, rule, customer_name FROM furniture.quarantine")
          .forEach(
              row -> {
                quarantined.put(row.getInt(0) + "/" + row.getLong(1), row.getString("rule"));
                assertThat(row.getString("customer_name")).isNotEqualTo(HostileRecords.CUSTOMER);
              });
    }
    refused.forEach(
        (record, rule) -> {
          assertThat(aggregates.header(record, "rule")).isEqualTo(rule);
          assertThat(quarantined).containsEntry(record.partition() + "/" + record.offset(), rule);
        });
    Letters raw =
        new Letters(endpoints(), "dead_letter_cassandra-daily-records", "__connect.errors.");
    unfit.forEach(
        (record, rule) -> {
          assertThat(aggregates.header(record, "rule")).isEqualTo(rule);
          assertThat(raw.header(record, "exception.message")).isNotBlank();
        });
    for (RecordMetadata record : keyless) {
      assertThat(aggregates.header(record, "message")).isNotBlank();
      assertThat(raw.header(record, "exception.message")).isNotBlank();
    }
    Letters sink =
        new Letters(endpoints(), "dead_letter_postgres-daily-report", "__connect.errors.");
    for (RecordMetadata row : postgres) {
      assertThat(sink.header(row, "exception.message")).as(row.topic()).isNotBlank();
    }
    for (JsonNode service : reported()) {
      JsonNode then = named(service.path("name").asText(), running);
      assertThat(service.path("state").asText()).isEqualTo("READY");
      assertThat(service.path("restarts")).isEqualTo(then.path("restarts"));
      assertThat(service.path("repairs")).isEqualTo(then.path("repairs"));
    }
    assertThat(furnistream.run("connectors", "status").status()).isZero();
  }

  @Test
  @Order(20)
  void upTwiceIsHarmlessAndAKilledSupervisorLeavesNothingThatCollides() throws Exception {
    assertThat(furnistream.run("up").status()).isZero();
    Set<Long> before = pids();

    long supervisor =
        Long.parseLong(
            Files.readString(folder.resolve("first/run/supervisor.pid")).split(" ", 2)[0]);
    ProcessHandle killed = ProcessHandle.of(supervisor).orElseThrow();
    killed.destroyForcibly();
    killed.onExit().get(30, TimeUnit.SECONDS);
    compactRecords();
    CommandProcess.Result up = furnistream.run("up");

    assertThat(up.status()).as(up.err()).isZero();
    assertThat(pids()).doesNotContainAnyElementsOf(before);
    assertThat(before).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    assertThat(cleanupPolicy())
        .as("compaction would remove what a refused record hides")
        .isEqualTo("delete");
    verified();
  }

  /** Has the records' topic as older versions left it. */
  private void compactRecords() throws Exception {
    try (Admin admin = kafka()) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  SALES,
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("cleanup.policy", "compact"), AlterConfigOp.OpType.SET))))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  private Admin kafka() {
    return Admin.create(Map.of("bootstrap.servers", endpoints().bootstrapServers()));
  }

  private String cleanupPolicy() throws Exception {
    try (Admin admin = kafka()) {
      return admin
          .describeConfigs(List.of(SALES))
          .values()
          .get(SALES)
          .get(30, TimeUnit.SECONDS)
          .get("cleanup.policy")
          .value();
    }
  }

  @Test
  @Order(21)
  void downLeavesNoProcessAndUpFindsAllTheData() throws Exception {
    JsonNode before = proved;
    Set<Long> pids = pids();

    assertThat(furnistream.run("down").status()).isZero();

    assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    assertThat(furnistream.run("status").status()).isEqualTo(1);
    CommandProcess second = new CommandProcess(folder.resolve("second"), SECOND_OFFSET, "core");
    CommandProcess.Running other = second.start("up");
    assertThat(furnistream.run("up").status()).isZero();
    CommandProcess.Result otherUp = other.await();
    assertThat(otherUp.status()).as(otherUp.err()).isZero();

    assertThat(verified()).isEqualTo(before);
    JsonNode empty = JSON.readTree(second.run("verify", "--json").out());
    assertThat(empty.path("stores").path("kafka").path("records").asLong()).isZero();
    assertThat(empty.path("ok").asBoolean()).as("nothing to prove").isFalse();
    assertThat(second.run("reset").status()).as("no terminal to ask at").isEqualTo(2);
    assertThat(second.run("reset", "--yes").status()).isZero();
    assertThat(folder.resolve("second")).isEmptyDirectory();
    assertThat(furnistream.run("status").status()).isZero();
  }

  @Test
  @Order(22)
  void whatIsMissingIsNamedBeforeAnythingStarts() throws Exception {
    Path third = folder.resolve("third");
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9092 + THIRD_OFFSET));
      CommandProcess.Result up = new CommandProcess(third, THIRD_OFFSET, "core").run("up");
      assertThat(up.status()).isEqualTo(2);
      assertThat(up.err()).contains("32092", "kafka", "--port-offset");
      assertThat(third.resolve("run/status.json")).doesNotExist();
    }
    if (System.getProperty("user.name").equals("root")) {
      Path closed = Files.createDirectory(folder.resolve("closed"));
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
      CommandProcess.Result up =
          new CommandProcess(closed.resolve("state"), THIRD_OFFSET, "core").run("up");
      assertThat(up.status()).isEqualTo(2);
      assertThat(up.err()).contains(closed.toString(), "nobody", "--state");
    }
  }

  // What the tests ask of the stack.

  private CommandProcess.Result rollup(String from, String to) throws Exception {
    return furnistream.run("rollup", "--from", from, "--to", to);
  }

  private CommandProcess.Result closed(String from, String to) throws Exception {
    CommandProcess.Result rollup = rollup(from, to);
    assertThat(rollup.status()).as(rollup.out() + rollup.err()).isZero();
    return rollup;
  }

  /** What stands among the closed days, and when it was written. */
  private Map<Path, FileTime> exported() throws IOException {
    Map<Path, FileTime> files = new HashMap<>();
    try (Stream<Path> all = Files.walk(folder.resolve("first/export"))) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        if (!file.getFileName().toString().startsWith(".")) {
          files.put(file, Files.getLastModifiedTime(file));
        }
      }
    }
    return files;
  }

  private JsonNode verified(String... options) throws Exception {
    CommandProcess.Result verify = furnistream.run(with("verify", with("--json", options)));
    assertThat(verify.status()).as(verify.out() + verify.err()).isZero();
    JsonNode report = JSON.readTree(verify.out());
    assertThat(report.path("ok").asBoolean()).isTrue();
    proved = report;
    return report;
  }

  private void assertDiffers(String day, String store, String column, String difference)
      throws Exception {
    CommandProcess.Result json = furnistream.run("verify", "--json");
    assertThat(json.status()).as(json.out()).isEqualTo(1);
    JsonNode report = JSON.readTree(json.out());
    assertThat(report.path("ok").asBoolean()).isFalse();
    assertThat(report.path("differences"))
        .anySatisfy(
            each -> {
              assertThat(each.path("ts_date").asText()).isEqualTo(day);
              assertThat(each.path("store").asText()).isEqualTo(store);
              assertThat(each.path("column").asText()).isEqualTo(column);
              assertThat(new BigDecimal(each.path("difference").asText()))
                  .isEqualByComparingTo(difference);
            });
  }

  private static void assertFound(JsonNode difference, String table, String column, String found) {
    assertThat(difference.path("store").asText()).isEqualTo(table);
    assertThat(difference.path("column").asText()).isEqualTo(column);
    assertThat(difference.path("found").asText()).isEqualTo(found);
  }

  /** Every row of a table as text, in the order of the text. */
  private static List<String> rows(Connection connection, String table) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT t::text FROM daily_report.%s t ORDER BY 1".formatted(table))) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  private static long count(CqlSession cassandra) {
    return cassandra.execute("SELECT count(*) FROM furniture.daily_address").one().getLong(0);
  }

  private JsonNode services() throws Exception {
    return JSON.readTree(furnistream.run("status", "--json").out()).path("services");
  }

  private Set<Long> pids() throws Exception {
    Set<Long> pids = new TreeSet<>();
    for (JsonNode service : services()) {
      pids.add(service.path("pid").asLong());
    }
    return pids;
  }

  /** Kills services at once, as a crash would, and waits until their successors are ready. */
  private void crash(String... names) throws Exception {
    Map<String, Integer> restarts = new HashMap<>();
    for (String name : names) {
      JsonNode running = service(name);
      restarts.put(name, running.path("restarts").asInt());
      ProcessHandle.of(running.path("pid").asLong()).orElseThrow().destroyForcibly();
    }
    for (String name : names) {
      await(name + " is ready again")
          .atMost(LIMIT)
          .until(
              () -> {
                JsonNode now = named(name, reported());
                return now.path("state").asText().equals("READY")
                    && now.path("restarts").asInt() > restarts.get(name);
              });
    }
  }

  /** What the supervisor reports; the command, asked without a pause, would slow down the start. */
  private JsonNode reported() throws IOException {
    return JSON.readTree(Files.readString(folder.resolve("first/run/status.json")));
  }

  private JsonNode service(String name) throws Exception {
    return named(name, services());
  }

  private static JsonNode named(String name, JsonNode services) {
    for (JsonNode service : services) {
      if (service.path("name").asText().equals(name)) {
        return service;
      }
    }
    throw new AssertionError("No service " + name);
  }

  private Endpoints endpoints() {
    return Endpoints.fromEnvironment(
        Map.of(
            Endpoints.BOOTSTRAP_SERVERS, "127.0.0.1:" + (9092 + OFFSET),
            Endpoints.REGISTRY_URL, "http://127.0.0.1:" + (8081 + OFFSET) + "/apis/ccompat/v7"));
  }

  private Map<LocalDate, Oracle.Day> oracle() {
    return Oracle.days(endpoints().bootstrapServers(), endpoints().registryUrl());
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + (8083 + OFFSET) + path);
    HttpResponse<String> response =
        http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> put(String path, Map<String, String> config) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (8083 + OFFSET) + path))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(config)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private CqlSession cassandra() {
    return CqlSession.builder()
        .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9042 + OFFSET))
        .withLocalDatacenter("datacenter1")
        .build();
  }

  private Connection reader() throws SQLException {
    URI url = URI.create(secrets.get("REPORT_READER_URL"));
    String[] user = url.getUserInfo().split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(),
        user[0],
        user[1]);
  }

  private Connection admin() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "admin");
    properties.setProperty("password", secrets.get("POSTGRES_ADMIN_PASSWORD"));
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + (5432 + OFFSET) + "/furnistream", properties);
  }

  /** Each row as {@link #inQuarantine} says it. */
  private static List<String> quarantine(CqlSession cassandra) {
    return cassandra
        .execute("SELECT * FROM furniture.quarantine WHERE topic = 'daily_records' ALLOW FILTERING")
        .all()
        .stream()
        .map(
            row ->
                "%d/%d %s %s"
                    .formatted(
                        row.getInt("kafka_partition"),
                        row.getLong("kafka_offset"),
                        row.getString("rule"),
                        row.getBigDecimal("revenue")))
        .toList();
  }

  private static String inQuarantine(RecordMetadata record, String rule, String revenue) {
    return "%d/%d %s %s".formatted(record.partition(), record.offset(), rule, revenue);
  }

  private static void add(Connection admin, BigDecimal amount) throws SQLException {
    try (PreparedStatement update =
        admin.prepareStatement(
            "UPDATE daily_report.daily_pu_rev SET daily_rev = daily_rev + ?"
                + " WHERE ts_date = DATE '2023-12-05'")) {
      update.setBigDecimal(1, amount);
      assertThat(update.executeUpdate()).isOne();
    }
  }

  private static void assertDay(Connection reader, LocalDate date, Oracle.Day day) {
    try (Statement statement = reader.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "SELECT * FROM daily_report.daily_pu_rev WHERE ts_date = DATE '" + date + "'")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getLong("daily_records")).isEqualTo(day.records);
        assertThat(row.getLong("daily_pu")).isEqualTo(day.customers.size());
        assertThat(row.getLong("daily_orders")).isEqualTo(day.orders.size());
        assertThat(row.getLong("daily_quantity")).isEqualTo(day.quantity);
        assertThat(row.getBigDecimal("daily_rev")).isEqualTo(day.revenue);
        assertThat(row.getBigDecimal("daily_profit")).isEqualTo(day.profit);
      }
      Map<String, BigDecimal> products = new HashMap<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT * FROM daily_report.daily_category_product WHERE ts_date = DATE '"
                  + date
                  + "'")) {
        while (rows.next()) {
          products.put(
              rows.getString("category")
                  + "|"
                  + rows.getString("sub_category")
                  + "|"
                  + rows.getString("product_name"),
              rows.getBigDecimal("daily_rev"));
        }
      }
      assertThat(products).isEqualTo(day.revenueOfProduct);
      Map<String, Integer> places = new HashMap<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT * FROM daily_report.daily_address WHERE ts_date = DATE '" + date + "'")) {
        while (rows.next()) {
          places.put(
              rows.getBigDecimal("latitude") + "|" + rows.getBigDecimal("longitude"),
              rows.getInt("daily_pu"));
        }
      }
      assertThat(places).isEqualTo(sizes(day.customersAtPlace));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertDay(CqlSession cassandra, LocalDate date, Oracle.Day day) {
    Row row =
        cassandra.execute("SELECT * FROM furniture.daily_pu_rev WHERE ts_date = ?", date).one();
    assertThat(row.getLong("daily_records")).isEqualTo(day.records);
    assertThat(row.getLong("daily_pu")).isEqualTo(day.customers.size());
    assertThat(row.getLong("daily_orders")).isEqualTo(day.orders.size());
    assertThat(row.getBigDecimal("daily_rev")).isEqualTo(day.revenue);
    Map<String, BigDecimal> products = new HashMap<>();
    for (Row each :
        cassandra.execute(
            "SELECT * FROM furniture.daily_category_product WHERE ts_date = ?", date)) {
      products.put(
          each.getString("category")
              + "|"
              + each.getString("sub_category")
              + "|"
              + each.getString("product_name"),
          each.getBigDecimal("daily_rev"));
    }
    assertThat(products).isEqualTo(day.revenueOfProduct);
    Map<String, Integer> places = new HashMap<>();
    for (Row each :
        cassandra.execute("SELECT * FROM furniture.daily_address WHERE ts_date = ?", date)) {
      places.put(
          each.getBigDecimal("latitude") + "|" + each.getBigDecimal("longitude"),
          (int) each.getLong("daily_pu"));
    }
    assertThat(places).isEqualTo(sizes(day.customersAtPlace));
  }

  /** The quantities that Cassandra's raw rows state of a record: one or none. */
  private static List<Integer> quantities(CqlSession cassandra, LocalDate day, Extra extra) {
    return cassandra
        .execute(
            "SELECT quantity FROM furniture.daily_records"
                + " WHERE ts_date = ? AND bucket = ? AND ts_id = ?",
            day,
            extra.id().bucket(),
            extra.id().uuid())
        .all()
        .stream()
        .map(row -> row.getInt("quantity"))
        .toList();
  }

  /** The revenue that PostgreSQL states of the product that no one announced, by day. */
  private static Map<LocalDate, String> unannounced(Connection reader) throws SQLException {
    Map<LocalDate, String> revenue = new HashMap<>();
    try (Statement statement = reader.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT ts_date, daily_rev FROM daily_report.daily_category_product"
                    + " WHERE product_name = 'Unannounced chair'")) {
      while (rows.next()) {
        revenue.put(rows.getObject(1, LocalDate.class), rows.getBigDecimal(2).toPlainString());
      }
    }
    return revenue;
  }

  private static BigDecimal revenue(Connection reader, LocalDate day) throws SQLException {
    try (PreparedStatement select =
        reader.prepareStatement(
            "SELECT daily_rev FROM daily_report.daily_pu_rev WHERE ts_date = ?")) {
      select.setObject(1, day);
      try (ResultSet row = select.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getBigDecimal(1);
      }
    }
  }

  private static Map<String, Integer> sizes(Map<String, Set<String>> sets) {
    Map<String, Integer> sizes = new HashMap<>();
    sets.forEach((key, set) -> sizes.put(key, set.size()));
    return sizes;
  }

  private interface Amount {
    BigDecimal of(Oracle.Day day);
  }

  private static BigDecimal sum(Map<LocalDate, Oracle.Day> days, Amount amount) {
    return days.values().stream().map(amount::of).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Schema.Field field(String name, Schema type, Object defaultValue) {
    return new Schema.Field(name, type, "Refunds. Unit: refunds.", defaultValue);
  }

  private static Schema copy(Schema schema, Schema.Field extra) {
    List<Schema.Field> fields = new ArrayList<>();
    schema.getFields().forEach(each -> fields.add(new Schema.Field(each, each.schema())));
    fields.add(extra);
    return Schema.createRecord(
        schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
  }

  private static Map<String, String> secrets(Path state) throws IOException {
    Path file = state.resolve("secrets.env");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Map<String, String> secrets = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split("=", 2);
      secrets.put(parts[0], parts[1]);
    }
    return secrets;
  }

  private static String[] with(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(arguments));
    return all.toArray(new String[0]);
  }
}
