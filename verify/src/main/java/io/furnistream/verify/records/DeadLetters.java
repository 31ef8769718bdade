package io.furnistream.verify.records;

import io.furnistream.cli.Stopwatch;
import io.furnistream.schemas.DeadLetterTopics;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.kafka.Kafka;
import io.furnistream.verify.database.Appender;
import io.furnistream.verify.database.ProofDatabase;
import io.furnistream.verify.tables.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Compares what verify itself refused with what the screens in front of the stores refused: each
 * record must be in both dead-letter topics, or, for Cassandra's, in its quarantine. A letter that
 * was sent twice, as Streams may after a crash, counts once. One of a topic that was deleted, and
 * made again under the same name, counts for nothing: it does not hold the bytes of the record that
 * lies there now.
 */
public final class DeadLetters {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Pattern PARTITION = Pattern.compile("[0-9]{1,9}");
  private static final Pattern OFFSET = Pattern.compile("[0-9]{1,18}");

  /** A dead-letter topic, and the headers in which its letters say where the record lay. */
  enum Sender {
    CASSANDRA(
        DeadLetterTopics.RAW_RECORDS,
        "__connect.errors.",
        "connect",
        "%s and %s lack".formatted(Quarantine.TABLE, DeadLetterTopics.RAW_RECORDS)),
    AGGREGATES(
        DeadLetterTopics.AGGREGATES,
        "__streams.errors.",
        "aggregates",
        DeadLetterTopics.AGGREGATES + " lacks");

    private final String topic;
    private final String headers;
    private final String service;
    private final String lacks;

    Sender(String topic, String headers, String service, String lacks) {
      this.topic = topic;
      this.headers = headers;
      this.service = service;
      this.lacks = lacks;
    }
  }

  private final Kafka kafka;
  private final ProofDatabase database;
  private final Refusals refused;
  private final Quarantine quarantine;

  /**
   * Of one verification.
   *
   * @param database which has the records that were refused
   * @param quarantine read each time
   */
  public DeadLetters(Kafka kafka, ProofDatabase database, Quarantine quarantine) {
    this.kafka = kafka;
    this.database = database;
    this.refused = new Refusals(database);
    this.quarantine = quarantine;
  }

  /**
   * Looks until every record has its letters. Connect sends them without waiting, so one may arrive
   * after its record's offset was committed.
   *
   * @param within how long a letter may take
   * @return an error for each topic that lacks letters, and what is wrong with the quarantine
   */
  public List<Problem> problems(Stopwatch stopwatch, Duration within) {
    Duration limit = stopwatch.elapsed().plus(within);
    List<Problem> problems = problems();
    while (!problems.isEmpty()
        && stopwatch.elapsed().compareTo(limit) < 0
        && !Thread.currentThread().isInterrupted()) {
      stopwatch.pause(LOOK_EVERY);
      problems = problems();
    }
    return problems;
  }

  private List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    // If nothing was refused no letter is needed, and no dead-letter topic has to exist.
    if (!refused.isEmpty()) {
      quarantine.read();
      for (Sender sender : Sender.values()) {
        readLetters(sender);
        missing(sender).ifPresent(problems::add);
      }
      problems.addAll(quarantine.wrong());
    }
    return problems;
  }

  private void readLetters(Sender sender) {
    database.execute(
        "CREATE OR REPLACE TEMP TABLE letter"
            + " (kafka_partition INTEGER, kafka_offset BIGINT, is_left_out BOOLEAN, fingerprint BIGINT)");
    List<TopicPartition> partitions = kafka.partitionsOf(Set.of(sender.topic));
    Map<TopicPartition, Long> from = kafka.beginningOffsets(partitions);
    Map<TopicPartition, Long> end = kafka.endOffsets(partitions);
    try (Appender letters = database.appendTemporary("letter")) {
      for (TopicPartition partition : partitions) {
        kafka.read(
            partition,
            from.get(partition),
            end.get(partition),
            letter -> take(letter, sender, letters));
      }
    }
  }

  private static void take(ConsumerRecord<byte[], byte[]> letter, Sender sender, Appender letters) {
    String partition = header(letter, sender, "partition");
    String offset = header(letter, sender, "offset");
    // What anybody else writes there, with other headers, is no letter.
    if (Topic.DAILY_RECORDS.topicName().equals(header(letter, sender, "topic"))
        && partition != null
        && PARTITION.matcher(partition).matches()
        && offset != null
        && OFFSET.matcher(offset).matches()) {
      letters.row(
          Integer.valueOf(partition),
          Long.valueOf(offset),
          // The aggregates leave out what would make a letter too large, and say so.
          header(letter, sender, "left_out") != null,
          Fingerprint.of(letter.key(), letter.value()));
    }
  }

  private Optional<Problem> missing(Sender sender) {
    String missing =
        """
        FROM refusal r
        ANTI JOIN (FROM letter WHERE is_left_out) l USING (kafka_partition, kafka_offset)
        ANTI JOIN (FROM letter WHERE NOT is_left_out) h USING (kafka_partition, kafka_offset, fingerprint)
        """
            + (sender == Sender.CASSANDRA
                ? "ANTI JOIN quarantined q USING (kafka_partition, kafka_offset)"
                : "");
    long all = database.count("SELECT count(*) AS count " + missing);
    if (all == 0) {
      return Optional.empty();
    }
    List<String> named = new ArrayList<>();
    database.forEachRow(
        "SELECT kafka_partition, kafka_offset, rule %s ORDER BY kafka_partition, kafka_offset LIMIT %d"
            .formatted(missing, Refusals.NAMED),
        row -> named.add(Refusals.inWords(row)));
    return Optional.of(
        Problem.error(
            null,
            "%s %d of the %d records of %s that are screened out: %s%s. See `furnistream logs %s`; a record that has landed in spite of it is taken back by a tombstone of its key"
                .formatted(
                    sender.lacks,
                    all,
                    refused.count(),
                    Topic.DAILY_RECORDS.topicName(),
                    String.join("; ", named),
                    all > Refusals.NAMED ? "; and " + (all - Refusals.NAMED) + " more" : "",
                    sender.service)));
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, Sender sender, String name) {
    Header header = letter.headers().lastHeader(sender.headers + name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
