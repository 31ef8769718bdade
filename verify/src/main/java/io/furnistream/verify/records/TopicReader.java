package io.furnistream.verify.records;

import io.furnistream.cli.Progress;
import io.furnistream.schemas.ContractRules;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.kafka.Kafka;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic from its beginning to the end that it has when reading starts, one partition after
 * the other. Records that cannot be read or break a rule are noted and skipped, as every sink skips
 * them.
 *
 * @param <K> class of the keys
 * @param <V> class of the values
 */
public final class TopicReader<K extends SpecificRecord, V extends SpecificRecord> {

  private final Kafka kafka;
  private final AvroReader avro;
  private final Topic topic;
  private final ContractRules<K, V> rules;
  private final Map<TopicPartition, Long> behindLastRecords = new HashMap<>();
  private final SkippedRecords skipped = new SkippedRecords();

  /**
   * A reader that has read nothing yet.
   *
   * @param rules those that a record which counts must not break
   */
  public TopicReader(Kafka kafka, AvroReader avro, Topic topic, ContractRules<K, V> rules) {
    this.kafka = kafka;
    this.avro = avro;
    this.topic = topic;
    this.rules = rules;
  }

  /**
   * Reads the topic.
   *
   * @param reader takes each record
   */
  public void read(Reader<K, V> reader) {
    List<TopicPartition> partitions = kafka.partitions(List.of(topic));
    Map<TopicPartition, Long> from = kafka.beginningOffsets(partitions);
    Map<TopicPartition, Long> end = kafka.endOffsets(partitions);
    long offsets =
        partitions.stream().mapToLong(partition -> end.get(partition) - from.get(partition)).sum();
    try (Progress progress = Progress.start("Reading " + topic.topicName(), "offsets", offsets)) {
      for (TopicPartition partition : partitions) {
        Position position = new Position(from.get(partition));
        kafka
            .read(
                partition,
                position.next,
                end.get(partition),
                record -> {
                  take(record, reader);
                  progress.advance(position.moveBehind(record.offset()));
                })
            .ifPresent(offset -> behindLastRecords.put(partition, offset));
        progress.advance(position.moveBehind(end.get(partition) - 1));
      }
    }
  }

  /** The offset behind the last record of each partition that has any. */
  public Map<TopicPartition, Long> behindLastRecords() {
    return behindLastRecords;
  }

  /** The records that were skipped. */
  public SkippedRecords skipped() {
    return skipped;
  }

  private void take(ConsumerRecord<byte[], byte[]> record, Reader<K, V> reader) {
    try {
      K key = avro.key(topic.topicName(), record.key(), record.partition(), rules);
      reader.take(key, avro.value(topic.topicName(), record.value(), key, rules), record);
    } catch (UnreadableRecordException e) {
      skipped.add(record, e);
    }
  }

  /** Takes what is read. */
  public interface Reader<K, V> {

    /**
     * Takes a record.
     *
     * @param value null for a tombstone
     * @param record as it is in Kafka
     * @throws UnreadableRecordException when it breaks a rule
     */
    void take(K key, V value, ConsumerRecord<byte[], byte[]> record);
  }

  // The total counts offsets, not records: compaction leaves gaps, markers deliver nothing.
  private static final class Position {
    private long next;

    Position(long next) {
      this.next = next;
    }

    long moveBehind(long offset) {
      long moved = offset + 1 - next;
      next = offset + 1;
      return moved;
    }
  }
}
