package io.furnistream.verify.records;

import io.furnistream.cli.Stopwatch;
import io.furnistream.schemas.DeadLetterTopics;
import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.kafka.Kafka;
import io.furnistream.verify.tables.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

  /** The table of Cassandra that holds the sales that were screened out. */
  public static final String QUARANTINE = StoreKind.CASSANDRA.qualified("quarantine");

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int NAMED = 5;

  /** A dead-letter topic, and the headers in which its letters say where the record lay. */
  enum Sender {
    CASSANDRA(
        DeadLetterTopics.RAW_RECORDS,
        "__connect.errors.",
        "connect",
        "%s and %s lack".formatted(QUARANTINE, DeadLetterTopics.RAW_RECORDS)),
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
  private final List<Refusals.Refusal> refused;
  private final Supplier<Set<Position>> quarantine;

  /**
   * Of one verification.
   *
   * @param quarantine asked each time for what Cassandra's quarantine holds
   */
  public DeadLetters(Kafka kafka, Refusals refused, Supplier<Set<Position>> quarantine) {
    this.kafka = kafka;
    this.refused = refused.all();
    this.quarantine = quarantine;
  }

  /**
   * Looks until every record has its letters. Connect sends them without waiting, so one may arrive
   * after its record's offset was committed.
   *
   * @param within how long a letter may take
   * @return an error for each topic that lacks letters
   */
  public List<Problem> missing(Stopwatch stopwatch, Duration within) {
    Duration limit = stopwatch.elapsed().plus(within);
    List<Problem> missing = missing();
    while (!missing.isEmpty()
        && stopwatch.elapsed().compareTo(limit) < 0
        && !Thread.currentThread().isInterrupted()) {
      stopwatch.pause(LOOK_EVERY);
      missing = missing();
    }
    return missing;
  }

  private List<Problem> missing() {
    List<Problem> problems = new ArrayList<>();
    // If nothing was refused no letter is needed, and no dead-letter topic has to exist.
    if (!refused.isEmpty()) {
      for (Sender sender : Sender.values()) {
        List<Refusals.Refusal> without = without(sender);
        if (!without.isEmpty()) {
          problems.add(Problem.error(null, inWords(sender, without)));
        }
      }
    }
    return problems;
  }

  private List<Refusals.Refusal> without(Sender sender) {
    Map<Position, Refusals.Refusal> without = new LinkedHashMap<>();
    refused.forEach(each -> without.put(Position.of(each.partition(), each.offset()), each));
    if (sender == Sender.CASSANDRA) {
      without.keySet().removeAll(quarantine.get());
    }
    List<TopicPartition> partitions = kafka.partitionsOf(Set.of(sender.topic));
    Map<TopicPartition, Long> from = kafka.beginningOffsets(partitions);
    Map<TopicPartition, Long> end = kafka.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      kafka.read(
          partition,
          from.get(partition),
          end.get(partition),
          letter -> {
            Position position =
                new Position(header(letter, sender, "partition"), header(letter, sender, "offset"));
            Refusals.Refusal about = without.get(position);
            if (about != null
                && Topic.DAILY_RECORDS.topicName().equals(header(letter, sender, "topic"))
                && holds(letter, sender, about)) {
              without.remove(position);
            }
          });
    }
    return List.copyOf(without.values());
  }

  private static boolean holds(
      ConsumerRecord<byte[], byte[]> letter, Sender sender, Refusals.Refusal refusal) {
    // The aggregates leave out what would make a letter too large, and say so.
    return header(letter, sender, "left_out") != null
        || Fingerprint.of(letter.key(), letter.value()) == refusal.fingerprint();
  }

  private String inWords(Sender sender, List<Refusals.Refusal> without) {
    String named =
        without.stream()
            .limit(NAMED)
            .map(Refusals.Refusal::inWords)
            .collect(Collectors.joining("; "));
    int more = without.size() - NAMED;
    return "%s %d of the %d records of %s that are screened out: %s%s. See `furnistream logs %s`; a record that has landed in spite of it is taken back by a tombstone of its key"
        .formatted(
            sender.lacks,
            without.size(),
            refused.size(),
            Topic.DAILY_RECORDS.topicName(),
            named,
            more > 0 ? "; and " + more + " more" : "",
            sender.service);
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, Sender sender, String name) {
    Header header = letter.headers().lastHeader(sender.headers + name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
