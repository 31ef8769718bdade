package io.furnistream.aggregates.reading;

import io.furnistream.schemas.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Notes on every record of {@code daily_records} which partition it is in, replacing its headers:
 * nothing here reads those, and a record would hold them in memory until it is processed.
 */
public final class PartitionNotes implements ConsumerInterceptor<byte[], byte[]> {

  /** Made by Kafka. */
  public PartitionNotes() {}

  @Override
  public void configure(Map<String, ?> configs) {
    // There is nothing to set.
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    // Internal topics are read through the same consumer, and their headers are passed on to the
    // outputs.
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> noted = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> read = records.records(partition);
      noted.put(
          partition,
          partition.topic().equals(Topic.DAILY_RECORDS.topicName())
              ? read.stream().map(PartitionNotes::noted).toList()
              : read);
    }
    return new ConsumerRecords<>(noted, records.nextOffsets());
  }

  private static ConsumerRecord<byte[], byte[]> noted(ConsumerRecord<byte[], byte[]> record) {
    return new ConsumerRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.timestampType(),
        record.serializedKeySize(),
        record.serializedValueSize(),
        record.key(),
        record.value(),
        new RecordHeaders(List.of(new ReadPartition(record.partition()))),
        record.leaderEpoch());
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    // Nothing depends on it.
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
