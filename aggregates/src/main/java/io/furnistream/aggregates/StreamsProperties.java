package io.furnistream.aggregates;

import io.furnistream.aggregates.faults.ProcessingFaultHandler;
import io.furnistream.aggregates.faults.ReadingFaultHandler;
import io.furnistream.aggregates.reading.PartitionNotes;
import io.furnistream.aggregates.streams.BoundedRocksDb;
import io.furnistream.schemas.AggregatesGroup;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** How Kafka Streams is set up: exactly once, within a heap of 256 MB. */
public final class StreamsProperties {

  /** Name of the consumer group, and prefix of every internal topic; see {@link Rebuild}. */
  public static final String APPLICATION_ID = AggregatesGroup.ID;

  /**
   * How long changes are collected at most. A figure passes three stages, each with a commit; while
   * records arrive slowly, a stage asks for the commit earlier.
   */
  static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);

  private static final int FETCH = 8 << 20;
  // Some 2,000 records. A thread processes what it fetched partition by partition: at the default,
  // a megabyte, the partitions of a backlog are days apart, and a day is sent once for each.
  private static final int PARTITION_FETCH = 128 << 10;
  private static final int PRODUCER_MEMORY = 16 << 20;
  private static final int BATCH = 64 << 10;
  private static final int SEGMENT = 50 << 20;

  private StreamsProperties() {}

  /** The properties of Kafka Streams under these settings. */
  public static Properties of(AggregatesSettings settings) {
    Map<String, Object> all = new HashMap<>(settings.clients().kafka());
    all.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
    all.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
    all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.replicationFactor());
    all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
    all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    all.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, ReadingFaultHandler.class);
    all.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingFaultHandler.class);
    all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    // Sums and counts of a group may arrive in any order: a task never waits for the other topic.
    all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
    // A day's millionth record must not be its millionth update: changes are sent once per commit.
    all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL.toMillis());
    // The stages do their own caching.
    all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);

    // After kill -9 the partitions wait for the dead member's session to end.
    consumer(all, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    consumer(all, ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH);
    consumer(all, ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH);
    // At most twice as many of each partition are held in memory.
    all.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
        AvroClients.MAX_POLL_RECORDS);
    all.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, AvroClients.MAX_POLL_RECORDS);

    all.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
        PartitionNotes.class.getName());

    producer(all, ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    producer(all, ProducerConfig.BATCH_SIZE_CONFIG, BATCH);
    producer(all, ProducerConfig.BUFFER_MEMORY_CONFIG, PRODUCER_MEMORY);

    Topic.KEEP_EVERY_EVENT_TIME.forEach((name, value) -> topic(all, name, value));
    topic(all, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, settings.minInsyncReplicas());
    // A changelog is compacted only when a segment is full, and restored from its beginning.
    topic(all, TopicConfig.SEGMENT_BYTES_CONFIG, SEGMENT);

    Properties properties = new Properties();
    properties.putAll(all);
    return properties;
  }

  private static void consumer(Map<String, Object> all, String name, Object value) {
    all.put(StreamsConfig.consumerPrefix(name), value);
  }

  private static void producer(Map<String, Object> all, String name, Object value) {
    all.put(StreamsConfig.producerPrefix(name), value);
  }

  private static void topic(Map<String, Object> all, String name, Object value) {
    all.put(StreamsConfig.topicPrefix(name), value);
  }
}
