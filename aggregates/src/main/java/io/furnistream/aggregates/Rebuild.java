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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
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
 * <p>The tombstones and the group's first offsets are one transaction: it happens once, even when
 * it is interrupted or several instances start together.
 */
final class Rebuild {

  private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int ANSWER_SECONDS = 30;
  // The longest that a broker allows by default.
  private static final int TRANSACTION_MILLIS = 900_000;

  private static final Pattern GROUP = Pattern.compile("furnistream-aggregates(-\\d+)?");
  private static final Pattern INTERNAL_TOPIC =
      Pattern.compile("furnistream-aggregates-.*-(changelog|repartition)");

  private final AvroClients clients;
  private final Path stateDirectory;
  private final Collection<Topic> outputs;

  /**
   * A rebuild of these topics.
   *
   * @param stateDirectory where the state of each application id has a folder
   */
  Rebuild(AvroClients clients, Path stateDirectory, Collection<Topic> outputs) {
    this.clients = clients;
    this.stateDirectory = stateDirectory;
    this.outputs = List.copyOf(outputs);
  }

  /**
   * Does what a first run needs, and nothing if it is not the first. If several instances start
   * together, one does it and the others see that it is done.
   *
   * @param limit how long Kafka may take to let it
   * @param stopping ends it when it is counted down
   * @return whether the run may begin; false when the process is to stop
   * @throws CannotRunException when Kafka did not allow it within {@code limit}
   */
  boolean await(Duration limit, CountDownLatch stopping) throws InterruptedException {
    Deadline deadline = Deadline.in(limit);
    do {
      try {
        beginIfFirst();
        return true;
      } catch (ExecutionException | TimeoutException | KafkaException e) {
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

  private void beginIfFirst() throws ExecutionException, InterruptedException, TimeoutException {
    try (Admin admin = Admin.create(clients.kafka())) {
      if (hasRun(admin)) {
        return;
      }
      try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(producerSettings())) {
        // Waits for, or completes, what another instance began.
        producer.initTransactions();
        if (hasRun(admin)) {
          return;
        }
        forgetFormerRuns(admin);
        producer.beginTransaction();
        long rows = takeBackRows(producer);
        sendFirstOffsets(producer);
        producer.commitTransaction();
        LOG.info(
            "First run of {}: took {} rows back, reads {} from the beginning",
            StreamsProperties.APPLICATION_ID,
            rows,
            Topic.DAILY_RECORDS.topicName());
      }
    }
  }

  private static boolean hasRun(Admin admin)
      throws ExecutionException, InterruptedException, TimeoutException {
    return await(
            admin
                .listConsumerGroupOffsets(StreamsProperties.APPLICATION_ID)
                .partitionsToOffsetAndMetadata())
        .values()
        .stream()
        .anyMatch(offset -> offset != null);
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
            .filter(id -> GROUP.matcher(id).matches() && !id.equals(own))
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

  @SuppressWarnings("FutureReturnValueIgnored") // a send that failed fails the commit
  private long takeBackRows(KafkaProducer<byte[], byte[]> producer) {
    long rows = 0;
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings())) {
      List<TopicPartition> partitions = partitions(consumer, outputs);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
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
            rows++;
          }
        }
      }
    }
    return rows;
  }

  private void sendFirstOffsets(KafkaProducer<byte[], byte[]> producer) {
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings())) {
      Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
      consumer
          .beginningOffsets(partitions(consumer, List.of(Topic.DAILY_RECORDS)))
          .forEach((partition, offset) -> first.put(partition, new OffsetAndMetadata(offset)));
      producer.sendOffsetsToTransaction(first, consumer.groupMetadata());
    }
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<?, ?> consumer, Collection<Topic> topics) {
    return topics.stream()
        .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
        .map(each -> new TopicPartition(each.topic(), each.partition()))
        .toList();
  }

  private Map<String, Object> consumerSettings() {
    Map<String, Object> settings = new HashMap<>(clients.consumer());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, StreamsProperties.APPLICATION_ID);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return settings;
  }

  private Map<String, Object> producerSettings() {
    Map<String, Object> settings = new HashMap<>(clients.producer());
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG, StreamsProperties.APPLICATION_ID + "-rebuild");
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
    return settings;
  }

  private static <T> T await(KafkaFuture<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
  }
}
