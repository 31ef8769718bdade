package io.furnistream.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.stack.EmbeddedStack;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The transforms in one chain of a real Connect worker, loaded from its plugin folder, over a real
 * broker: native libraries and a reference topic that changes while it runs included.
 */
class RealWorkerIT {

  private static final Home HOME = Home.fromSystemProperty();
  private static final int PORT_OFFSET = 17_500;
  private static final int REST_PORT = 25_583;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String DEAD_LETTERS = "dead_letters";

  private static final String VALIDATE =
      "/connector-plugins/CassandraSinkConnector/config/validate";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** As bad as they may be: written otherwise in JSON, as a list, and in an error. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "FURNISTREAM_PSEUDONYM_KEY", "Zm9v/+Q=\"quoted\" \\back",
          "FURNISTREAM_SINK_WRITER_PASSWORD", "MixedCase-Geheimnüs,second-part");

  @TempDir private Path folder;

  @Test
  void aWorkerRunsTheWholeChain() throws Exception {
    try (EmbeddedStack stack =
        EmbeddedStack.start(
            HOME,
            new StateFolder(folder.resolve("stack")),
            new Ports(PORT_OFFSET),
            Set.of("kafka"))) {
      String bootstrap = stack.endpoints().bootstrapServers();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
          Producer<String, String> producer =
              new KafkaProducer<>(
                  Map.of("bootstrap.servers", bootstrap),
                  new StringSerializer(),
                  new StringSerializer())) {
        admin
            .createTopics(
                List.of(
                    new NewTopic("sold", 1, (short) 1), new NewTopic(DEAD_LETTERS, 1, (short) 1)))
            .all()
            .get(30, TimeUnit.SECONDS);
        sell(producer);
        Path lines = folder.resolve("lines.txt");
        Process worker = start(bootstrap, lines);
        try {
          await("the record that is tried")
              .atMost(LIMIT)
              .untilAsserted(
                  () ->
                      assertThat(read(folder.resolve("worker.log")))
                          .anyMatch(line -> line.endsWith("tried again: there is no such topic")));
          admin
              .createTopics(
                  List.of(
                      new NewTopic("regions", 2, (short) 1)
                          .configs(Map.of("cleanup.policy", "compact"))))
              .all()
              .get(30, TimeUnit.SECONDS);
          await("the record that was tried again")
              .atMost(LIMIT)
              .untilAsserted(() -> assertThat(read(lines)).isNotEmpty());
          assertThat(read(lines).get(0))
              .startsWith("sold-furniture {shop=")
              // The day in New York: 2016-11-06 was a Sunday.
              .contains("ts_year=2016")
              .contains("ts_month=11, ")
              .contains("ts_day=6, ")
              .contains("ts_weekday=7")
              // As the documentation of h3-js names the place.
              .contains("cell=87283472bffffff,")
              .contains("region=west")
              .doesNotContain("Eve")
              .doesNotContain("shop7");
          for (String manager : List.of("Wilma", "Walter")) {
            send(
                producer,
                "regions",
                "\"west\"",
                "{\"region\": \"west\", \"manager\": \"%s\"}".formatted(manager));
            await("a record with the new row")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                    () -> {
                      sell(producer);
                      assertThat(read(lines)).last().asString().contains("manager=" + manager);
                    });
          }

          // Every transform behind it would fail: no time, no place, no person.
          send(producer, "sold", "{\"shop\": \"shop7\"}", "{\"quantity\": 0}");
          await("what was screened out")
              .atMost(LIMIT)
              .untilAsserted(
                  () ->
                      assertThat(read(lines))
                          .last()
                          .isEqualTo("quarantine {shop=shop7} {quantity=0}"));
          assertThat(letters(admin)).as("dead letters").isZero();
          theWorkerHasFoundEveryTransform();
          configurationsAreJudged();
          noAnswerShowsASecret();
        } finally {
          worker.destroy();
          // Connect 4.4 was seen to wait forever for Jetty's threads in RestServer.stop.
          if (!worker.waitFor(30, TimeUnit.SECONDS)) {
            worker.destroyForcibly();
          }
        }
      }
    }
  }

  private static void theWorkerHasFoundEveryTransform() throws Exception {
    Path services =
        HOME.root()
            .resolve(
                "transforms/src/main/resources/META-INF/services/org.apache.kafka.connect.transforms.Transformation");
    assertThat(
            ask("GET", "/connector-plugins?connectorsOnly=false", null).findValuesAsText("class"))
        .containsAll(Files.readAllLines(services));
  }

  /** Connect's own validation names what nothing reads, and no connector of that kind is made. */
  private void configurationsAreJudged() throws Exception {
    Map<String, String> sink = cassandra();
    assertThat(ask("PUT", VALIDATE, sink).path("error_count").asInt()).isZero();

    sink.put("contactPoint", "a");
    sink.put("transforms.day.feild", "ts");
    sink.put("transforms.dya.zone", "UTC");
    sink.put("consumer.override.max.poll.record", "1");
    JsonNode result = ask("PUT", VALIDATE, sink);
    assertThat(result.path("error_count").asInt()).as(result.toString()).isEqualTo(4);
    for (String error :
        List.of(
            "'contactPoint'. Did you mean 'contactPoints'?",
            "'transforms.day.feild'. Did you mean 'transforms.day.field'?",
            "'transforms' does not list 'dya'. It lists 'day'",
            "Did you mean 'consumer.override.max.poll.records'?")) {
      assertThat(result.path("configs").findValues("errors").toString()).contains(error);
    }
    HttpResponse<String> posted =
        send("POST", "/connectors", Map.of("name", "misspelled", "config", sink));
    assertThat(posted.statusCode()).isEqualTo(400);
    assertThat(posted.body()).contains("4 error(s)", "transforms.day.feild");
    HttpResponse<String> put = send("PUT", "/connectors/misspelled/config", sink);
    assertThat(put.statusCode()).isEqualTo(400);
    assertThat(put.body()).contains("contactPoints");
    assertThat(ask("GET", "/connectors", null).toString()).doesNotContain("misspelled");
  }

  private void noAnswerShowsASecret() throws Exception {
    for (String secret : List.of("FURNISTREAM_PSEUDONYM_KEY", "FURNISTREAM_SINK_WRITER_PASSWORD")) {
      String variable = "${env:" + secret + "}";
      Map<String, String> sink = cassandra();
      for (String property :
          List.of(
              "loadBalancing.localDc",
              "contactPoints",
              // Errors show the value too.
              "port",
              "tasks.max",
              "errors.tolerance",
              "value.converter",
              "transforms.day.zone",
              "consumer.override.max.poll.records",
              "topic.t.k.t.mapping")) {
        sink.put(property, "x" + variable);
      }
      HttpResponse<String> response = send("PUT", VALIDATE, sink);
      assertThat(response.body()).contains("[hidden]");
      assertSecret(response);
      assertSecret(send("POST", "/connectors", Map.of("name", "leak", "config", sink)));
      assertSecret(send("PUT", "/connector-plugins/%s/config/validate".formatted("x"), sink));

      // A task whose trace shows a file's name.
      Map<String, String> failing =
          Map.of(
              "connector.class",
              "io.furnistream.preview.WritingSinkConnector",
              "topics",
              "sold",
              "consumer.override.auto.offset.reset",
              "earliest",
              WritingSinkTask.FILE,
              "/nowhere/" + variable);
      assertThat(send("PUT", "/connectors/failing/config", failing).statusCode()).isLessThan(300);
      await("the task's trace")
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(send("GET", "/connectors/failing/status", null).body())
                      .contains("FAILED", "/nowhere/[hidden]"));
      assertSecret(send("GET", "/connectors?expand=status&expand=info", null));
      assertThat(send("GET", "/connectors/failing/config", null).body()).contains(variable);
      assertThat(send("DELETE", "/connectors/failing", null).statusCode()).isEqualTo(204);
    }
  }

  private static void assertSecret(HttpResponse<String> response) throws IOException {
    assertThat(JSON.readTree(response.body()).isContainerNode()).as(response.body()).isTrue();
    response
        .headers()
        .firstValueAsLong("Content-Length")
        .ifPresent(
            length ->
                assertThat(response.body().getBytes(StandardCharsets.UTF_8))
                    .hasSize(Math.toIntExact(length)));
    for (String secret : ENVIRONMENT.values()) {
      assertThat(response.body())
          .doesNotContainIgnoringCase(secret)
          .doesNotContain(JSON.writeValueAsString(secret).replaceAll("^\"|\"$", ""));
    }
  }

  private static Map<String, String> cassandra() {
    Map<String, String> sink = new TreeMap<>();
    sink.put("name", "misspelled");
    sink.put("connector.class", "CassandraSinkConnector");
    sink.put("topics", "sold");
    sink.put("contactPoints", "127.0.0.1:1");
    sink.put("loadBalancing.localDc", "dc1");
    sink.put("kafka.bootstrap.servers", "127.0.0.1:1");
    sink.put("kafka.client.id", "sink");
    sink.put("topic.sold.shop.sold.mapping", "*");
    sink.put("transforms", "day,mark");
    add(sink, "day", "DateParts$Value", "field", "ts", "zone", "America/New_York");
    sink.put("transforms.mark.type", "org.apache.kafka.connect.transforms.InsertField$Value");
    sink.put("transforms.mark.offset.field", "position");
    return sink;
  }

  private static JsonNode ask(String method, String path, Object body) throws Exception {
    return JSON.readTree(send(method, path, body).body());
  }

  private static HttpResponse<String> send(String method, String path, Object body)
      throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + REST_PORT + path))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static long letters(Admin admin) throws Exception {
    TopicPartition partition = new TopicPartition(DEAD_LETTERS, 0);
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.latest()))
        .partitionResult(partition)
        .get(30, TimeUnit.SECONDS)
        .offset();
  }

  private static List<String> read(Path lines) throws IOException {
    return Files.exists(lines) ? Files.readAllLines(lines) : List.of();
  }

  private static void sell(Producer<String, String> producer) throws Exception {
    send(
        producer,
        "sold",
        "{\"shop\": \"shop7\"}",
        "{\"quantity\": 2, \"ts\": \"2016-11-07T04:59:59Z\", \"category\": \"Furniture\", \"state\": \"NV\","
            + " \"customer\": {\"name\": \"Eve\"}, \"latitude\": 37.3615593, \"longitude\": -122.0553238}");
  }

  private static void send(
      Producer<String, String> producer, String topic, String key, String value) throws Exception {
    producer.send(new ProducerRecord<>(topic, key, value)).get(30, TimeUnit.SECONDS);
  }

  private Process start(String bootstrap, Path lines) throws Exception {
    Map<String, String> worker =
        Map.ofEntries(
            Map.entry("bootstrap.servers", bootstrap),
            Map.entry("listeners", "http://127.0.0.1:" + REST_PORT),
            Map.entry("offset.storage.file.filename", folder.resolve("offsets").toString()),
            Map.entry("key.converter", "org.apache.kafka.connect.json.JsonConverter"),
            Map.entry("key.converter.schemas.enable", "false"),
            Map.entry("value.converter", "org.apache.kafka.connect.json.JsonConverter"),
            Map.entry("value.converter.schemas.enable", "false"),
            Map.entry("plugin.discovery", "service_load"),
            Map.entry(
                "plugin.path",
                HOME.root().resolve("transforms/target/plugins")
                    + ","
                    + HOME.root().resolve("connectors/target/plugins")),
            Map.entry("rest.extension.classes", "io.furnistream.connectors.secrets.HideSecrets"),
            Map.entry("config.providers", "env"),
            Map.entry(
                "config.providers.env.class",
                "org.apache.kafka.common.config.provider.EnvVarConfigProvider"));
    String classPath =
        HOME.root().resolve("local/runtime/kafka/target/lib/*")
            + ":"
            + HOME.root().resolve("preview/target/test-classes");
    ProcessBuilder process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                // Without it the log holds only errors.
                "-Dorg.apache.logging.log4j.level=WARN",
                "-cp",
                classPath,
                "org.apache.kafka.connect.cli.ConnectStandalone",
                write("worker.properties", worker).toString(),
                write("sink.properties", connector(bootstrap, lines)).toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("worker.log").toFile());
    process.environment().putAll(ENVIRONMENT);
    return process.start();
  }

  private Map<String, String> connector(String bootstrap, Path lines) throws Exception {
    Map<String, String> sink = new TreeMap<>();
    sink.put("name", "writer");
    sink.put("connector.class", "io.furnistream.preview.WritingSinkConnector");
    sink.put("topics", "sold");
    sink.put("consumer.override.auto.offset.reset", "earliest");
    sink.put(WritingSinkTask.FILE, lines.toString());
    sink.put("errors.tolerance", "all");
    sink.put("errors.retry.timeout", "-1");
    sink.put("errors.deadletterqueue.topic.name", DEAD_LETTERS);
    sink.put("errors.deadletterqueue.topic.replication.factor", "1");
    sink.put("transforms", "screen,quarantine,day,cell,who,whose,where,manager,route");
    sink.put("predicates", "screenedOut");
    sink.put(
        "predicates.screenedOut.type",
        "org.apache.kafka.connect.transforms.predicates.HasHeaderKey");
    sink.put("predicates.screenedOut.name", "screen.rule");
    add(sink, "screen", "Screen$Value", "rules.file", rules(), "on.failure", "mark");
    add(sink, "quarantine", "RouteByField", "topic", "quarantine", "topics", "quarantine");
    sink.put("transforms.quarantine.predicate", "screenedOut");
    for (String sound : List.of("day", "cell", "who", "whose", "where", "manager", "route")) {
      sink.put("transforms." + sound + ".predicate", "screenedOut");
      sink.put("transforms." + sound + ".negate", "true");
    }
    add(sink, "day", "DateParts$Value", "field", "ts", "zone", "America/New_York");
    add(sink, "cell", "GeoCell$Value", "grid", "h3", "resolution", "7");
    String key = "a secret of more than thirty-two bytes";
    add(sink, "who", "Pseudonymise$Value", "fields", "customer.name", "key", key);
    add(sink, "whose", "Pseudonymise$Key", "fields", "shop", "key", key);
    add(
        sink,
        "where",
        "Lookup$Value",
        "table.file",
        states(),
        "key.fields",
        "state",
        "columns",
        "region:string");
    add(
        sink,
        "manager",
        "Lookup$Value",
        "table.topic",
        "regions",
        "table.consumer.bootstrap.servers",
        bootstrap,
        "key.fields",
        "region",
        "columns",
        "manager:string",
        "start.seconds",
        "1");
    add(
        sink,
        "route",
        "RouteByField",
        "topic",
        "${topic}-${value.category}",
        "topics",
        "sold-furniture",
        "lower.case",
        "true");
    return sink;
  }

  private static void add(
      Map<String, String> connector, String name, String type, String... properties) {
    connector.put("transforms." + name + ".type", "io.furnistream.transforms." + type);
    for (int i = 0; i < properties.length; i += 2) {
      connector.put("transforms." + name + "." + properties[i], properties[i + 1]);
    }
  }

  private String rules() throws IOException {
    return Files.writeString(
            folder.resolve("rules.json"),
            "{\"rules\": [{\"name\": \"sold\", \"field\": \"quantity\", \"min\": 1}]}")
        .toString();
  }

  /** A Parquet file, so that DuckDB runs in the plugin's class loader. */
  private String states() throws SQLException {
    Path file = folder.resolve("states.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT 'NV' AS state, 'west' AS region) TO '%s' (FORMAT parquet)".formatted(file));
    }
    return file.toString();
  }

  private Path write(String name, Map<String, String> settings) throws IOException {
    Properties properties = new Properties();
    properties.putAll(settings);
    Path file = folder.resolve(name);
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    return file;
  }
}
