package io.furnistream.verify.records;

import io.furnistream.cli.Progress;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.kafka.Kafka;
import io.furnistream.verify.database.ProofDatabase;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what the topic {@code daily_records} has and the database has not yet. What was read before
 * is kept, unless it does not fit the topic: another topic of its name, a log that was cut or lost
 * its first records, other rules or settings. Not thread-safe.
 */
public final class SalesReader {

  /** Committed at once: what a process that is killed has to read again, at most. */
  private static final long SLICE = 500_000;

  /** What was read of a partition. */
  private record Progressed(long first, long next, long last, long fingerprint) {}

  private final ProofDatabase database;
  private final SalesLog log;
  private final Map<TopicPartition, Long> behindLastRecords = new HashMap<>();

  /** A reader into this database. */
  public SalesReader(ProofDatabase database) {
    this.database = database;
    this.log = new SalesLog(database);
    database.execute("CREATE TABLE IF NOT EXISTS reading (basis VARCHAR)");
    database.execute(
        "CREATE TABLE IF NOT EXISTS partition_read (kafka_partition INTEGER, first BIGINT, next BIGINT,"
            + " last BIGINT, fingerprint BIGINT)");
    database.execute(
        "CREATE TABLE IF NOT EXISTS log_cut (kafka_partition INTEGER, was_next BIGINT, is_next BIGINT, noticed_ms BIGINT)");
  }

  private void forget() {
    database.inTransaction(
        () -> {
          log.clear();
          database.execute("DELETE FROM partition_read");
          database.execute("DELETE FROM reading");
        });
  }

  /** Reads on, to the end that the topic has when this is called. */
  public void read(Kafka kafka, AvroReader avro) {
    List<TopicPartition> partitions = kafka.partitions(List.of(Topic.DAILY_RECORDS));
    Map<TopicPartition, Long> from = kafka.beginningOffsets(partitions);
    Map<TopicPartition, Long> end = kafka.endOffsets(partitions);
    String basis = basis(kafka, partitions.size());
    Map<Integer, Progressed> progressed = progressed();
    if (!isOn(basis) || !fits(kafka, partitions, from, end, progressed)) {
      forget();
      progressed.clear();
      database.execute("INSERT INTO reading VALUES (?)", basis);
    }
    behindLastRecords.clear();
    long offsets = 0;
    for (TopicPartition partition : partitions) {
      long first = from.get(partition);
      progressed.putIfAbsent(partition.partition(), new Progressed(first, first, -1, 0));
      offsets += end.get(partition) - progressed.get(partition.partition()).next();
    }
    try (Progress progress =
        Progress.start("Reading " + Topic.DAILY_RECORDS.topicName(), "offsets", offsets)) {
      for (TopicPartition partition : partitions) {
        Progressed before = progressed.get(partition.partition());
        Progressed after = read(kafka, avro, partition, before, end.get(partition), progress);
        if (after.last() >= 0) {
          behindLastRecords.put(partition, after.last() + 1);
        }
      }
    }
  }

  /** The offset behind the last record of each partition that has any. */
  public Map<TopicPartition, Long> behindLastRecords() {
    return Map.copyOf(behindLastRecords);
  }

  /** How many records there are of some days, refused ones included. */
  public long records(DayRange range) {
    return database.count(
        "SELECT count(*) AS count FROM (SELECT of_day FROM sale UNION ALL SELECT counts_for FROM refusal)"
            + " WHERE of_day BETWEEN ? AND ?",
        range.from(),
        range.to());
  }

  /** The records that were refused. */
  public Refusals refusals() {
    return new Refusals(database);
  }

  /** An error where the screen has judged otherwise than a second reading of its rules. */
  public Optional<Problem> disagreements() {
    long all = database.count("SELECT count(*) AS count FROM disagreement");
    if (all == 0) {
      return Optional.empty();
    }
    List<String> named = new ArrayList<>();
    database.forEachRow(
        "SELECT * FROM disagreement ORDER BY kafka_partition, kafka_offset LIMIT " + Refusals.NAMED,
        row ->
            named.add(
                "partition %d, offset %d: the screen says '%s', the second reading '%s'"
                    .formatted(
                        row.count("kafka_partition"),
                        row.count("kafka_offset"),
                        row.text("screen"),
                        row.text("second"))));
    return Optional.of(
        Problem.error(
            null,
            "%d records of %s are judged otherwise when the rule files are read a second time, by other code (%s): one of the two is wrong, and with the screen all that was counted by it"
                .formatted(all, Topic.DAILY_RECORDS.topicName(), String.join("; ", named))));
  }

  private Progressed read(
      Kafka kafka,
      AvroReader avro,
      TopicPartition partition,
      Progressed before,
      long end,
      Progress progress) {
    Progressed now = before;
    while (now.next() < end) {
      Progressed from = now;
      long to = Math.min(end, from.next() + SLICE);
      Progressed[] after = new Progressed[1];
      database.inTransaction(
          () -> {
            after[0] = slice(kafka, avro, partition, from, to, progress);
            database.execute(
                "DELETE FROM partition_read WHERE kafka_partition = ?", partition.partition());
            database.execute(
                "INSERT INTO partition_read VALUES (?, ?, ?, ?, ?)",
                partition.partition(),
                after[0].first(),
                after[0].next(),
                after[0].last(),
                after[0].fingerprint());
          });
      now = after[0];
    }
    return now;
  }

  private Progressed slice(
      Kafka kafka,
      AvroReader avro,
      TopicPartition partition,
      Progressed from,
      long to,
      Progress progress) {
    Last last = new Last(from.last(), from.fingerprint());
    long[] position = {from.next()};
    try (SalesLog.Writer writer = log.writer()) {
      kafka.read(
          partition,
          from.next(),
          to,
          record -> {
            writer.take(record, avro);
            last.record = record;
            progress.advance(record.offset() + 1 - position[0]);
            position[0] = record.offset() + 1;
          });
    }
    progress.advance(to - position[0]);
    return new Progressed(from.first(), to, last.offset(), last.fingerprint());
  }

  /** The last record of a partition. */
  private static final class Last {
    private final long offset;
    private final long fingerprint;
    private ConsumerRecord<byte[], byte[]> record;

    Last(long offset, long fingerprint) {
      this.offset = offset;
      this.fingerprint = fingerprint;
    }

    long offset() {
      return record == null ? offset : record.offset();
    }

    long fingerprint() {
      return record == null ? fingerprint : Fingerprint.of(record.key(), record.value());
    }
  }

  /** What all that was read depends on. */
  private static String basis(Kafka kafka, int partitions) {
    return "form %d, topic %s, %d partitions, %d buckets, rules %s"
        .formatted(
            SalesLog.FORM,
            kafka.id(Topic.DAILY_RECORDS),
            partitions,
            PlatformSettings.current().buckets(),
            RuleFiles.fingerprint());
  }

  private boolean isOn(String basis) {
    return database.count("SELECT count(*) AS count FROM reading WHERE basis = ?", basis) == 1;
  }

  private Map<Integer, Progressed> progressed() {
    Map<Integer, Progressed> partitions = new TreeMap<>();
    database.forEachRow(
        "SELECT * FROM partition_read",
        row ->
            partitions.put(
                row.count("kafka_partition").intValue(),
                new Progressed(
                    row.count("first"),
                    row.count("next"),
                    row.count("last"),
                    row.count("fingerprint"))));
    return partitions;
  }

  /**
   * Whether the topic still has what was read, as far as its last records tell. A log that was cut
   * is noted.
   */
  private boolean fits(
      Kafka kafka,
      List<TopicPartition> partitions,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> end,
      Map<Integer, Progressed> progressed) {
    boolean fits = true;
    for (TopicPartition partition : partitions) {
      Progressed before = progressed.get(partition.partition());
      if (before == null) {
        continue;
      }
      long begins = from.get(partition);
      long ends = end.get(partition);
      boolean hasLast =
          before.last() < begins || (before.last() < ends && isThere(kafka, partition, before));
      if (ends < before.next() || !hasLast) {
        database.execute(
            "INSERT INTO log_cut VALUES (?, ?, ?, ?)",
            partition.partition(),
            before.next(),
            ends,
            System.currentTimeMillis());
        fits = false;
      }
      // Records that were deleted at its beginning are no longer there to be counted.
      fits &= begins <= before.first();
    }
    return fits;
  }

  /**
   * A warning for each partition that has lost records at its end since they were read, as an
   * election of an unclean leader or a disk that was put back does. What was written since may have
   * taken their offsets. Remembered until all is read from scratch.
   */
  public List<Problem> cuts() {
    List<Problem> cuts = new ArrayList<>();
    database.forEachRow(
        "SELECT * FROM log_cut ORDER BY noticed_ms, kafka_partition LIMIT " + Refusals.NAMED,
        row ->
            cuts.add(
                Problem.warning(
                    "The log of %s-%d was cut: it had been read up to offset %d, and at %s it ended at %d, or had another record where the last one was. Records that it lost are in no topic any more; stores that have taken them still count them. --from-scratch forgets this"
                        .formatted(
                            Topic.DAILY_RECORDS.topicName(),
                            row.count("kafka_partition"),
                            row.count("was_next"),
                            row.instant("noticed_ms"),
                            row.count("is_next")))));
    return cuts;
  }

  private static boolean isThere(Kafka kafka, TopicPartition partition, Progressed before) {
    if (before.last() < 0) {
      return true;
    }
    long[] fingerprint = new long[1];
    OptionalLong read =
        kafka.read(
            partition,
            before.last(),
            before.last() + 1,
            record -> fingerprint[0] = Fingerprint.of(record.key(), record.value()));
    return read.isPresent() && fingerprint[0] == before.fingerprint();
  }
}
