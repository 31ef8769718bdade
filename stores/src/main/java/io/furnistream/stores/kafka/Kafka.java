package io.furnistream.stores.kafka;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Deadline;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What is read from Kafka: committed records, and the progress of groups. It joins no group and
 * commits nothing. Not thread-safe.
 *
 * <p>Every method throws {@link CannotRunException} when Kafka does not answer.
 */
public final class Kafka implements AutoCloseable {

  private static final int FETCH_WITHIN_MS = 20;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
  private static final Duration STALLED_AFTER = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long TAIL_OFFSETS = 100;
  private static final long TAIL_GROWTH = 20;

  private final String bootstrapServers;
  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * Connects; only the first request finds out whether Kafka answers.
   *
   * @param endpoints where Kafka answers
   */
  public Kafka(Endpoints endpoints) {
    this.bootstrapServers = endpoints.bootstrapServers();
    int answerWithin = Math.toIntExact(ANSWER_WITHIN.toMillis());
    Map<String, Object> consumerSettings =
        new HashMap<>(
            new AvroClients(endpoints.kafkaClient(), endpoints.registryClient()).consumer());
    // Bytes, because a record that cannot be read is counted and must not end the reading.
    consumerSettings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    consumerSettings.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    consumerSettings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // A partition that ends in a transaction marker delivers nothing for its last offset.
    consumerSettings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WITHIN_MS);
    consumerSettings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, answerWithin);
    consumerSettings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, answerWithin);
    Map<String, Object> adminSettings = endpoints.kafkaClient();
    adminSettings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, answerWithin);
    adminSettings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, answerWithin);
    try {
      this.admin = Admin.create(adminSettings);
      this.consumer = new KafkaConsumer<>(consumerSettings);
    } catch (KafkaException e) {
      throw doesNotAnswer(e);
    }
  }

  /** The partitions of topics, in order. */
  public List<TopicPartition> partitions(Collection<Topic> topics) {
    return partitionsOf(topics.stream().map(Topic::topicName).toList());
  }

  /** The partitions of topics of these names, in order. */
  public List<TopicPartition> partitionsOf(Collection<String> names) {
    List<TopicPartition> partitions = new ArrayList<>();
    Map<String, TopicDescription> descriptions =
        answer(admin.describeTopics(names).allTopicNames());
    for (String name : names) {
      descriptions
          .get(name)
          .partitions()
          .forEach(info -> partitions.add(new TopicPartition(name, info.partition())));
    }
    return partitions;
  }

  /** The topic's id: one that is deleted and made again has another. */
  public Uuid id(Topic topic) {
    return answer(admin.describeTopics(List.of(topic.topicName())).allTopicNames())
        .get(topic.topicName())
        .topicId();
  }

  /** For each partition the offset behind its last committed record or transaction marker. */
  public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
    return guarded(() -> consumer.endOffsets(partitions));
  }

  /**
   * The first of these partitions' offsets that belong to a transaction which is still open: what
   * lies from there on is not committed, or not yet delivered.
   */
  public Map<TopicPartition, Long> openTransactions(Collection<TopicPartition> partitions) {
    // First where the partitions end, then up to where they are stable: the other way round, a
    // record that is written in between would look like a transaction.
    Map<TopicPartition, ListOffsetsResultInfo> ends =
        answer(
            admin
                .listOffsets(
                    partitions.stream()
                        .collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())))
                .all());
    Map<TopicPartition, Long> open = new HashMap<>();
    endOffsets(partitions)
        .forEach(
            (partition, stable) -> {
              if (ends.get(partition).offset() > stable) {
                open.put(partition, stable);
              }
            });
    return open;
  }

  /** For each partition the offset from which it is kept. */
  public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
    return guarded(() -> consumer.beginningOffsets(partitions));
  }

  /**
   * Reads the committed records of one partition.
   *
   * @param from the first offset
   * @param end the offset before which to stop
   * @param reader takes each record
   * @return the offset after the last record that was read, which is the position of a group that
   *     has consumed all of them; empty when there was none
   */
  public OptionalLong read(
      TopicPartition partition,
      long from,
      long end,
      Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    return guarded(() -> readAll(partition, from, end, reader));
  }

  /** Reads the committed records that a topic has when the call begins, partition by partition. */
  public void read(Topic topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    List<TopicPartition> partitions = partitions(List.of(topic));
    Map<TopicPartition, Long> begins = beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      read(partition, begins.get(partition), ends.get(partition), reader);
    }
  }

  /** The offset behind the last committed record of each of these partitions that has any. */
  public Map<TopicPartition, Long> behindLastRecords(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> ends = endOffsets(partitions);
    Map<TopicPartition, Long> beginnings = beginningOffsets(partitions);
    Map<TopicPartition, Long> found = new HashMap<>();
    partitions.forEach(
        partition ->
            behindLastRecord(partition, beginnings.get(partition), ends.get(partition))
                .ifPresent(offset -> found.put(partition, offset)));
    return found;
  }

  /** The offsets that groups have committed; a group that does not exist has committed none. */
  public Map<String, Map<TopicPartition, Long>> committedOffsets(Collection<String> groups) {
    Map<String, ListConsumerGroupOffsetsSpec> specs =
        groups.stream()
            .collect(Collectors.toMap(group -> group, g -> new ListConsumerGroupOffsetsSpec()));
    Map<String, Map<TopicPartition, Long>> committed = new HashMap<>();
    answer(admin.listConsumerGroupOffsets(specs).all())
        .forEach(
            (group, offsets) -> {
              Map<TopicPartition, Long> positions = new HashMap<>();
              offsets.forEach(
                  (partition, offset) -> {
                    if (offset != null) {
                      positions.put(partition, offset.offset());
                    }
                  });
              committed.put(group, positions);
            });
    return committed;
  }

  @Override
  public void close() {
    consumer.close();
    admin.close(Duration.ofSeconds(1));
  }

  private OptionalLong readAll(
      TopicPartition partition,
      long from,
      long end,
      Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    OptionalLong behindLast = OptionalLong.empty();
    if (from >= end) {
      return behindLast;
    }
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    long position = from;
    Deadline stalled = Deadline.in(STALLED_AFTER);
    while (position < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < end) {
          reader.accept(record);
          behindLast = OptionalLong.of(record.offset() + 1);
        }
      }
      // Not the last record's offset: a transaction's marker at the end delivers none.
      long now = consumer.position(partition);
      if (now > position) {
        position = now;
        stalled = Deadline.in(STALLED_AFTER);
      } else if (stalled.hasPassed()) {
        throw new CannotRunException(
            "Kafka at %s delivered nothing of %s for %d s, at offset %d of %d. See `furnistream status` and `furnistream logs kafka`."
                .formatted(bootstrapServers, partition, STALLED_AFTER.toSeconds(), position, end));
      }
    }
    return behindLast;
  }

  // Looks from the end backwards, further each time: the last record is followed by a few markers
  // at most, unless compaction has removed what was between.
  private OptionalLong behindLastRecord(TopicPartition partition, long beginning, long end) {
    long tail = TAIL_OFFSETS;
    long from;
    OptionalLong found;
    do {
      from = Math.max(beginning, end - tail);
      found = read(partition, from, end, record -> {});
      tail *= TAIL_GROWTH;
    } while (found.isEmpty() && from > beginning);
    return found;
  }

  private <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new CannotRunException(
            "Kafka at %s lacks a topic of the platform (%s). `furnistream up` creates them."
                .formatted(bootstrapServers, e.getCause().getMessage()),
            e);
      }
      throw doesNotAnswer(e.getCause());
    }
  }

  private <T> T guarded(java.util.function.Supplier<T> question) {
    try {
      return question.get();
    } catch (KafkaException e) {
      throw doesNotAnswer(e);
    }
  }

  private CannotRunException doesNotAnswer(Throwable cause) {
    return new CannotRunException(
        "Kafka at %s does not answer (%s). Start the stack with `furnistream up`, or set %s."
            .formatted(bootstrapServers, cause.getMessage(), Endpoints.BOOTSTRAP_SERVERS),
        cause);
  }
}
