package io.furnistream.aggregates;

import io.furnistream.aggregates.testing.TestRegistry;
import io.furnistream.cli.ClientProperties;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DeadLetterTopics;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.schemas.Topic;
import io.furnistream.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A real broker in this JVM, on free ports of the loopback address, which asks for TLS and a
 * password: whatever client the application makes must bring them.
 */
final class KafkaBroker implements AutoCloseable {

  private final TestBroker server;
  private final Map<String, String> environment;
  private final AvroClients clients;
  private final Admin admin;

  private KafkaBroker(TestBroker server) {
    this.server = server;
    this.environment =
        Map.of(
            Endpoints.BOOTSTRAP_SERVERS,
            server.bootstrapServers(),
            Endpoints.REGISTRY_URL,
            TestRegistry.URL,
            ClientProperties.VARIABLE,
            server.clientProperties().toString());
    Endpoints endpoints = Endpoints.fromEnvironment(environment);
    this.clients = new AvroClients(endpoints.kafkaClient(), endpoints.registryClient());
    this.admin = Admin.create(clients.kafka());
  }

  static KafkaBroker start(Path folder) throws Exception {
    TestRegistry.fill();
    return new KafkaBroker(TestBroker.startSecured(folder));
  }

  /** What a process of the application finds it by. */
  Map<String, String> environment() {
    return environment;
  }

  AvroClients clients() {
    return clients;
  }

  Admin admin() {
    return admin;
  }

  /** Creates the platform's topics, and the one for dead letters. */
  void createTopics() throws Exception {
    List<NewTopic> topics = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      topics.add(topic.newTopic(PlatformSettings.defaults()));
    }
    topics.add(DeadLetterTopics.newTopic(DeadLetterTopics.AGGREGATES, PlatformSettings.defaults()));
    admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
  }

  /** Whether the application has committed every record that its source topic holds. */
  boolean hasReadEverything() throws Exception {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(StreamsProperties.APPLICATION_ID)
            .partitionsToOffsetAndMetadata()
            .get(30, TimeUnit.SECONDS);
    return endOffsets(Topic.DAILY_RECORDS.topicName()).entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata offset = committed.get(end.getKey());
              return end.getValue() == 0 || (offset != null && offset.offset() >= end.getValue());
            });
  }

  /** How many processes have partitions of the source topic. */
  long instances() throws Exception {
    return admin
        .describeConsumerGroups(List.of(StreamsProperties.APPLICATION_ID))
        .all()
        .get(30, TimeUnit.SECONDS)
        .get(StreamsProperties.APPLICATION_ID)
        .members()
        .stream()
        .filter(
            member ->
                member.assignment().topicPartitions().stream()
                    .anyMatch(each -> each.topic().equals(Topic.DAILY_RECORDS.topicName())))
        // Streams names its members after the process and the thread: …-<uuid>-StreamThread-1-…
        .map(member -> member.clientId().replaceAll("-StreamThread-.*", ""))
        .distinct()
        .count();
  }

  /** A reader of the rows of a topic, from its beginning. */
  TableReader table(Topic topic) {
    return new TableReader(topic);
  }

  /** How many records a topic holds that are committed. */
  long countCommitted(String topic) {
    Map<String, Object> settings = new HashMap<>(clients.consumer());
    settings.put("key.deserializer", ByteArrayDeserializer.class);
    settings.put("value.deserializer", ByteArrayDeserializer.class);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
      Map<TopicPartition, Long> ends = endOffsets(consumer, topic);
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      long count = 0;
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        count += consumer.poll(Duration.ofMillis(100)).count();
      }
      return count;
    }
  }

  private Map<TopicPartition, Long> endOffsets(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(clients.consumer())) {
      return endOffsets(consumer, topic);
    }
  }

  private static Map<TopicPartition, Long> endOffsets(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    return consumer.endOffsets(
        consumer.partitionsFor(topic).stream()
            .map(each -> new TopicPartition(topic, each.partition()))
            .toList());
  }

  @Override
  public void close() {
    admin.close();
    server.close();
  }

  /** Reads rows as they come and keeps the latest of each key. */
  final class TableReader implements AutoCloseable {

    private final KafkaConsumer<SpecificRecord, SpecificRecord> consumer =
        new KafkaConsumer<>(clients.consumer());
    private final Map<SpecificRecord, SpecificRecord> table = new HashMap<>();
    private final Map<SpecificRecord, Integer> partitions = new HashMap<>();
    private long rows;

    private TableReader(Topic topic) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
    }

    /** The table by all rows that are there by now. */
    Map<SpecificRecord, SpecificRecord> now() {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(this::take);
      }
      return table;
    }

    /** How many rows were read. */
    long rows() {
      return rows;
    }

    private void take(ConsumerRecord<SpecificRecord, SpecificRecord> row) {
      Integer before = partitions.put(row.key(), row.partition());
      if (before != null && before != row.partition()) {
        throw new AssertionError("Rows of " + row.key() + " are in two partitions");
      }
      rows++;
      if (row.value() == null) {
        table.remove(row.key());
      } else {
        table.put(row.key(), row.value());
      }
    }

    @Override
    public void close() {
      consumer.close();
    }
  }
}
