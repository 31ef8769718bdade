package io.furnistream.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.furnistream.stack.EmbeddedStack;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lookup over a topic of a real broker, loaded from its plugin folder. */
class ReferenceTopicIT {

  private static final Home HOME = Home.fromSystemProperty();
  private static final int PORT_OFFSET = 17_700;
  private static final String BOOTSTRAP = "127.0.0.1:" + (9092 + PORT_OFFSET);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private EmbeddedStack stack;

  @BeforeEach
  void start() throws Exception {
    stack =
        EmbeddedStack.start(
            HOME,
            new StateFolder(folder.resolve("stack")),
            new Ports(PORT_OFFSET),
            Set.of("kafka"));
  }

  @AfterEach
  void end() {
    stack.close();
  }

  @Test
  void theTableIsWhatTheTopicSays() throws Exception {
    create();
    send("w", "{\"region\": \"west\", \"manager\": \"Wilma\"}");
    send("e", "{\"region\": \"east\", \"manager\": \"Emil\"}");
    try (Chain chain = chain(Map.of())) {
      assertThat(manager(chain, "west")).isEqualTo("Wilma");
      assertThat(manager(chain, "east")).isEqualTo("Emil");
      assertThat(manager(chain, "north")).isNull();

      send("w", "{\"region\": \"west\", \"manager\": \"Walter\"}");
      await("replaced").atMost(LIMIT).until(() -> "Walter".equals(manager(chain, "west")));

      send("w", "no JSON");
      send("w", "{\"manager\": \"of no region\"}");
      send(null, "{\"region\": \"west\", \"manager\": \"of no key\"}");
      send("n", "{\"region\": \"north\", \"manager\": \"Nora\"}");
      await("read on").atMost(LIMIT).until(() -> "Nora".equals(manager(chain, "north")));
      assertThat(manager(chain, "west")).as("the row before an unreadable one").isEqualTo("Walter");

      // Another record takes the row over; then the first one leaves it, or is deleted.
      send("w2", "{\"region\": \"west\", \"manager\": \"Wanda\"}");
      send("w", "{\"region\": \"south\", \"manager\": \"Walter\"}");
      await("moved").atMost(LIMIT).until(() -> "Walter".equals(manager(chain, "south")));
      assertThat(manager(chain, "west")).isEqualTo("Wanda");

      send("w", null);
      send("w2", null);
      await("deleted").atMost(LIMIT).until(() -> manager(chain, "west") == null);
      assertThat(manager(chain, "south")).isNull();
      assertThat(manager(chain, "east")).isEqualTo("Emil");
    }
  }

  @Test
  void aTableOfTooManyRowsIsNotARecordsFault() throws Exception {
    create();
    send("w", "{\"region\": \"west\", \"manager\": \"Wilma\"}");
    send("w", "{\"region\": \"west\", \"manager\": \"Walter\"}");
    send("e", "{\"region\": \"east\", \"manager\": \"Emil\"}");
    try (Chain chain = chain(Map.of("max.rows", "2"))) {
      assertThat(manager(chain, "west")).as("as many as it may have").isEqualTo("Walter");

      // A record of the topic is a row, though two name the same.
      send("e2", "{\"region\": \"east\", \"manager\": \"Ella\"}");
      await("refused").atMost(LIMIT).until(() -> refusal(chain) != null);
      Step refusal = refusal(chain);
      assertThat(refusal.error()).contains("regions", "more than 2 rows", "max.rows");
      assertThat(refusal.retriable()).as(refusal.error()).isTrue();
    }
    try (Chain chain = chain(Map.of("max.rows", "2"))) {
      assertThat(refusal(chain).error()).as("from the start").contains("max.rows");
      assertThat(refusal(chain).retriable()).isTrue();
    }
  }

  @Test
  void aRecordIsTriedAgainUntilThereIsATopic() throws Exception {
    try (Chain chain = chain(Map.of("start.seconds", "1"))) {
      Step refusal = refusal(chain);
      assertThat(refusal.error()).contains("regions", "within 1 s", "no such topic");
      assertThat(refusal.retriable()).as(refusal.error()).isTrue();

      create();
      send("w", "{\"region\": \"west\", \"manager\": \"Wilma\"}");
      await("the topic").atMost(LIMIT).until(() -> refusal(chain) == null);
      await("the row").atMost(LIMIT).until(() -> "Wilma".equals(manager(chain, "west")));
    }
  }

  @Test
  void aRecordIsTriedAgainUntilThereIsABroker() throws Exception {
    create();
    send("w", "{\"region\": \"west\", \"manager\": \"Wilma\"}");
    stack.close();
    // So soon does the consumer give up, which it does after a minute by default.
    try (Chain chain =
        chain(Map.of("start.seconds", "1", "table.consumer.default.api.timeout.ms", "500"))) {
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThat(refusal(chain).error()).contains("regions", "within 1 s");
        assertThat(refusal(chain).retriable()).isTrue();
      }

      start();
      await("the broker").atMost(LIMIT).until(() -> refusal(chain) == null);
      assertThat(manager(chain, "west")).isEqualTo("Wilma");

      stack.close();
      assertThat(manager(chain, "west")).as("what is in memory").isEqualTo("Wilma");
      start();
      send("w", "{\"region\": \"west\", \"manager\": \"Walter\"}");
      await("read on").atMost(LIMIT).until(() -> "Walter".equals(manager(chain, "west")));
    }
  }

  private static Chain chain(Map<String, String> further) {
    Map<String, String> config =
        new HashMap<>(
            Map.of(
                "name", "tried",
                "connector.class", "io.furnistream.connectors.cassandra.CassandraSinkConnector",
                "topics", "sold",
                "topic.sold.shop.sales.mapping", "*",
                "transforms", "manager",
                "transforms.manager.type", "io.furnistream.transforms.Lookup$Value",
                "transforms.manager.table.topic", "regions",
                "transforms.manager.table.consumer.bootstrap.servers", BOOTSTRAP,
                "transforms.manager.key.fields", "region",
                "transforms.manager.columns", "manager:string"));
    further.forEach((property, value) -> config.put("transforms.manager." + property, value));
    return new Chain(config, List.of(HOME.root().resolve("transforms/target/plugins")));
  }

  /** What the chain adds to a record of this region. */
  private static Object manager(Chain chain, String region) {
    List<Step> steps = new ArrayList<>();
    SinkRecord after = chain.apply(sold(region), steps);
    assertThat(after).as(steps.toString()).isNotNull();
    return ((Map<?, ?>) after.value()).get("manager");
  }

  /** The step that fails; null when the record gets through. */
  private static Step refusal(Chain chain) {
    List<Step> steps = new ArrayList<>();
    return chain.apply(sold("west"), steps) == null ? steps.get(0) : null;
  }

  private static SinkRecord sold(String region) {
    return new SinkRecord("sold", 0, null, null, null, Map.of("region", region), 0);
  }

  private static void create() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", BOOTSTRAP))) {
      admin
          .createTopics(List.of(new NewTopic("regions", 1, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static void send(String key, String value) throws Exception {
    try (Producer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", BOOTSTRAP),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>("regions", key, value)).get(30, TimeUnit.SECONDS);
    }
  }
}
