package io.furnistream.connectors.sink;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Keeps away from Connect's worker what would end it and {@code errors.tolerance} does not cover. A
 * sink names it in {@code consumer.override.interceptor.classes}.
 *
 * <ul>
 *   <li>A timestamp before 1970 is read as none. Brokers accept it, and clients other than Kafka's
 *       own send it; the worker fails on it permanently, and Kafka's producer does not accept the
 *       letter.
 *   <li>Headers behind the first {@value #HEADERS} of a record are left out. An empty one takes two
 *       bytes on the wire and some 200 in the worker, which holds them for all records that it has
 *       polled.
 * </ul>
 */
public final class BoundsInterceptor implements ConsumerInterceptor<byte[], byte[]> {

  /** How many headers of a record the worker sees. */
  static final int HEADERS = 100;

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    boolean isPlain = true;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      isPlain &= isPlain(record);
    }
    if (isPlain) {
      return records;
    }
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> bounded = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      bounded.put(
          partition, records.records(partition).stream().map(BoundsInterceptor::bounded).toList());
    }
    return new ConsumerRecords<>(bounded, records.nextOffsets());
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
    return hasTime(record) && record.headers().toArray().length <= HEADERS;
  }

  private static boolean hasTime(ConsumerRecord<byte[], byte[]> record) {
    return record.timestamp() >= ConsumerRecord.NO_TIMESTAMP;
  }

  private static ConsumerRecord<byte[], byte[]> bounded(ConsumerRecord<byte[], byte[]> record) {
    if (isPlain(record)) {
      return record;
    }
    boolean hasTime = hasTime(record);
    return new ConsumerRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        hasTime ? record.timestamp() : ConsumerRecord.NO_TIMESTAMP,
        hasTime ? record.timestampType() : TimestampType.NO_TIMESTAMP_TYPE,
        record.serializedKeySize(),
        record.serializedValueSize(),
        record.key(),
        record.value(),
        new RecordHeaders(Arrays.stream(record.headers().toArray()).limit(HEADERS).toList()),
        record.leaderEpoch(),
        record.deliveryCount());
  }
}
