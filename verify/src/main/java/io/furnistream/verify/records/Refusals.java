package io.furnistream.verify.records;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of one topic that do not count, because they cannot be read or break a rule. Memory
 * grows with them. Not thread-safe.
 */
public final class Refusals {

  /**
   * One of them.
   *
   * @param rule the rule that it breaks, or {@value UnreadableRecordException#UNREADABLE}
   * @param fingerprint of its bytes
   */
  record Refusal(int partition, long offset, String rule, long fingerprint) {

    /** Where it lies and why it does not count, in words. */
    String inWords() {
      return "partition %d, offset %d, rule %s".formatted(partition, offset, rule);
    }
  }

  private final List<Refusal> all = new ArrayList<>();
  private String first;

  void add(ConsumerRecord<byte[], byte[]> record, UnreadableRecordException why) {
    if (all.isEmpty()) {
      first =
          "partition %d, offset %d: %s"
              .formatted(record.partition(), record.offset(), why.getMessage());
    }
    all.add(
        new Refusal(
            record.partition(),
            record.offset(),
            why.rule(),
            Fingerprint.of(record.key(), record.value())));
  }

  /** Whether every record counts. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** How many there are. */
  public int count() {
    return all.size();
  }

  List<Refusal> all() {
    return List.copyOf(all);
  }

  /** Where the first of them lies and what is wrong with it, or null when there is none. */
  public String first() {
    return first;
  }

  /** How many there are, by rule. */
  public Map<String, Long> byRule() {
    return all.stream()
        .collect(Collectors.groupingBy(Refusal::rule, TreeMap::new, Collectors.counting()));
  }
}
