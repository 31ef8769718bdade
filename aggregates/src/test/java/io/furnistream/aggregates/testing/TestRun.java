package io.furnistream.aggregates.testing;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.furnistream.aggregates.AggregatesSettings;
import io.furnistream.aggregates.StreamsProperties;
import io.furnistream.aggregates.streams.AggregatesTopology;
import io.furnistream.aggregates.tables.AggregateSet;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.DeadLetterTopics;
import io.furnistream.schemas.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The topology in one thread, with one partition, and a commit after each record. */
public final class TestRun implements AutoCloseable {

  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> input;
  private final TestOutputTopic<byte[], byte[]> deadLetters;
  private final Serializer<Object> keys;
  private final Serializer<Object> values;
  private final Map<Topic, TestOutputTopic<SpecificRecord, SpecificRecord>> outputs =
      new HashMap<>();
  private final Map<Topic, Map<SpecificRecord, SpecificRecord>> tables = new HashMap<>();

  public TestRun(Path stateDirectory) throws Exception {
    this(stateDirectory, TestRegistry.URL);
  }

  /** A topology that asks another registry than the one by which its input is written. */
  public TestRun(Path stateDirectory, String registryUrl) throws Exception {
    this(stateDirectory, registryUrl, AggregateSet.ALL);
  }

  /** A topology of some aggregates. */
  public TestRun(Path stateDirectory, String registryUrl, AggregateSet aggregates)
      throws Exception {
    TestRegistry.fill();
    AvroClients written = new AvroClients("127.0.0.1:1", TestRegistry.URL);
    AggregatesSettings settings =
        new AggregatesSettings(
            new AvroClients("127.0.0.1:1", registryUrl), stateDirectory, 0, 1, 1, 1, 0);
    Properties properties = StreamsProperties.of(settings);
    // With transactions the driver forgets what a handler sends; AggregatesIT has them.
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    driver =
        new TopologyTestDriver(AggregatesTopology.of(aggregates, settings.clients()), properties);
    keys = serializer(written, true);
    values = serializer(written, false);
    input =
        driver.createInputTopic(
            Topic.DAILY_RECORDS.topicName(), new ByteArraySerializer(), new ByteArraySerializer());
    deadLetters =
        driver.createOutputTopic(
            DeadLetterTopics.AGGREGATES, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    for (Topic topic : Topic.AGGREGATED) {
      outputs.put(
          topic,
          driver.createOutputTopic(
              topic.topicName(), deserializer(written, true), deserializer(written, false)));
      tables.put(topic, new HashMap<>());
    }
  }

  public byte[] keyBytes(DailyRecordKey key) {
    return keys.serialize(Topic.DAILY_RECORDS.topicName(), key);
  }

  public byte[] valueBytes(DailyRecord value) {
    return values.serialize(Topic.DAILY_RECORDS.topicName(), value);
  }

  public void send(DailyRecordKey key, DailyRecord value) {
    sendBytes(keyBytes(key), valueBytes(value));
  }

  public void sendBytes(byte[] key, byte[] value) {
    input.pipeInput(key, value);
  }

  /** The rows that came since they were last asked for, in their order; a tombstone is null. */
  public List<TestRecord<SpecificRecord, SpecificRecord>> rows(Topic topic) {
    List<TestRecord<SpecificRecord, SpecificRecord>> rows =
        new ArrayList<>(outputs.get(topic).readRecordsToList());
    for (TestRecord<SpecificRecord, SpecificRecord> row : rows) {
      if (row.value() == null) {
        tables.get(topic).remove(row.key());
      } else {
        tables.get(topic).put(row.key(), row.value());
      }
    }
    return rows;
  }

  /** The totals of all rows so far. */
  public Map<SpecificRecord, SpecificRecord> table(Topic topic) {
    rows(topic);
    return tables.get(topic);
  }

  /** The store of a stage, to look at or to break. */
  public KeyValueStore<Bytes, byte[]> store(String name) {
    return driver.getKeyValueStore(name);
  }

  /** Puts a batch before one of the later stages. */
  public void pipeInternal(String name, byte[] batch) {
    driver
        .createInputTopic(
            StreamsProperties.APPLICATION_ID + "-" + name + "-repartition",
            new IntegerSerializer(),
            new ByteArraySerializer())
        .pipeInput(0, batch);
  }

  public List<TestRecord<byte[], byte[]>> deadLetters() {
    return deadLetters.readRecordsToList();
  }

  @Override
  public void close() {
    driver.close();
  }

  private static Serializer<Object> serializer(AvroClients clients, boolean isKey) {
    KafkaAvroSerializer serializer = new KafkaAvroSerializer();
    serializer.configure(clients.serializer(), isKey);
    return serializer;
  }

  private static Deserializer<SpecificRecord> deserializer(AvroClients clients, boolean isKey) {
    KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();
    deserializer.configure(clients.deserializer(), isKey);
    return (topic, bytes) -> (SpecificRecord) deserializer.deserialize(topic, bytes);
  }
}
