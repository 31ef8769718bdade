package io.furnistream.benchmarks;

import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.Topic;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** The least that anything could do with the topic: read it once and decode every record. */
public final class PlainConsumer {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final double LIMIT_SECONDS = 300;

  private PlainConsumer() {}

  /** Records a second over the whole topic, in one thread. */
  public static double rate(AvroClients clients, int records) {
    try (KafkaConsumer<SpecificRecord, SpecificRecord> consumer =
        new KafkaConsumer<>(clients.consumer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.DAILY_RECORDS.topicName()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long start = System.nanoTime();
      long read = 0;
      while (read < records) {
        read += consumer.poll(POLL).count();
        if (seconds(start) > LIMIT_SECONDS) {
          throw new IllegalStateException("Read %d of %d records".formatted(read, records));
        }
      }
      return read / seconds(start);
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
