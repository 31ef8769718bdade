package io.furnistream.preview;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.furnistream.cli.Commands;
import io.furnistream.cli.Endpoints;
import io.furnistream.stack.EmbeddedStack;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code preview --topic} over a real broker and registry. */
class SampleTopicIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PORT_OFFSET = 17_600;
  private static final long NOON = 1_456_747_200_000L;
  private static final Schema KEY =
      SchemaBuilder.record("Key").namespace("io.example").fields().requiredInt("id").endRecord();
  private static final Schema VALUE =
      SchemaBuilder.record("Value").namespace("io.example").fields().requiredInt("n").endRecord();

  @TempDir private static Path folder;
  private static EmbeddedStack stack;
  private static Admin admin;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws Exception {
    // PostgreSQL's user must be able to enter it.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    stack =
        EmbeddedStack.start(
            Home.fromSystemProperty(),
            new StateFolder(folder.resolve("stack")),
            new Ports(PORT_OFFSET),
            Set.of("postgres", "registry", "kafka"));
    admin = Admin.create(Map.of("bootstrap.servers", stack.endpoints().bootstrapServers()));
  }

  @AfterAll
  static void end() {
    if (admin != null) {
      admin.close();
    }
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void theNewestOfAllPartitionsComeInTheOrderOfTheirTime() throws Exception {
    create("ordered", 3);
    try (Producer<Object, Object> producer = producer(Map.of())) {
      // Partition, seconds after noon: the order of sending is none of time, but in a partition.
      int[][] sent = {{0, 1}, {0, 2}, {0, 9}, {1, 4}, {1, 5}, {1, 6}, {1, 7}, {2, 3}, {2, 8}};
      for (int[] each : sent) {
        send(producer, "ordered", each[0], NOON + 1000L * each[1], 1, each[1]);
      }
    }

    assertThat(values("ordered", 4)).containsExactly("6", "7", "8", "9");
    assertThat(values("ordered", 8)).containsExactly("2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(values("ordered", 100))
        .as("fewer than asked for")
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(run(stack.endpoints(), "--topic", "ordered")).isZero();
    assertThat(out.toString()).contains("Record 1 of 1", "value.n");
  }

  @Test
  void onlyWhatIsCommittedIsShownHoweverFarBackItLies() throws Exception {
    create("committed", 1);
    try (Producer<Object, Object> producer = producer(Map.of("transactional.id", "a"))) {
      producer.initTransactions();
      for (int n = 1; n <= 3; n++) {
        producer.beginTransaction();
        send(producer, "committed", 0, NOON + n, 1, n);
        producer.commitTransaction();
      }
      assertThat(values("committed", 2)).as("between markers").containsExactly("2", "3");

      producer.beginTransaction();
      for (int n = 100; n < 200; n++) {
        send(producer, "committed", 0, NOON + n, 1, n);
      }
      assertThat(values("committed", 2)).as("while one is open").containsExactly("2", "3");
      producer.abortTransaction();
      assertThat(values("committed", 2)).as("before an aborted one").containsExactly("2", "3");
      assertThat(values("committed", 9)).containsExactly("1", "2", "3");
    }
  }

  @Test
  void aTombstoneHasNoValueAndHeadersAreThere() throws Exception {
    create("deleted", 1);
    try (Producer<Object, Object> producer = producer(Map.of())) {
      send(producer, "deleted", 0, NOON, 1, 5);
      ProducerRecord<Object, Object> tombstone =
          new ProducerRecord<>("deleted", 0, NOON + 1, key(7), (Object) null);
      tombstone.headers().add(new RecordHeader("origin", "test".getBytes(StandardCharsets.UTF_8)));
      producer.send(tombstone).get(30, TimeUnit.SECONDS);
    }

    List<JsonNode> records = records("deleted", 2);

    assertThat(records).hasSize(2);
    assertThat(records.get(0).path("before").has("value.n")).isTrue();
    JsonNode before = records.get(1).path("before");
    assertThat(before.path("key.id").path("value").asText()).isEqualTo("7");
    assertThat(before.path("value").path("value").isNull()).isTrue();
    assertThat(before.path("header origin").path("value").asText()).isEqualTo("test");
    assertThat(records.get(1).path("steps").path(0).path("outcome").asText())
        .as("a predicate that asks for the header")
        .isEqualTo("changed");
    assertThat(records.get(0).path("steps").path(0).path("outcome").asText())
        .isEqualTo("passed_by");
  }

  @Test
  void anUnreadableRecordFailsAndTheOthersAreShown() throws Exception {
    create("mixed", 1);
    try (Producer<Object, Object> avro = producer(Map.of());
        Producer<byte[], byte[]> bytes =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.endpoints().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      send(avro, "mixed", 0, NOON, 1, 5);
      bytes
          .send(
              new ProducerRecord<>(
                  "mixed", 0, NOON + 1, null, "no Avro".getBytes(StandardCharsets.UTF_8)))
          .get(30, TimeUnit.SECONDS);
      send(avro, "mixed", 0, NOON + 2, 1, 6);
    }

    assertThat(run(stack.endpoints(), "--topic", "mixed", "--last", "3")).isEqualTo(1);
    assertThat(out.toString())
        .contains("value.converter (io.confluent.connect.avro.AvroConverter): fails: DataException")
        .contains("it would go to dead_letters")
        .contains("Record 3 of 3");
    List<JsonNode> records = records("mixed", 3);
    assertThat(records.get(0).path("lands").asBoolean()).isTrue();
    assertThat(records.get(1).path("lands").asBoolean()).isFalse();
    assertThat(records.get(1).path("before").path("value").path("value").asText())
        .isEqualTo("7 bytes");
    assertThat(records.get(2).path("lands").asBoolean()).isTrue();
  }

  @Test
  void whatCannotRunSaysWhy() throws Exception {
    create("empty", 2);
    assertThat(run(stack.endpoints(), "--topic", "empty", "--last", "5")).isEqualTo(2);
    assertThat(err.toString()).contains("Topic empty holds no record");

    assertThat(run(stack.endpoints(), "--topic", "nowhere")).isEqualTo(2);
    assertThat(err.toString()).contains("There is no topic nowhere", "daily_records");
    assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS))
        .as("none is made by looking")
        .doesNotContain("nowhere");
  }

  @Test
  void aRegistryOrABrokerThatIsAwayIsNamed() throws Exception {
    create("unread", 1);
    try (Producer<Object, Object> producer = producer(Map.of())) {
      send(producer, "unread", 0, NOON, 1, 5);
    }
    String nothing = "http://127.0.0.1:1";

    assertThat(run(endpoints(stack.endpoints().bootstrapServers(), nothing), "--topic", "unread"))
        .isEqualTo(2);
    assertThat(err.toString()).contains(nothing, "furnistream status");

    assertThat(run(endpoints("127.0.0.1:1", stack.endpoints().registryUrl()), "--topic", "unread"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("127.0.0.1:1", "furnistream status");
  }

  private static void create(String topic, int partitions) throws Exception {
    // The broker would soon delete records of 2016.
    Map<String, String> keptForEver = Map.of("retention.ms", "-1");
    admin
        .createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(keptForEver)))
        .all()
        .get(30, TimeUnit.SECONDS);
  }

  private static Endpoints endpoints(String bootstrapServers, String registryUrl) {
    return Endpoints.fromEnvironment(
        Map.of(Endpoints.BOOTSTRAP_SERVERS, bootstrapServers, Endpoints.REGISTRY_URL, registryUrl));
  }

  private static Producer<Object, Object> producer(Map<String, String> further) {
    Map<String, Object> settings = new HashMap<>(further);
    settings.put("bootstrap.servers", stack.endpoints().bootstrapServers());
    return new KafkaProducer<>(settings, serializer(true), serializer(false));
  }

  private static Serializer<Object> serializer(boolean key) {
    Serializer<Object> serializer = new KafkaAvroSerializer();
    serializer.configure(Map.of("schema.registry.url", stack.endpoints().registryUrl()), key);
    return serializer;
  }

  private static GenericRecord key(int id) {
    return new GenericRecordBuilder(KEY).set("id", id).build();
  }

  private static void send(
      Producer<Object, Object> producer, String topic, int partition, long time, int id, int n)
      throws Exception {
    GenericRecord value = new GenericRecordBuilder(VALUE).set("n", n).build();
    producer
        .send(new ProducerRecord<>(topic, partition, time, key(id), value))
        .get(30, TimeUnit.SECONDS);
  }

  private List<String> values(String topic, int last) throws IOException {
    return records(topic, last).stream()
        .map(record -> record.path("before").path("value.n").path("value").asText())
        .toList();
  }

  private List<JsonNode> records(String topic, int last) throws IOException {
    run(stack.endpoints(), "--topic", topic, "--last", Integer.toString(last), "--json");
    assertThat(err.toString()).isEmpty();
    List<JsonNode> records = new ArrayList<>();
    JSON.readTree(out.toString()).path("records").forEach(records::add);
    return records;
  }

  private int run(Endpoints endpoints, String... arguments) throws IOException {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Map<String, String> config =
        Map.ofEntries(
            Map.entry(
                "connector.class", "io.furnistream.connectors.cassandra.CassandraSinkConnector"),
            Map.entry("topics.regex", ".*"),
            Map.entry("transforms", "mark"),
            Map.entry("transforms.mark.type", "org.apache.kafka.connect.transforms.RegexRouter"),
            Map.entry("transforms.mark.regex", ".*"),
            Map.entry("transforms.mark.replacement", "marked"),
            Map.entry("transforms.mark.predicate", "marked"),
            Map.entry("predicates", "marked"),
            Map.entry(
                "predicates.marked.type",
                "org.apache.kafka.connect.transforms.predicates.HasHeaderKey"),
            Map.entry("predicates.marked.name", "origin"),
            Map.entry("errors.tolerance", "all"),
            Map.entry("errors.deadletterqueue.topic.name", "dead_letters"),
            Map.entry("topic.ordered.shop.a.mapping", "*"),
            Map.entry("topic.committed.shop.b.mapping", "*"),
            Map.entry("topic.deleted.shop.c.mapping", "*"),
            Map.entry("topic.marked.shop.d.mapping", "*"),
            Map.entry("topic.mixed.shop.e.mapping", "*"));
    Path connector =
        Files.writeString(
            folder.resolve("connector.json"),
            JSON.writeValueAsString(Map.of("name", "tried", "config", config)));
    List<String> all = new ArrayList<>(List.of(connector.toString()));
    all.addAll(List.of(arguments));
    return Commands.commandLine(new PreviewCommand(List::of, () -> endpoints, Map::of))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }
}
