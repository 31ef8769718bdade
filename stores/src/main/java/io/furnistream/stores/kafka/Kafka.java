package io.furnistream.stores.kafka;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Deadline;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.UnavailableException;
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
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What is read from Kafka: committed records, and the progress of groups. It joins no group and
 * commits nothing. Not thread-safe.
 *
 * <p>Every method throws {@link UnavailableException} when Kafka does not answer.
 */
public final class Kafka implements AutoCloseable {

  private static final int FETCH_WITHIN_MS = 20;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
  private static final Duration STALLED_AFTER = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long TAIL_OFFSETS = 20;
  private static final long TAIL_GROWTH = 20;

  private final String bootstrapServers;
  private final Admin admin;
  private final Map<String, Object> consumerSettings;
  private KafkaConsumer<byte[], byte[]> consumer;

  /**
   * Connects; only the first request finds out whether Kafka answers.
   *
   * @param endpoints where Kafka answers
   */
  public Kafka(Endpoints endpoints) {
    this.bootstrapServers = endpoints.bootstrapServers();
    int answerWithin = Math.toIntExact(ANSWER_WITHIN.toMillis());
    this.consumerSettings =
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

  /** The partitions of those topics of these names that exist. */
  public List<TopicPartition> partitionsIfThere(Collection<String> names) {
    Collection<String> existing = answer(admin.listTopics().names());
    return partitionsOf(names.stream().filter(existing::contains).toList());
  }

  /** The topic's id: one that is deleted and made again has another. */
  public Uuid id(Topic topic) {
    return answer(admin.describeTopics(List.of(topic.topicName())).allTopicNames())
        .get(topic.topicName())
        .topicId();
  }

  /** For each partition the offset behind its last committed record or transaction marker. */
  public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
  }

  /** For each partition the offset behind all that is written, be it committed or not. */
  public Map<TopicPartition, Long> writtenOffsets(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
  }

  /**
   * The first of these partitions' offsets that belong to a transaction which is still open: what
   * lies from there on is not committed, or not yet delivered.
   */
  public Map<TopicPartition, Long> openTransactions(Collection<TopicPartition> partitions) {
    // First where the partitions end, then up to where they are stable: the other way round, a
    // record that is written in between would look like a transaction.
    Map<TopicPartition, Long> ends = writtenOffsets(partitions);
    Map<TopicPartition, Long> open = new HashMap<>();
    endOffsets(partitions)
        .forEach(
            (partition, stable) -> {
              if (ends.get(partition) > stable) {
                open.put(partition, stable);
              }
            });
    return open;
  }

  /** For each partition the offset from which it is kept. */
  public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
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
    long[] behindLast = {from};
    read(
        Map.of(partition, from),
        Map.of(partition, end),
        record -> {
          reader.accept(record);
          behindLast[0] = record.offset() + 1;
        });
    return behindLast[0] == from ? OptionalLong.empty() : OptionalLong.of(behindLast[0]);
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
    return behindLastRecords(endOffsets(partitions));
  }

  /**
   * The offset behind the last committed record before an offset of each partition; a partition
   * with no such record is left out.
   *
   * @param before no later than where the partition's committed records end
   */
  public Map<TopicPartition, Long> behindLastRecords(Map<TopicPartition, Long> before) {
    Map<TopicPartition, Long> beginnings = beginningOffsets(before.keySet());
    Map<TopicPartition, Long> found = new HashMap<>();
    Map<TopicPartition, Long> left = new HashMap<>(before);
    // From the end backwards, further each time: the last record is followed by a few markers at
    // most, unless compaction has removed what was between.
    for (long tail = TAIL_OFFSETS; !left.isEmpty(); tail *= TAIL_GROWTH) {
      Map<TopicPartition, Long> from = new HashMap<>();
      for (Map.Entry<TopicPartition, Long> each : left.entrySet()) {
        from.put(each.getKey(), Math.max(beginnings.get(each.getKey()), each.getValue() - tail));
      }
      read(
          from,
          left,
          record ->
              found.put(
                  new TopicPartition(record.topic(), record.partition()), record.offset() + 1));
      left.keySet()
          .removeIf(each -> found.containsKey(each) || from.get(each).equals(beginnings.get(each)));
    }
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

  /**
   * What each of these groups is doing. A group that neither has members nor has committed anything
   * is {@link GroupState#DEAD}.
   */
  public Map<String, GroupState> states(Collection<String> groups) {
    Map<String, GroupState> states = new HashMap<>();
    admin
        .describeConsumerGroups(groups)
        .describedGroups()
        .forEach((group, description) -> states.put(group, state(description)));
    return states;
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close();
    }
    admin.close(Duration.ofSeconds(1));
  }

  private GroupState state(KafkaFuture<ConsumerGroupDescription> description) {
    try {
      return description.get().groupState();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return GroupState.DEAD;
      }
      throw doesNotAnswer(e.getCause());
    }
  }

  private Map<TopicPartition, Long> offsets(
      Collection<TopicPartition> partitions, OffsetSpec which, IsolationLevel isolation) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    answer(
            admin
                .listOffsets(
                    partitions.stream().collect(Collectors.toMap(each -> each, each -> which)),
                    new ListOffsetsOptions(isolation))
                .all())
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  /** Reads the committed records of partitions, each from its first offset to before its end. */
  private void read(
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> ends,
      Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    Map<TopicPartition, Long> positions = new HashMap<>(from);
    positions.entrySet().removeIf(each -> each.getValue() >= ends.get(each.getKey()));
    if (!positions.isEmpty()) {
      guarded(() -> readAll(positions, ends, reader));
    }
  }

  private void readAll(
      Map<TopicPartition, Long> positions,
      Map<TopicPartition, Long> ends,
      Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    if (consumer == null) {
      consumer = new KafkaConsumer<>(consumerSettings);
    }
    consumer.assign(positions.keySet());
    // A partition that is assigned again stays as it was left: paused at its end.
    consumer.resume(positions.keySet());
    positions.forEach(consumer::seek);
    Deadline stalled = Deadline.in(STALLED_AFTER);
    while (!positions.isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
          reader.accept(record);
        }
      }
      boolean hasMoved = false;
      for (TopicPartition partition : List.copyOf(positions.keySet())) {
        // Not the last record's offset: a transaction's marker at the end delivers none.
        long now = consumer.position(partition);
        hasMoved |= now > positions.put(partition, now);
        if (now >= ends.get(partition)) {
          positions.remove(partition);
          consumer.pause(List.of(partition));
        }
      }
      if (hasMoved) {
        stalled = Deadline.in(STALLED_AFTER);
      } else if (stalled.hasPassed()) {
        TopicPartition partition = positions.keySet().iterator().next();
        throw new UnavailableException(
            "Kafka at %s delivered nothing of %s for %d s, at offset %d of %d. See `furnistream status` and `furnistream logs kafka`."
                .formatted(
                    bootstrapServers,
                    partition,
                    STALLED_AFTER.toSeconds(),
                    positions.get(partition),
                    ends.get(partition)));
      }
    }
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

  private void guarded(Runnable question) {
    try {
      question.run();
    } catch (KafkaException e) {
      throw doesNotAnswer(e);
    }
  }

  private UnavailableException doesNotAnswer(Throwable cause) {
    return new UnavailableException(
        "Kafka at %s does not answer (%s). Start the stack with `furnistream up`, or set %s."
            .formatted(bootstrapServers, cause.getMessage(), Endpoints.BOOTSTRAP_SERVERS),
        cause);
  }
}
