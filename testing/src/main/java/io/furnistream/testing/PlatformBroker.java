package io.furnistream.testing;

import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import io.furnistream.cli.ClientProperties;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.schemas.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A real broker in this JVM with the topics of the platform, and a registry in its memory. */
public final class PlatformBroker implements AutoCloseable {

  private static final short ONE_COPY = 1;
  private static final Duration READ_WITHIN = Duration.ofSeconds(60);

  private final TestBroker server;
  private final Endpoints endpoints;

  private PlatformBroker(TestBroker server, Endpoints endpoints) {
    this.server = server;
    this.endpoints = endpoints;
  }

  /** Starts an empty broker; the registry's scope is named after its port, and is empty too. */
  public static PlatformBroker start(Path folder) throws Exception {
    TestBroker server = TestBroker.start(folder);
    return new PlatformBroker(server, endpoints(server.bootstrapServers(), registryOf(server)));
  }

  /** Starts a broker with the topics that producers write. */
  public static PlatformBroker startWithLogs(Path folder) throws Exception {
    PlatformBroker broker = start(folder);
    for (Topic topic : Topic.LOGS) {
      broker.create(topic);
    }
    return broker;
  }

  /** Starts an empty broker that speaks only TLS, with those who know its password. */
  public static PlatformBroker startSecured(Path folder) throws Exception {
    TestBroker server = TestBroker.startSecured(folder);
    return new PlatformBroker(
        server,
        Endpoints.fromEnvironment(
            Map.of(
                Endpoints.BOOTSTRAP_SERVERS,
                server.bootstrapServers(),
                Endpoints.REGISTRY_URL,
                registryOf(server),
                ClientProperties.VARIABLE,
                server.clientProperties().toString())));
  }

  private static String registryOf(TestBroker server) {
    String address = server.bootstrapServers();
    return "mock://platform-" + address.substring(address.lastIndexOf(':') + 1);
  }

  /** Where it answers. */
  public Endpoints endpoints() {
    return endpoints;
  }

  /** Where Kafka and a registry answer. */
  public static Endpoints endpoints(String bootstrapServers, String registryUrl) {
    return Endpoints.fromEnvironment(
        Map.of(Endpoints.BOOTSTRAP_SERVERS, bootstrapServers, Endpoints.REGISTRY_URL, registryUrl));
  }

  /** Creates a topic as the platform does, with its schemas in the registry. */
  public void create(Topic topic) throws Exception {
    create(topic, topic.partitions(), Map.of());
    register(topic);
  }

  /** Creates a topic as the platform does, but for the settings given. */
  public void create(Topic topic, int partitions, Map<String, String> settings) throws Exception {
    Map<String, String> all = new HashMap<>(topic.newTopic(PlatformSettings.defaults()).configs());
    all.putAll(settings);
    try (Admin admin = admin()) {
      admin
          .createTopics(List.of(new NewTopic(topic.topicName(), partitions, ONE_COPY).configs(all)))
          .all()
          .get(30, TimeUnit.SECONDS);
      // The controller answers before the broker has heard of the topic.
      await("the broker to know " + topic.topicName())
          .atMost(Duration.ofSeconds(30))
          .until(() -> leaders(admin, topic) == partitions);
    }
  }

  private static long leaders(Admin admin, Topic topic) throws Exception {
    try {
      return admin
          .describeTopics(List.of(topic.topicName()))
          .topicNameValues()
          .get(topic.topicName())
          .get(30, TimeUnit.SECONDS)
          .partitions()
          .stream()
          .filter(partition -> partition.leader() != null)
          .count();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return 0;
      }
      throw e;
    }
  }

  /** Registers the schemas of a topic. */
  public void register(Topic topic) throws IOException, RestClientException {
    register(endpoints.registryUrl(), topic);
  }

  /** Registers the schemas of a topic in a registry of this JVM. */
  public static void register(String url, Topic topic) throws IOException, RestClientException {
    SchemaRegistryClient registry =
        MockSchemaRegistry.getClientForScope(url.substring("mock://".length()));
    registry.register(topic.topicName() + "-key", new AvroSchema(topic.keySchema()));
    registry.register(topic.topicName() + "-value", new AvroSchema(topic.valueSchema()));
  }

  /** All that a topic holds now, partition by partition, in the order of its offsets. */
  public <K extends SpecificRecord, V extends SpecificRecord> List<ConsumerRecord<K, V>> read(
      Topic topic) {
    try (KafkaConsumer<K, V> consumer =
        new KafkaConsumer<>(
            new AvroClients(endpoints.kafkaClient(), endpoints.registryClient()).consumer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long expected =
          consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      List<ConsumerRecord<K, V>> all = new ArrayList<>();
      Instant giveUp = Instant.now().plus(READ_WITHIN);
      while (all.size() < expected && Instant.now().isBefore(giveUp)) {
        consumer.poll(Duration.ofMillis(200)).forEach(all::add);
      }
      if (all.size() < expected) {
        throw new AssertionError("read " + all.size() + " of " + expected + " records in time");
      }
      return all;
    }
  }

  /** How many records a topic has taken. */
  public long count(Topic topic) {
    try (KafkaConsumer<SpecificRecord, SpecificRecord> consumer =
        new KafkaConsumer<>(
            new AvroClients(endpoints.kafkaClient(), endpoints.registryClient()).consumer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private Admin admin() {
    return Admin.create(endpoints.kafkaClient());
  }

  @Override
  public void close() {
    server.close();
  }
}
