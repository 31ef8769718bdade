package io.furnistream.preview;

import io.confluent.connect.avro.AvroConverter;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Deadline;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.AvroClients;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;

/** The last records of a topic of the running stack, read as its worker reads them: Avro. */
final class SampleTopic {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LIMIT = Duration.ofSeconds(15);

  /** How much further back to read each time that too few records were found. */
  private static final int FURTHER = 8;

  private static final int SOME = 30;

  private final Endpoints endpoints;
  private final String topic;
  private final HeaderConverter headers;

  SampleTopic(Endpoints endpoints, String topic, HeaderConverter headers) {
    this.endpoints = endpoints;
    this.topic = topic;
    this.headers = headers;
  }

  /**
   * Reads the newest records, in the order of their time, the newest last; nothing is committed. A
   * record that a converter cannot read is among them, with the reason.
   *
   * @param count at the most so many
   * @throws CannotRunException when Kafka or the registry does not answer, or there is no such
   *     topic, or no record in it
   */
  List<Sample> last(int count) {
    List<ConsumerRecord<byte[], byte[]>> records = newest(count);
    if (records.isEmpty()) {
      throw new CannotRunException("Topic %s holds no record.".formatted(topic));
    }
    try (AvroConverter keys = converter(true);
        AvroConverter values = converter(false)) {
      return records.stream().map(record -> sample(record, keys, values)).toList();
    } catch (KafkaException | IOException e) {
      throw new CannotRunException(
          "The schemas of topic %s cannot be read from %s: %s. Is the stack up? furnistream status"
              .formatted(topic, endpoints.registryUrl(), e.getMessage()),
          e);
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> newest(int count) {
    Map<String, Object> settings = endpoints.kafkaClient();
    settings.put("enable.auto.commit", false);
    settings.put("isolation.level", "read_committed");
    settings.put("allow.auto.create.topics", false);
    settings.put("default.api.timeout.ms", (int) LIMIT.toMillis());
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return newest(consumer, count);
    } catch (KafkaException e) {
      throw new CannotRunException(
          "Topic %s cannot be read from %s: %s. Is the stack up? furnistream status"
              .formatted(topic, endpoints.bootstrapServers(), e.getMessage()),
          e);
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> newest(
      Consumer<byte[], byte[]> consumer, int count) {
    Set<TopicPartition> open = new HashSet<>(partitions(consumer));
    Map<TopicPartition, Long> ends = consumer.endOffsets(open);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(open);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Deadline deadline = Deadline.in(LIMIT);
    // Markers of transactions, records of aborted ones and those that compaction removed take
    // offsets too, and are none.
    for (long back = 2L * count + 2; !open.isEmpty(); back *= FURTHER) {
      Map<TopicPartition, Long> from = new HashMap<>();
      for (TopicPartition partition : open) {
        from.put(partition, Math.max(beginnings.get(partition), ends.get(partition) - back));
      }
      Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> read =
          read(consumer, from, ends, count, deadline);
      read.forEach(
          (partition, last) -> {
            if (last.size() == count || from.get(partition).equals(beginnings.get(partition))) {
              records.addAll(last);
              open.remove(partition);
            }
          });
    }
    records.sort(
        Comparator.comparingLong((ConsumerRecord<byte[], byte[]> record) -> record.timestamp())
            .thenComparing(ConsumerRecord::partition)
            .thenComparing(ConsumerRecord::offset));
    return records.subList(Math.max(0, records.size() - count), records.size());
  }

  private Collection<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new CannotRunException(
          "There is no topic %s. Some that there are: %s"
              .formatted(
                  topic,
                  consumer.listTopics().keySet().stream()
                      .filter(name -> !name.startsWith("_"))
                      .sorted()
                      .limit(SOME)
                      .collect(Collectors.joining(", "))));
    }
    return partitions;
  }

  /** The last records, at most so many, of each partition between two offsets. */
  private Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> read(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> ends,
      int count,
      Deadline deadline) {
    Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> last = new HashMap<>();
    consumer.assign(from.keySet());
    from.forEach(
        (partition, offset) -> {
          consumer.seek(partition, offset);
          last.put(partition, new ArrayDeque<>());
        });
    while (from.keySet().stream()
        .anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
      if (deadline.hasPassed()) {
        throw new CannotRunException(
            "Topic %s was not read to its end within %d s. Is the stack up? furnistream status"
                .formatted(topic, LIMIT.toSeconds()));
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        // Newer records are left for the next time.
        if (record.offset() < ends.get(partition)) {
          Deque<ConsumerRecord<byte[], byte[]>> records = last.get(partition);
          if (records.size() == count) {
            records.removeFirst();
          }
          records.addLast(record);
        }
      }
    }
    return last;
  }

  private AvroConverter converter(boolean key) {
    AvroConverter converter = new AvroConverter();
    converter.configure(
        new AvroClients(endpoints.kafkaClient(), endpoints.registryClient()).converter(), key);
    return converter;
  }

  private Sample sample(
      ConsumerRecord<byte[], byte[]> record, AvroConverter keys, AvroConverter values) {
    SchemaAndValue key = unread(record.key());
    SchemaAndValue value = unread(record.value());
    String converter = "key.converter";
    Step refused = null;
    try {
      key = read(keys, record.topic(), record.key());
      converter = "value.converter";
      value = read(values, record.topic(), record.value());
    } catch (DataException e) {
      if (isAway(e)) {
        throw e;
      }
      refused = Step.failed(converter, AvroConverter.class.getName(), null, e, List.of());
    }
    return new Sample(
        new SinkRecord(
            record.topic(),
            record.partition(),
            key.schema(),
            key.value(),
            value.schema(),
            value.value(),
            record.offset(),
            record.timestamp(),
            record.timestampType(),
            headers(record)),
        refused);
  }

  /** Whether the registry was not reached: the converter blames the record. */
  private static boolean isAway(Throwable e) {
    return e instanceof SocketException
        || e instanceof SocketTimeoutException
        || e instanceof UnknownHostException
        || (e.getCause() != null && isAway(e.getCause()));
  }

  /** What is shown for bytes that nothing has read yet. */
  private static SchemaAndValue unread(byte[] bytes) {
    return bytes == null ? SchemaAndValue.NULL : new SchemaAndValue(null, bytes.length + " bytes");
  }

  private static SchemaAndValue read(Converter converter, String topic, byte[] bytes) {
    return bytes == null ? SchemaAndValue.NULL : converter.toConnectData(topic, bytes);
  }

  private Headers headers(ConsumerRecord<byte[], byte[]> record) {
    Headers read = new ConnectHeaders();
    record
        .headers()
        .forEach(
            header ->
                read.add(
                    header.key(),
                    headers.toConnectHeader(record.topic(), header.key(), header.value())));
    return read;
  }
}
