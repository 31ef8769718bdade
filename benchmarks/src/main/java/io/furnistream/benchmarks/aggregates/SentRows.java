package io.furnistream.benchmarks.aggregates;

import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The rows that were sent to a topic since a moment, and the resulting table.
 *
 * @param sent how many, tombstones included
 * @param table the last row of each key
 */
record SentRows(long sent, Map<SpecificRecord, SpecificRecord> table) {

  private static final Duration POLL = Duration.ofMillis(100);

  /** Where a topic ends now. */
  static Map<TopicPartition, Long> ends(AvroClients clients, Topic topic) {
    try (KafkaConsumer<SpecificRecord, SpecificRecord> consumer =
        new KafkaConsumer<>(clients.consumer())) {
      return consumer.endOffsets(partitions(consumer, topic));
    }
  }

  /** Reads what is committed from some offsets on. */
  static SentRows since(Map<TopicPartition, Long> from, AvroClients clients, Topic topic) {
    Map<SpecificRecord, SpecificRecord> table = new HashMap<>();
    long sent = 0;
    try (KafkaConsumer<SpecificRecord, SpecificRecord> consumer =
        new KafkaConsumer<>(clients.consumer())) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      from.forEach(consumer::seek);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<SpecificRecord, SpecificRecord> row : consumer.poll(POLL)) {
          sent++;
          if (row.value() == null) {
            table.remove(row.key());
          } else {
            table.put(row.key(), row.value());
          }
        }
      }
    }
    return new SentRows(sent, table);
  }

  private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, Topic topic) {
    return consumer.partitionsFor(topic.topicName()).stream()
        .map(each -> new TopicPartition(each.topic(), each.partition()))
        .toList();
  }
}
