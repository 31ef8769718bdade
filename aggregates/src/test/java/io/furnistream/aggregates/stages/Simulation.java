package io.furnistream.aggregates.stages;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.furnistream.aggregates.faults.DataFaultException;
import io.furnistream.aggregates.reading.PartitionNotes;
import io.furnistream.aggregates.reading.SourceSerdes;
import io.furnistream.aggregates.tables.AggregateSet;
import io.furnistream.aggregates.tables.RowKey;
import io.furnistream.aggregates.tables.Sale;
import io.furnistream.aggregates.testing.TestRegistry;
import io.furnistream.registry.RegistryUnavailableException;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.Topic;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The stages over six partitions without Kafka: which task works next, how much it takes in before
 * it commits, and where it crashes is left to chance. A crash loses what was not committed, and the
 * records are taken in again.
 */
final class Simulation {

  private static final int PARTITIONS = Batch.PARTITIONS;

  private final Random random;
  private final Serializer<Object> avro = serializer(false);
  private final Serializer<Object> avroKeys = serializer(true);
  private final KafkaAvroDeserializer rowKeys = new KafkaAvroDeserializer();
  private final KafkaAvroDeserializer rowValues = new KafkaAvroDeserializer();
  private final PartitionNotes notes = new PartitionNotes();
  private final Deserializer<byte[]> sourceKeys;
  private final Deserializer<Sale> sourceValues;
  private final List<Task<?, ?, ?, ?>> tasks = new ArrayList<>();
  private final List<Task<byte[], Sale, Integer, Batch>> records = new ArrayList<>();
  private final Map<Topic, Map<SpecificRecord, SpecificRecord>> tables = new HashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private int largest;

  /** One row as it was sent: a tombstone when the value is null. */
  record Row(Topic topic, SpecificRecord key, SpecificRecord value) {}

  Simulation(long seed) throws Exception {
    this(seed, TestRegistry.URL);
  }

  /** Stages that ask another registry what a record means. */
  Simulation(long seed, String registryUrl) throws Exception {
    TestRegistry.fill();
    Map<String, Object> registry = Map.of("schema.registry.url", registryUrl);
    sourceKeys = SourceSerdes.key(registry);
    sourceValues = SourceSerdes.value(registry);
    random = new Random(seed);
    rowKeys.configure(clients().deserializer(), true);
    rowValues.configure(clients().deserializer(), false);
    Rows written = new Rows(avroKeys, avro);
    Task<Integer, byte[], RowKey, byte[]> latest =
        new Task<>(0, LatestStage.LATEST, here -> new LatestStage(written, here), this::deliver);
    List<Task<Integer, byte[], RowKey, byte[]>> totals = new ArrayList<>();
    List<Task<Integer, byte[], Integer, Batch>> members = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      totals.add(
          new Task<>(
              partition,
              TotalStage.TOTALS,
              here -> new TotalStage(AggregateSet.ALL, written, here),
              this::deliver));
    }
    for (int partition = 0; partition < PARTITIONS; partition++) {
      members.add(
          new Task<>(
              partition,
              MemberStage.MEMBERS,
              here -> new MemberStage(AggregateSet.ALL, here),
              (key, batch) ->
                  totals.get(key).input.add(Map.entry(key, measured(batch.entries())))));
    }
    for (int partition = 0; partition < PARTITIONS; partition++) {
      records.add(
          new Task<>(
              partition,
              RecordStage.CONTRIBUTIONS,
              here -> new RecordStage(AggregateSet.ALL, here),
              (key, batch) -> {
                switch (batch.kind()) {
                  case MEMBERS ->
                      members.get(key).input.add(Map.entry(key, measured(batch.entries())));
                  case GROUPS ->
                      totals.get(key).input.add(Map.entry(key, measured(batch.entries())));
                  case LATEST -> latest.input.add(Map.entry(key, measured(batch.entries())));
                }
              }));
    }
    tasks.addAll(records);
    tasks.addAll(members);
    tasks.addAll(totals);
    tasks.add(latest);
  }

  /**
   * Has a record wait in its partition.
   *
   * @return whether it is sound; one that is not never reaches a stage
   */
  boolean send(DailyRecordKey key, DailyRecord value) {
    String topic = Topic.DAILY_RECORDS.topicName();
    return send(
        partition(key.getTsId()), avroKeys.serialize(topic, key), avro.serialize(topic, value));
  }

  /** Where a record of this id lies; null when it is not an id. */
  private static Integer partition(String id) {
    try {
      return RecordId.parse(id).partition(PARTITIONS);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** As {@link #send(DailyRecordKey, DailyRecord)}, with the bytes of the topic. */
  boolean send(byte[] keyBytes, byte[] valueBytes) {
    return send(null, keyBytes, valueBytes);
  }

  /**
   * As {@link #send(byte[], byte[])}.
   *
   * @param lies the partition in which the record lies; null for the one of its id
   */
  boolean send(Integer lies, byte[] keyBytes, byte[] valueBytes) {
    String topic = Topic.DAILY_RECORDS.topicName();
    Headers headers = lies == null ? new RecordHeaders() : notedHeaders(lies);
    byte[] recordKey;
    Sale sale;
    try {
      recordKey = sourceKeys.deserialize(topic, headers, keyBytes);
      sale = sourceValues.deserialize(topic, headers, valueBytes);
    } catch (RegistryUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      return false;
    }
    String id = LatestRecord.of(recordKey, 0).id();
    int partition = lies == null ? RecordId.parse(id).partition(PARTITIONS) : lies;
    records.get(partition).input.add(new AbstractMap.SimpleEntry<>(recordKey, sale));
    return true;
  }

  /** The headers of a record as the consumer's interceptor leaves them. */
  private Headers notedHeaders(int partition) {
    TopicPartition read = new TopicPartition(Topic.DAILY_RECORDS.topicName(), partition);
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(read.topic(), read.partition(), 0, null, null);
    return notes
        .onConsume(new ConsumerRecords<>(Map.of(read, List.of(record)), Map.of()))
        .iterator()
        .next()
        .headers();
  }

  /** Some task takes some records in, and commits, or crashes, or neither. */
  void step() {
    Task<?, ?, ?, ?> task = tasks.get(random.nextInt(tasks.size()));
    task.takeSome(random.nextInt(20));
    int dice = random.nextInt(10);
    if (dice < 5) {
      task.commit();
    } else if (dice == 5) {
      task.crash();
    }
  }

  /** Lets everything that waits be done. */
  void settle() {
    for (int stage = 0; stage < 3; stage++) {
      for (Task<?, ?, ?, ?> task : tasks) {
        task.takeSome(Integer.MAX_VALUE);
        task.commit();
      }
    }
  }

  /** The totals of all rows of a topic. */
  Map<SpecificRecord, SpecificRecord> table(Topic topic) {
    return tables.getOrDefault(topic, Map.of());
  }

  /** Every row that was sent, in its order. */
  List<Row> rows() {
    return Collections.unmodifiableList(rows);
  }

  /** How many entries the stores hold. */
  long stored() {
    return tasks.stream().mapToLong(task -> task.committed.size()).sum();
  }

  /** How many bytes the largest value had that was stored, or sent from stage to stage. */
  int largest() {
    return largest;
  }

  private byte[] measured(byte[] value) {
    largest = Math.max(largest, value == null ? 0 : value.length);
    return value;
  }

  private void deliver(RowKey key, byte[] row) {
    SpecificRecord rowKey =
        (SpecificRecord) rowKeys.deserialize(key.topic().topicName(), key.avro().get());
    SpecificRecord value =
        row == null ? null : (SpecificRecord) rowValues.deserialize(key.topic().topicName(), row);
    rows.add(new Row(key.topic(), rowKey, value));
    Map<SpecificRecord, SpecificRecord> table =
        tables.computeIfAbsent(key.topic(), topic -> new HashMap<>());
    if (value == null) {
      table.remove(rowKey);
    } else {
      table.put(rowKey, value);
    }
  }

  private static AvroClients clients() {
    return new AvroClients("127.0.0.1:1", TestRegistry.URL);
  }

  private static Serializer<Object> serializer(boolean isKey) {
    KafkaAvroSerializer serializer = new KafkaAvroSerializer();
    serializer.configure(clients().serializer(), isKey);
    return serializer;
  }

  private interface Output<K, V> {
    void send(K key, V value);
  }

  /** One task with its partition, its store and its transaction. */
  private final class Task<KIn, VIn, KOut, VOut> {

    private final int partition;
    private final String storeName;
    private final Stage.Factory<KIn, VIn, KOut, VOut> factory;
    private final Output<KOut, VOut> output;
    private final Deque<Map.Entry<KIn, VIn>> input = new ArrayDeque<>();
    private final Deque<Map.Entry<KIn, VIn>> taken = new ArrayDeque<>();
    private final List<Runnable> sent = new ArrayList<>();
    private Map<Bytes, byte[]> committed = new HashMap<>();
    private KeyValueStore<Bytes, byte[]> store;
    private Stage<KIn, VIn> stage;

    Task(
        int partition,
        String storeName,
        Stage.Factory<KIn, VIn, KOut, VOut> factory,
        Output<KOut, VOut> output) {
      this.partition = partition;
      this.storeName = storeName;
      this.factory = factory;
      this.output = output;
      open();
    }

    void takeSome(int limit) {
      for (int n = 0; n < limit && !input.isEmpty(); n++) {
        Map.Entry<KIn, VIn> next = input.removeFirst();
        taken.addLast(next);
        stage.take(next.getKey(), next.getValue());
      }
    }

    void commit() {
      stage.flush();
      Map<Bytes, byte[]> now = new HashMap<>();
      try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
        all.forEachRemaining(
            entry -> now.put(entry.key, Arrays.copyOf(measured(entry.value), entry.value.length)));
      }
      committed = now;
      taken.clear();
      sent.forEach(Runnable::run);
      sent.clear();
    }

    void crash() {
      while (!taken.isEmpty()) {
        input.addFirst(taken.removeLast());
      }
      sent.clear();
      open();
    }

    private void open() {
      store = Stores.inMemoryKeyValueStore(storeName).get();
      committed.forEach(store::put);
      stage =
          factory.open(
              new Stage.Context<>() {
                @Override
                public int partition() {
                  return partition;
                }

                @Override
                public KeyValueStore<Bytes, byte[]> store(String name) {
                  return store;
                }

                @Override
                public void send(KOut key, VOut value) {
                  sent.add(() -> output.send(key, value));
                }

                @Override
                public void refuse(byte[] part, DataFaultException fault) {
                  throw new AssertionError("No stage sends what another cannot take", fault);
                }
              });
    }
  }
}
