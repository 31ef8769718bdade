package io.furnistream.aggregates;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Deadline;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts over where the group has no offsets: the first time that an application id runs, which is
 * a new {@link io.furnistream.schemas.Topic#AGGREGATED_FORM}, and after a reset, which deletes the
 * group. It takes back every row that the topics hold, so that rows whose records are gone do not
 * remain. Then it reads {@code daily_records} from the beginning and creates every other row again.
 *
 * <p>The rows are taken back a bounded number at a time, each in a transaction with the position
 * behind them, which is the offset of a group of its own. So it continues where it was interrupted.
 * The last transaction sets the group's first offsets and clears those positions: no run begins
 * before every row is taken back, and the next rebuild begins at the beginning.
 */
final class Rebuild {

  private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int ANSWER_SECONDS = 30;
  private static final String POSITIONS = StreamsProperties.APPLICATION_ID + "-rebuild";
  // Some seconds of work: brokers end a transaction that lasts longer than a minute.
  private static final int ROWS_PER_TRANSACTION = 20_000;
  // Another instance needs no more for a transaction: after that it is not at work any longer.
  private static final Duration OTHERS_TURN = Duration.ofSeconds(15);

  private static final Pattern GROUP = Pattern.compile("furnistream-aggregates(-\\d+)?(-rebuild)?");
  private static final Pattern INTERNAL_TOPIC =
      Pattern.compile("furnistream-aggregates-.*-(changelog|repartition)");

  private final AvroClients clients;
  private final Path stateDirectory;
  private final LocalState localState;
  private final Collection<Topic> outputs;
  private final int rowsPerTransaction;

  /**
   * A rebuild of these topics.
   *
   * @param stateDirectory where the state of each application id has a folder
   */
  Rebuild(AvroClients clients, Path stateDirectory, Collection<Topic> outputs) {
    this(clients, stateDirectory, outputs, ROWS_PER_TRANSACTION);
  }

  Rebuild(
      AvroClients clients, Path stateDirectory, Collection<Topic> outputs, int rowsPerTransaction) {
    this.clients = clients;
    this.stateDirectory = stateDirectory;
    this.localState = new LocalState(clients, stateDirectory);
    this.outputs = List.copyOf(outputs);
    this.rowsPerTransaction = rowsPerTransaction;
  }

  /**
   * Does what a first run needs, and nothing if it is not the first. If several instances start
   * together, one does it and the others see that it is done; each deletes state of its own that is
   * of a former run.
   *
   * @param limit how long Kafka may take to let it
   * @param stopping ends it when it is counted down
   * @return whether the run may begin; false when the process is to stop
   * @throws CannotRunException when Kafka did not allow it within {@code limit}, or this instance's
   *     state is of a former run and cannot be deleted
   */
  boolean await(Duration limit, CountDownLatch stopping) throws InterruptedException {
    Deadline deadline = Deadline.in(limit);
    Deadline others = Deadline.in(Duration.ZERO);
    do {
      try {
        if (others.hasPassed() ? beginIfFirst(stopping) : hasRun()) {
          // Whoever started over has deleted the changelogs, but no other instance's folder.
          localState.discardUnlessCurrent();
          return true;
        }
      } catch (ExecutionException | TimeoutException | KafkaException e) {
        if (isFenced(e)) {
          // Two that fence each other in turn would both start over all the time.
          LOG.info("Another instance takes the rows back: waiting for it");
          others = Deadline.in(OTHERS_TURN);
          deadline = Deadline.in(limit);
          continue;
        }
        if (deadline.hasPassed()) {
          throw new CannotRunException(
              "After %d s Kafka at %s still does not let the aggregates start (%s): check that it runs, then start again"
                  .formatted(limit.toSeconds(), clients.bootstrapServers(), e.getMessage()),
              e);
        }
        LOG.info("Trying to start again: {}", e.getMessage());
      }
    } while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    return false;
  }

  /** The producer reports it as itself, or as the cause of the state that it is in since. */
  private static boolean isFenced(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return true;
      }
    }
    return false;
  }

  /** Whether the run may begin; not when it was interrupted, or another instance is at it. */
  private boolean beginIfFirst(CountDownLatch stopping)
      throws ExecutionException, InterruptedException, TimeoutException {
    try (Admin admin = admin()) {
      if (hasRun(admin, false)) {
        return true;
      }
      try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(producerSettings())) {
        // Fences another instance that is at it, and waits for, or completes, what it began.
        producer.initTransactions();
        if (hasRun(admin, true)) {
          return true;
        }
        forgetFormerRuns(admin);
        Map<TopicPartition, String> incarnations = incarnations(admin);
        if (!takeBackRows(admin, producer, incarnations, stopping)) {
          return false;
        }
        producer.beginTransaction();
        sendFirstOffsets(producer);
        clearPositions(producer, incarnations);
        producer.commitTransaction();
        LOG.info(
            "First run of {}: reads {} from the beginning",
            StreamsProperties.APPLICATION_ID,
            Topic.DAILY_RECORDS.topicName());
        return true;
      }
    }
  }

  private boolean hasRun() throws ExecutionException, InterruptedException, TimeoutException {
    try (Admin admin = admin()) {
      return hasRun(admin, false);
    }
  }

  private Admin admin() {
    return Admin.create(clients.kafka());
  }

  private static boolean hasRun(Admin admin, boolean isStable)
      throws ExecutionException, InterruptedException, TimeoutException {
    return offsets(admin, StreamsProperties.APPLICATION_ID, isStable).values().stream()
        .anyMatch(offset -> offset != null);
  }

  /**
   * What a group has committed.
   *
   * @param isStable whether to wait for what a transaction has committed a moment ago; while one is
   *     open there is no answer
   */
  private static Map<TopicPartition, OffsetAndMetadata> offsets(
      Admin admin, String group, boolean isStable)
      throws ExecutionException, InterruptedException, TimeoutException {
    return await(
        admin
            .listConsumerGroupOffsets(
                group, new ListConsumerGroupOffsetsOptions().requireStable(isStable))
            .partitionsToOffsetAndMetadata());
  }

  /**
   * Removes the state of former forms, without which a program that still runs cannot continue, and
   * of runs before a reset: records that it remembers would not be counted again.
   */
  private void forgetFormerRuns(Admin admin)
      throws ExecutionException, InterruptedException, TimeoutException {
    String own = StreamsProperties.APPLICATION_ID;
    List<String> topics =
        await(admin.listTopics().names()).stream()
            .filter(name -> INTERNAL_TOPIC.matcher(name).matches())
            .toList();
    await(admin.deleteTopics(topics).all());
    List<String> groups =
        await(admin.listGroups().all()).stream()
            .map(GroupListing::groupId)
            .filter(id -> GROUP.matcher(id).matches() && !id.equals(own) && !id.equals(POSITIONS))
            .toList();
    for (String group : groups) {
      try {
        await(admin.deleteConsumerGroups(List.of(group)).all());
      } catch (ExecutionException e) {
        // It still has members; its offsets do no harm.
        LOG.warn("Group {} stays: {}", group, e.getCause().getMessage());
      }
    }
    try (Stream<Path> folders =
        Files.isDirectory(stateDirectory) ? Files.list(stateDirectory) : Stream.empty()) {
      for (Path folder : folders.toList()) {
        String name = folder.getFileName().toString();
        if (GROUP.matcher(name).matches()) {
          Utils.delete(folder.toFile());
        }
      }
    } catch (IOException e) {
      LOG.warn("State of a former run stays in {}: {}", stateDirectory, e.getMessage());
    }
  }

  /**
   * Takes back every row from the stored positions on.
   *
   * @return whether all are taken back; false when the process is to stop
   */
  @SuppressWarnings("FutureReturnValueIgnored") // a send that failed fails the commit
  private boolean takeBackRows(
      Admin admin,
      KafkaProducer<byte[], byte[]> producer,
      Map<TopicPartition, String> incarnations,
      CountDownLatch stopping)
      throws ExecutionException, InterruptedException, TimeoutException {
    long rows = 0;
    int inTransaction = 0;
    Set<TopicPartition> partitions = incarnations.keySet();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(POSITIONS)) {
      consumer.assign(partitions);
      seekToPositions(admin, consumer, incarnations);
      // Behind them there are only the tombstones of this rebuild.
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      producer.beginTransaction();
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        Map<TopicPartition, Set<Bytes>> taken = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> row : consumer.poll(POLL)) {
          TopicPartition partition = new TopicPartition(row.topic(), row.partition());
          if (row.value() != null
              && taken
                  .computeIfAbsent(partition, any -> new HashSet<>())
                  .add(Bytes.wrap(row.key()))) {
            // The row's position: new rows are read from after it.
            producer.send(new ProducerRecord<>(row.topic(), row.partition(), row.key(), null));
            inTransaction++;
          }
        }
        if (inTransaction >= rowsPerTransaction) {
          commit(producer, consumer, incarnations);
          rows += inTransaction;
          inTransaction = 0;
          LOG.info("Took {} rows back so far", rows);
          if (stopping.getCount() == 0) {
            return false;
          }
          producer.beginTransaction();
        }
      }
      commit(producer, consumer, incarnations);
      LOG.info("Took {} rows back", rows + inTransaction);
      return true;
    }
  }

  private static void commit(
      KafkaProducer<byte[], byte[]> producer,
      KafkaConsumer<?, ?> consumer,
      Map<TopicPartition, String> incarnations) {
    producer.sendOffsetsToTransaction(
        positions(incarnations, consumer::position), consumer.groupMetadata());
    producer.commitTransaction();
  }

  private void clearPositions(
      KafkaProducer<byte[], byte[]> producer, Map<TopicPartition, String> incarnations) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(POSITIONS)) {
      producer.sendOffsetsToTransaction(
          positions(incarnations, partition -> 0L), consumer.groupMetadata());
    }
  }

  /** A position counts only for the topic that it was stored for, not for one of the same name. */
  private static void seekToPositions(
      Admin admin, KafkaConsumer<?, ?> consumer, Map<TopicPartition, String> incarnations)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetAndMetadata> stored = offsets(admin, POSITIONS, true);
    consumer
        .beginningOffsets(incarnations.keySet())
        .forEach(
            (partition, beginning) -> {
              OffsetAndMetadata position = stored.get(partition);
              consumer.seek(
                  partition,
                  position != null && position.metadata().equals(incarnations.get(partition))
                      ? Math.max(beginning, position.offset())
                      : beginning);
            });
  }

  private static Map<TopicPartition, OffsetAndMetadata> positions(
      Map<TopicPartition, String> incarnations, ToLongFunction<TopicPartition> offset) {
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    incarnations.forEach(
        (partition, id) ->
            positions.put(partition, new OffsetAndMetadata(offset.applyAsLong(partition), id)));
    return positions;
  }

  /** The partitions of all outputs, each with its topic's id. */
  private Map<TopicPartition, String> incarnations(Admin admin)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, String> incarnations = new HashMap<>();
    for (TopicDescription topic :
        await(admin.describeTopics(outputs.stream().map(Topic::topicName).toList()).allTopicNames())
            .values()) {
      topic
          .partitions()
          .forEach(
              each ->
                  incarnations.put(
                      new TopicPartition(topic.name(), each.partition()),
                      topic.topicId().toString()));
    }
    return incarnations;
  }

  private void sendFirstOffsets(KafkaProducer<byte[], byte[]> producer) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(StreamsProperties.APPLICATION_ID)) {
      Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
      consumer
          .beginningOffsets(sources(consumer))
          .forEach((partition, offset) -> first.put(partition, new OffsetAndMetadata(offset)));
      producer.sendOffsetsToTransaction(first, consumer.groupMetadata());
    }
  }

  private static List<TopicPartition> sources(KafkaConsumer<?, ?> consumer) {
    return consumer.partitionsFor(Topic.DAILY_RECORDS.topicName()).stream()
        .map(each -> new TopicPartition(each.topic(), each.partition()))
        .toList();
  }

  private KafkaConsumer<byte[], byte[]> consumer(String group) {
    Map<String, Object> settings = new HashMap<>(clients.consumer());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return new KafkaConsumer<>(settings);
  }

  private Map<String, Object> producerSettings() {
    Map<String, Object> settings = new HashMap<>(clients.producer());
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG, StreamsProperties.APPLICATION_ID + "-rebuild");
    return settings;
  }

  private static <T> T await(KafkaFuture<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
  }
}
