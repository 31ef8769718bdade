package io.furnistream.connectors.sink;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

/**
 * Reads the time of a record from before 1970 as none. Brokers take such a time, and clients other
 * than Kafka's own send it; Connect's worker fails on it for good, outside of what {@code
 * errors.tolerance} covers, and Kafka's producer does not take the letter. A sink names it in
 * {@code consumer.override.interceptor.classes}.
 */
public final class TimestampInterceptor implements ConsumerInterceptor<byte[], byte[]> {

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    boolean isPlain = true;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      isPlain &= isPlain(record);
    }
    if (isPlain) {
      return records;
    }
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> mended = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      mended.put(
          partition,
          records.records(partition).stream().map(TimestampInterceptor::mended).toList());
    }
    return new ConsumerRecords<>(mended, records.nextOffsets());
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    // Offsets are as they were.
  }

  @Override
  public void configure(Map<String, ?> configs) {
    // Nothing to set.
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  private static boolean isPlain(ConsumerRecord<byte[], byte[]> record) {
    return record.timestamp() >= ConsumerRecord.NO_TIMESTAMP;
  }

  private static ConsumerRecord<byte[], byte[]> mended(ConsumerRecord<byte[], byte[]> record) {
    return isPlain(record)
        ? record
        : new ConsumerRecord<>(
            record.topic(),
            record.partition(),
            record.offset(),
            ConsumerRecord.NO_TIMESTAMP,
            TimestampType.NO_TIMESTAMP_TYPE,
            record.serializedKeySize(),
            record.serializedValueSize(),
            record.key(),
            record.value(),
            record.headers(),
            record.leaderEpoch(),
            record.deliveryCount());
  }
}
