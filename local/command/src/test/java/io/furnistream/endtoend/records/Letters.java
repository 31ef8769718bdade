package io.furnistream.endtoend.records;

import io.furnistream.cli.Endpoints;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a dead-letter topic holds when it is opened. */
public final class Letters {

  private static final Duration POLL = Duration.ofMillis(500);

  private final Map<String, Object> kafka;
  private final TopicPartition partition;
  private final String prefix;
  private final List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();

  /**
   * Reads a topic.
   *
   * @param prefix what the names of its headers begin with
   */
  public Letters(Endpoints endpoints, String topic, String prefix) {
    this.kafka = Map.of("bootstrap.servers", endpoints.bootstrapServers());
    this.partition = new TopicPartition(topic, 0);
    this.prefix = prefix;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(POLL).forEach(letters::add);
      }
    }
  }

  /** A header of the letter about a record. */
  public String header(RecordMetadata record, String name) {
    return letters.stream()
        .filter(letter -> isAbout(letter, record))
        .map(letter -> of(letter, name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No letter in " + partition + " about " + record));
  }

  /** Empties the topic. */
  public void deleteAll() throws Exception {
    try (Admin admin = Admin.create(kafka)) {
      admin
          .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(-1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  /** Sends the letters that were read once more, without those about some records. */
  public void sendAgainWithout(List<RecordMetadata> records) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (ConsumerRecord<byte[], byte[]> each : letters) {
        if (records.stream().anyMatch(record -> isAbout(each, record))) {
          continue;
        }
        producer
            .send(
                new ProducerRecord<>(
                    partition.topic(), 0, null, each.key(), each.value(), each.headers()))
            .get(30, TimeUnit.SECONDS);
      }
    }
  }

  private boolean isAbout(ConsumerRecord<byte[], byte[]> letter, RecordMetadata record) {
    return record.topic().equals(of(letter, "topic"))
        && Integer.toString(record.partition()).equals(of(letter, "partition"))
        && Long.toString(record.offset()).equals(of(letter, "offset"));
  }

  private String of(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(prefix + name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }
}
