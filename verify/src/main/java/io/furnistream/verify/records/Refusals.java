package io.furnistream.verify.records;

import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.FaultOrigin;
import io.furnistream.schemas.Faults;
import io.furnistream.verify.database.ProofDatabase;
import io.furnistream.verify.database.ProofRow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of one topic that do not count, because they cannot be read or break a rule. Memory
 * grows with them. Not thread-safe.
 */
public final class Refusals {

  /**
   * One of them.
   *
   * @param rule the rule that it breaks, or {@value Faults#UNREADABLE}
   * @param fingerprint of its bytes
   * @param day of its key, or where that cannot be read the day in UTC of its Kafka timestamp
   * @param origin what its headers say of a run that wrote it so that it is refused
   */
  record Refusal(
      int partition,
      long offset,
      String rule,
      long fingerprint,
      LocalDate day,
      Optional<FaultOrigin> origin) {

    /** Where it lies and why it does not count, in words. */
    String inWords() {
      return "partition %d, offset %d, rule %s".formatted(partition, offset, rule);
    }
  }

  private final List<Refusal> all = new ArrayList<>();
  private String first;

  /**
   * Adds one.
   *
   * @param key null where it cannot be read
   */
  void add(
      ConsumerRecord<byte[], byte[]> record, SpecificRecord key, UnreadableRecordException why) {
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
            Fingerprint.of(record.key(), record.value()),
            key instanceof DailyRecordKey sale ? sale.getTsDate() : utcDay(record.timestamp()),
            FaultOrigin.of(record.headers())));
  }

  private static LocalDate utcDay(long millis) {
    return Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC).toLocalDate();
  }

  /** Those of the sales that were read into a database. */
  static Refusals in(ProofDatabase database) {
    Refusals refusals = new Refusals();
    database.forEachRow(
        "SELECT * FROM refusal ORDER BY kafka_partition, kafka_offset", refusals::add);
    return refusals;
  }

  private void add(ProofRow row) {
    int partition = row.count("kafka_partition").intValue();
    long offset = row.count("kafka_offset");
    if (all.isEmpty()) {
      first = "partition %d, offset %d: %s".formatted(partition, offset, row.text("message"));
    }
    String dataset = row.text("origin_dataset");
    all.add(
        new Refusal(
            partition,
            offset,
            row.text("rule"),
            row.count("fingerprint"),
            row.date("counts_for"),
            dataset == null
                ? Optional.empty()
                : Optional.of(
                    new FaultOrigin(dataset, row.date("origin_day"), row.text("origin_run")))));
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
