package io.furnistream.verify.records;

import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The records of a topic that were passed over, because they cannot be read or break a rule. */
public final class SkippedRecords {

  private final SortedMap<String, Long> byRule = new TreeMap<>();
  private String first;

  void add(ConsumerRecord<byte[], byte[]> record, UnreadableRecordException why) {
    if (first == null) {
      first =
          "partition %d, offset %d: %s"
              .formatted(record.partition(), record.offset(), why.getMessage());
    }
    byRule.merge(why.rule(), 1L, Long::sum);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return byRule.isEmpty();
  }

  /** How many there are. */
  public long count() {
    return byRule.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many there are, by rule. */
  public SortedMap<String, Long> byRule() {
    return byRule;
  }

  /** Where the first of them lies and what is wrong with it, or null when there is none. */
  public String first() {
    return first;
  }
}
