package io.furnistream.aggregates;

import io.furnistream.schemas.Topic;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Notes on every record of {@code daily_records} in which partition it lies. */
public final class PartitionNotes implements ConsumerInterceptor<byte[], byte[]> {

  /** Made by Kafka. */
  public PartitionNotes() {}

  @Override
  public void configure(Map<String, ?> configs) {
    // There is nothing to set.
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    // Internal topics are read through the same consumer, and their headers go on to the outputs.
    for (ConsumerRecord<byte[], byte[]> record : records.records(Topic.DAILY_RECORDS.topicName())) {
      record.headers().add(new ReadPartition(record.partition()));
    }
    return records;
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
