package io.furnistream.connectors.cassandra;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure, before a batch is written, that its stamps are right: claims the topics' bases, notes
 * how far each partition is about to be written, and replaces a base when a partition's log was
 * cut, so that records which use its offsets again win over those that were lost. For the reasons
 * see docs/decisions/cassandra-write-stamps.md.
 */
final class WriteOrder {

  private static final Logger LOG = LoggerFactory.getLogger(WriteOrder.class);

  private final TopicDirectory directory;
  private final TopicIncarnations incarnations;
  private final ConsumerPositions consumer;
  private final Map<Place<String>, WriteStamps> stamps = new HashMap<>();
  private final Map<Place<TopicPartition>, SinkPositions.Position> landed = new HashMap<>();

  /**
   * Partitions that were cut, until the consumer is sent back. What follows may fail, and the batch
   * then comes again: it must not be written under a base that is newer than its fetch.
   */
  private final Set<TopicPartition> cut = new HashSet<>();

  WriteOrder(TopicDirectory directory, TopicIncarnations incarnations, ConsumerPositions consumer) {
    this.directory = directory;
    this.incarnations = incarnations;
    this.consumer = consumer;
  }

  /** Forgets what another task may have changed while it had these partitions. */
  void assigned(Collection<TopicPartition> partitions) {
    Set<String> topics = partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
    stamps.keySet().removeIf(place -> topics.contains(place.of));
    landed.keySet().removeIf(place -> partitions.contains(place.of));
    cut.removeAll(partitions);
  }

  /**
   * Prepares a batch whose topics' incarnations are certain.
   *
   * @return whether it may be written; if not, the consumer is sent back and the batch must be
   *     dropped
   * @throws org.apache.kafka.connect.errors.RetriableException when Kafka does not answer, or the
   *     tasks do not agree
   * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra does not answer
   */
  boolean prepare(Collection<SinkRecord> batch, CassandraStore store) {
    store.prepareTables(batch);
    Map<Place<TopicPartition>, Range> ranges = ranges(batch, store.keyspaces());
    // One that was taken away since is checked by the task that has it now.
    cut.retainAll(consumer.assignment());
    boolean fetchedUnderThem = isStamped(ranges, store);
    if (fetchedUnderThem) {
      findCut(ranges, store);
    }
    if (!cut.isEmpty()) {
      LOG.warn(
          "Kafka has lost records of {} that were written (an unclean leader election, or a broker that lost its disk): reading them from the beginning, under a new base",
          cut);
      Map<TopicPartition, Long> beginnings = directory.beginningOffsets(cut);
      cut.forEach(partition -> startAnew(partition, store));
      consumer.sendBack(batch, beginnings);
      cut.clear();
      return false;
    }
    if (!fetchedUnderThem) {
      // A base that was replaced holds for what was fetched since: this may be of before the cut.
      LOG.info("The stamps have changed since this batch was fetched: fetching it again");
      consumer.sendBack(batch, Map.of());
      return false;
    }
    ranges.forEach((place, range) -> note(place, range.highest, store));
    return true;
  }

  /** The stamps of a topic whose batch is prepared. */
  WriteStamps stamps(String keyspace, String topic) {
    return stamps.get(new Place<>(keyspace, topic));
  }

  /**
   * For every keyspace, whatever the transforms route where: a partition that was cut is cut for
   * all of them.
   */
  private static Map<Place<TopicPartition>, Range> ranges(
      Collection<SinkRecord> batch, Set<String> keyspaces) {
    Map<Place<TopicPartition>, Range> ranges = new HashMap<>();
    for (SinkRecord record : batch) {
      long offset = record.originalKafkaOffset();
      for (String keyspace : keyspaces) {
        ranges.merge(
            new Place<>(keyspace, ConsumerPositions.partition(record)),
            new Range(offset, offset),
            Range::and);
      }
    }
    return ranges;
  }

  /** Makes the stamps cover the batch; whether they are those it was fetched under. */
  private boolean isStamped(Map<Place<TopicPartition>, Range> ranges, CassandraStore store) {
    Map<Place<String>, Long> highest = new HashMap<>();
    ranges.forEach((place, range) -> highest.merge(topic(place), range.highest, Math::max));
    // Kept once all are known: a change that a failure hides is seen again.
    Map<Place<String>, WriteStamps> changed = new HashMap<>();
    boolean same = true;
    for (Map.Entry<Place<String>, Long> entry : highest.entrySet()) {
      Place<String> place = entry.getKey();
      WriteStamps known = stamps.get(place);
      boolean first = known == null || !known.id().equals(incarnations.id(place.of));
      StampRegistry registry = store.registry(place.keyspace);
      WriteStamps current =
          first
              ? registry.claim(place.of, incarnations.id(place.of), () -> largestEnd(place.of))
              : known;
      current = registry.raise(current, entry.getValue());
      changed.put(place, current);
      same &= first ? current.truncations() == 0 : current.base() == known.base();
    }
    stamps.putAll(changed);
    return same;
  }

  private void findCut(Map<Place<TopicPartition>, Range> ranges, CassandraStore store) {
    Map<Place<TopicPartition>, SinkPositions.Position> unchecked = new HashMap<>();
    ranges.forEach(
        (place, range) -> {
          if (consumer.hasGoneBackTo(place.of, range.lowest)) {
            cut.add(place.of);
          }
          if (!landed.containsKey(place)) {
            unchecked.put(
                place,
                store
                    .positions(place.keyspace)
                    .of(stamps.get(topic(place)))
                    .getOrDefault(place.of.partition(), SinkPositions.Position.NONE));
          }
        });
    Set<TopicPartition> written =
        unchecked.entrySet().stream()
            .filter(entry -> entry.getValue().landed() >= 0)
            .map(entry -> entry.getKey().of)
            .collect(Collectors.toSet());
    Map<TopicPartition, Long> ends = written.isEmpty() ? Map.of() : directory.endOffsets(written);
    unchecked.forEach(
        (place, position) -> {
          if (position.landed() >= ends.getOrDefault(place.of, Long.MAX_VALUE)) {
            cut.add(place.of);
          }
        });
    landed.putAll(unchecked);
  }

  private void startAnew(TopicPartition partition, CassandraStore store) {
    List<Place<TopicPartition>> places =
        landed.keySet().stream().filter(place -> place.of.equals(partition)).toList();
    for (Place<TopicPartition> place : places) {
      WriteStamps current = stamps.get(topic(place));
      SinkPositions.Position position = landed.get(place);
      // Another partition, or another task, may have had it replaced since this one was written.
      if (position.landed() >= 0 && position.base() == current.base()) {
        current =
            store.registry(place.keyspace).renew(current, () -> largestEnd(partition.topic()));
        stamps.put(topic(place), current);
      }
      landed.put(place, store.positions(place.keyspace).reset(current, partition.partition()));
    }
  }

  private void note(Place<TopicPartition> place, long offset, CassandraStore store) {
    WriteStamps current = stamps.get(topic(place));
    SinkPositions.Position position = landed.get(place);
    if (position.base() != current.base() || position.landed() < offset) {
      landed.put(
          place, store.positions(place.keyspace).note(current, place.of.partition(), offset));
    }
  }

  private long largestEnd(String topic) {
    return directory.endOffsets(topic).values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private static Place<String> topic(Place<TopicPartition> place) {
    return new Place<>(place.keyspace, place.of.topic());
  }

  /** A topic or a partition, and a keyspace that it goes into. */
  private record Place<T>(String keyspace, T of) {}

  private record Range(long lowest, long highest) {

    Range and(Range other) {
      return new Range(Math.min(lowest, other.lowest), Math.max(highest, other.highest));
    }
  }
}
