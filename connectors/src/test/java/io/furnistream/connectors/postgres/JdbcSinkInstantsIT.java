package io.furnistream.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.stack.EmbeddedStack;
import io.furnistream.stack.Home;
import io.furnistream.stack.Ports;
import io.furnistream.stack.StateFolder;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.junit.jupiter.api.Test;

/**
 * The JDBC sink, as the connector's file configures it, against the migrated tables of a real
 * PostgreSQL: an instant arrives as the instant it is, in whichever zone the worker's JVM runs.
 */
class JdbcSinkInstantsIT {

  // Not one that RealCassandra uses.
  private static final int PORT_OFFSET = 19_000;
  private static final Instant MINUTE = Instant.parse("2023-12-02T01:30:00Z");
  private static final BigDecimal LARGEST_SUM =
      new BigDecimal("9999999999999999999999999999999999.9999");

  @Test
  void anInstantIsStoredWhateverTheZoneOfTheWorker() throws Exception {
    Path folder = Files.createTempDirectory("furnistream-jdbc-");
    // PostgreSQL's user must be able to enter it.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    TimeZone before = TimeZone.getDefault();
    try (EmbeddedStack stack =
        EmbeddedStack.start(
            Home.fromSystemProperty(),
            new StateFolder(folder),
            new Ports(PORT_OFFSET),
            Set.of("postgres"))) {
      Map<String, String> config = config(stack, secret(folder, "SINK_WRITER_PASSWORD"));
      for (String zone : List.of("UTC", "Pacific/Auckland", "America/New_York")) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        land(config, zone);
      }
      try (Connection connection =
              DriverManager.getConnection(
                  stack.endpoints().postgresUrl(),
                  stack.endpoints().postgresUser(),
                  stack.endpoints().postgresPassword());
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT platform, extract(epoch FROM minute)::bigint AS seconds, revenue"
                      + " FROM daily_report.sales_by_minute ORDER BY platform")) {
        Map<String, Instant> found = new HashMap<>();
        while (rows.next()) {
          found.put(rows.getString("platform"), Instant.ofEpochSecond(rows.getLong("seconds")));
          assertThat(rows.getBigDecimal("revenue")).isEqualTo(LARGEST_SUM);
        }
        assertThat(found)
            .isEqualTo(
                Map.of("UTC", MINUTE, "Pacific/Auckland", MINUTE, "America/New_York", MINUTE));
      }
    } finally {
      TimeZone.setDefault(before);
      delete(folder);
    }
  }

  /** Lands one row, whose platform names the zone, through a sink of its own. */
  private static void land(Map<String, String> config, String zone) throws Exception {
    Schema keySchema =
        SchemaBuilder.struct()
            .field("minute", Timestamp.SCHEMA)
            .field("category", Schema.STRING_SCHEMA)
            .field("platform", Schema.STRING_SCHEMA)
            .build();
    Schema valueSchema =
        SchemaBuilder.struct()
            .field("orders", Schema.INT64_SCHEMA)
            .field("quantity", Schema.INT64_SCHEMA)
            .field("revenue", Decimal.schema(4))
            .field("profit", Decimal.schema(4))
            .build();
    Struct key =
        new Struct(keySchema)
            .put("minute", Date.from(MINUTE))
            .put("category", "Furniture")
            .put("platform", zone);
    Struct value =
        new Struct(valueSchema)
            .put("orders", 1L)
            .put("quantity", 2L)
            .put("revenue", LARGEST_SUM)
            .put("profit", new BigDecimal("1.0000"));
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader plugin = plugin()) {
      // As a worker does for a plugin's thread.
      Thread.currentThread().setContextClassLoader(plugin);
      SinkTask task =
          (SinkTask)
              plugin
                  .loadClass("io.debezium.connector.jdbc.JdbcSinkConnectorTask")
                  .getDeclaredConstructor()
                  .newInstance();
      task.initialize(new Context(config));
      task.start(config);
      task.open(List.of(new TopicPartition("sales_by_minute", 0)));
      task.put(
          List.of(new SinkRecord("sales_by_minute", 0, keySchema, key, valueSchema, value, 0L)));
      task.flush(Map.of());
      task.stop();
    } finally {
      Thread.currentThread().setContextClassLoader(loader);
    }
  }

  private static URLClassLoader plugin() throws Exception {
    Path runtime = Home.fromSystemProperty().root().resolve("local/runtime");
    List<URL> jars = new ArrayList<>();
    try (Stream<Path> plugin = Files.walk(runtime.resolve("plugins/target/plugins"));
        // The sink knows its worker's records.
        Stream<Path> worker = Files.walk(runtime.resolve("kafka/target/lib"))) {
      for (Path jar :
          Stream.concat(
                  plugin.filter(file -> file.toString().endsWith(".jar")),
                  worker.filter(
                      file -> file.getFileName().toString().startsWith("connect-runtime")))
              .toList()) {
        jars.add(jar.toUri().toURL());
      }
    }
    return new URLClassLoader(jars.toArray(URL[]::new), JdbcSinkInstantsIT.class.getClassLoader());
  }

  private static Map<String, String> config(EmbeddedStack stack, String password) throws Exception {
    JsonNode file =
        new ObjectMapper().readTree(Path.of("postgres-daily-report.json").toFile()).get("config");
    Map<String, String> config = new HashMap<>();
    file.properties().forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
    config.put("connection.url", stack.endpoints().postgresUrl());
    config.put("connection.username", "sink_writer");
    config.put("connection.password", password);
    return config;
  }

  private static String secret(Path folder, String name) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      Path secrets = files.filter(file -> file.endsWith("secrets.env")).findFirst().orElseThrow();
      return Files.readAllLines(secrets).stream()
          .filter(line -> line.startsWith(name + "="))
          .map(line -> line.substring(name.length() + 1))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void delete(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** All that a task asks of its worker here. */
  private record Context(Map<String, String> configs) implements SinkTaskContext {

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void timeout(long milliseconds) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Set<TopicPartition> assignment() {
      return Set.of();
    }

    @Override
    public void pause(TopicPartition... partitions) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void resume(TopicPartition... partitions) {
      throw new UnsupportedOperationException();
    }

    @Override
    public PluginMetrics pluginMetrics() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void requestCommit() {
      throw new UnsupportedOperationException();
    }
  }
}
