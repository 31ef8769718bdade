package io.furnistream.benchmarks.generate;

import io.furnistream.schemas.Topic;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What ProducerPerformance sends: the bytes of records in the topic, key and value. */
final class Payloads {

  /** Between two records; no sale has it. */
  static final String DELIMITER = "#END#";

  private static final int RECORDS = 20_000;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int MOST_POLLS = 300;
  private static final int SEVEN_BITS = 0x7f;

  private Payloads() {}

  /**
   * Writes a file of them. The tool reads it as UTF-8, so every byte loses its highest bit: the
   * lengths stay, and what can be compressed of them hardly changes.
   */
  static Path write(Path file, Map<String, Object> kafka) throws IOException {
    List<TopicPartition> partitions =
        IntStream.range(0, Topic.DAILY_RECORDS.partitions())
            .mapToObj(each -> new TopicPartition(Topic.DAILY_RECORDS.topicName(), each))
            .toList();
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      int written = 0;
      for (int poll = 0; poll < MOST_POLLS && written < RECORDS; poll++) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
          write(each.key(), out);
          write(each.value(), out);
          out.write(DELIMITER.getBytes(StandardCharsets.US_ASCII));
          written++;
        }
      }
      if (written < RECORDS) {
        throw new IllegalStateException("Read %d of %d records".formatted(written, RECORDS));
      }
    }
    return file;
  }

  private static void write(byte[] bytes, OutputStream out) throws IOException {
    for (byte each : bytes) {
      out.write(each & SEVEN_BITS);
    }
  }
}
