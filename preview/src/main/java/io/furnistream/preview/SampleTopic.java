package io.furnistream.preview;

import io.confluent.connect.avro.AvroConverter;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/** The last records of a topic of the running stack, read as its worker reads them: Avro. */
final class SampleTopic {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final Endpoints endpoints;
  private final String topic;

  SampleTopic(Endpoints endpoints, String topic) {
    this.endpoints = endpoints;
    this.topic = topic;
  }

  /**
   * Reads the newest records, the newest last; nothing is committed.
   *
   * @param count at the most so many
   * @throws CannotRunException when Kafka or the registry does not answer, or the topic is empty
   */
  List<SinkRecord> last(int count) {
    try (Consumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of(
                    "bootstrap.servers",
                    endpoints.bootstrapServers(),
                    "enable.auto.commit",
                    false,
                    "isolation.level",
                    "read_committed",
                    "allow.auto.create.topics",
                    false,
                    "default.api.timeout.ms",
                    (int) LIMIT.toMillis()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        AvroConverter keys = converter(true);
        AvroConverter values = converter(false)) {
      List<SinkRecord> records =
          newest(consumer, count).stream().map(record -> record(record, keys, values)).toList();
      if (records.isEmpty()) {
        throw new CannotRunException("Topic %s holds no record.".formatted(topic));
      }
      return records;
    } catch (KafkaException | IOException e) {
      throw new CannotRunException(
          "Topic %s cannot be read from %s: %s. Is the stack up? furnistream status"
              .formatted(topic, endpoints.bootstrapServers(), e.getMessage()),
          e);
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> newest(
      Consumer<byte[], byte[]> consumer, int count) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new CannotRunException("There is no topic %s.".formatted(topic));
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    consumer.assign(partitions);
    // Markers of transactions take offsets too, and hold no record.
    long back = 2L * count + 2;
    partitions.forEach(
        partition ->
            consumer.seek(
                partition, Math.max(beginnings.get(partition), ends.get(partition) - back)));
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < limit
        && ends.entrySet().stream()
            .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(POLL).forEach(records::add);
    }
    records.sort(
        Comparator.comparingLong((ConsumerRecord<byte[], byte[]> record) -> record.timestamp())
            .thenComparing(ConsumerRecord::partition)
            .thenComparing(ConsumerRecord::offset));
    return records.subList(Math.max(0, records.size() - count), records.size());
  }

  private AvroConverter converter(boolean key) {
    AvroConverter converter = new AvroConverter();
    converter.configure(Map.of("schema.registry.url", endpoints.registryUrl()), key);
    return converter;
  }

  private static SinkRecord record(
      ConsumerRecord<byte[], byte[]> record, AvroConverter keys, AvroConverter values) {
    try {
      SchemaAndValue key = keys.toConnectData(record.topic(), record.key());
      SchemaAndValue value = values.toConnectData(record.topic(), record.value());
      return new SinkRecord(
          record.topic(),
          record.partition(),
          key.schema(),
          key.value(),
          value.schema(),
          value.value(),
          record.offset(),
          record.timestamp(),
          record.timestampType());
    } catch (DataException e) {
      throw new CannotRunException(
          "The record at partition %d, offset %d of %s is no Avro of this registry: %s"
              .formatted(record.partition(), record.offset(), record.topic(), e.getMessage()),
          e);
    }
  }
}
