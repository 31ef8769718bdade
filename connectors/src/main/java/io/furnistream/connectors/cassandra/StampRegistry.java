package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.querybuilder.QueryBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.connect.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table {@code sink_stamps} of one keyspace, on which all tasks agree by lightweight
 * transactions: which incarnation of a topic is the current one, its base, and how far its
 * timestamps may go. For the reasons see docs/decisions/cassandra-write-stamps.md.
 */
final class StampRegistry {

  /** The table's name, in each keyspace that is written to. */
  static final String TABLE = "sink_stamps";

  /**
   * How many timestamps are reserved at once. A successor begins above what its predecessor has
   * reserved, so this is also how many microseconds it may be ahead of the clock: one second.
   */
  static final long RESERVE = 1_000_000;

  private static final int ATTEMPTS = 10;
  private static final Logger LOG = LoggerFactory.getLogger(StampRegistry.class);

  private final CqlSession session;
  private final InstantSource clock;
  private final PreparedStatement select;
  private final PreparedStatement register;
  private final PreparedStatement raise;

  /**
   * Prepares the statements.
   *
   * @throws org.apache.kafka.common.config.ConfigException when the table is not there
   */
  StampRegistry(CqlSession session, String keyspace, InstantSource clock) {
    Tables.require(session, keyspace, TABLE);
    this.session = session;
    this.clock = clock;
    CqlIdentifier in = CqlIdentifier.fromInternal(keyspace);
    CqlIdentifier table = CqlIdentifier.fromInternal(TABLE);
    select =
        session.prepare(
            QueryBuilder.selectFrom(in, table)
                .columns("topic_id", "current_id", "base", "ceiling")
                .whereColumn("topic")
                .isEqualTo(QueryBuilder.bindMarker("topic"))
                .build()
                // Also finishes what another task has begun.
                .setConsistencyLevel(DefaultConsistencyLevel.SERIAL));
    register =
        session.prepare(
            QueryBuilder.update(in, table)
                .setColumn("current_id", QueryBuilder.bindMarker("new_id"))
                .setColumn("base", QueryBuilder.bindMarker("base"))
                .setColumn("ceiling", QueryBuilder.bindMarker("ceiling"))
                .whereColumn("topic")
                .isEqualTo(QueryBuilder.bindMarker("topic"))
                .whereColumn("topic_id")
                .isEqualTo(QueryBuilder.bindMarker("topic_id"))
                .ifColumn("current_id")
                .isEqualTo(QueryBuilder.bindMarker("old_id"))
                .build()
                .setConsistencyLevel(DefaultConsistencyLevel.QUORUM)
                .setIdempotent(false));
    raise =
        session.prepare(
            QueryBuilder.update(in, table)
                .setColumn("ceiling", QueryBuilder.bindMarker("new_ceiling"))
                .whereColumn("topic")
                .isEqualTo(QueryBuilder.bindMarker("topic"))
                .whereColumn("topic_id")
                .isEqualTo(QueryBuilder.bindMarker("topic_id"))
                .ifColumn("current_id")
                .isEqualTo(QueryBuilder.bindMarker("current_id"))
                .ifColumn("ceiling")
                .isEqualTo(QueryBuilder.bindMarker("old_ceiling"))
                .build()
                .setConsistencyLevel(DefaultConsistencyLevel.QUORUM)
                .setIdempotent(false));
  }

  /**
   * The stamps of an incarnation, which is registered if it is not yet.
   *
   * @param largestEndOffset asked for only when it is to be registered
   * @throws RetriableException when the incarnation has a successor already, or the tasks do not
   *     reach agreement
   */
  WriteStamps claim(String topic, Uuid id, LongSupplier largestEndOffset) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<Row> rows = rows(topic);
      WriteStamps registered = current(rows, topic, id);
      if (registered != null) {
        return registered;
      }
      // The clock is read first: what is appended from then on is stamped in its past.
      long now = microseconds(clock.instant());
      long endOffset = largestEndOffset.getAsLong();
      long predecessors =
          rows.stream().mapToLong(row -> row.getLong("ceiling")).max().orElse(Long.MIN_VALUE);
      long base = Math.max(now - endOffset, predecessors + 1);
      String previous = rows.isEmpty() ? null : rows.get(0).getString("current_id");
      session.execute(
          register
              .boundStatementBuilder()
              .setString("new_id", id.toString())
              .setLong("base", base)
              .setLong("ceiling", base + endOffset + RESERVE)
              .setString("topic", topic)
              .setString("topic_id", id.toString())
              .setString("old_id", previous)
              .build());
      LOG.info(
          "Topic {} with id {} writes with base {}, unless another task was first",
          topic,
          id,
          base);
    }
    throw disagreement(topic);
  }

  /**
   * Raises the ceiling until it covers an offset.
   *
   * @throws RetriableException when the incarnation has a successor already, or the tasks do not
   *     reach agreement
   */
  WriteStamps raise(WriteStamps stamps, long offset) {
    WriteStamps known = stamps;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (known.covers(offset)) {
        return known;
      }
      session.execute(
          raise
              .boundStatementBuilder()
              .setLong("new_ceiling", known.of(offset) + RESERVE)
              .setString("topic", known.topic())
              .setString("topic_id", known.id().toString())
              .setString("current_id", known.id().toString())
              .setLong("old_ceiling", known.ceiling())
              .build());
      // The update's answer is not used, the row is read again: what counts is what is stored.
      known = claim(known.topic(), known.id(), () -> offset + 1);
    }
    throw disagreement(stamps.topic());
  }

  private List<Row> rows(String topic) {
    return session.execute(select.boundStatementBuilder().setString("topic", topic).build()).all();
  }

  private static WriteStamps current(List<Row> rows, String topic, Uuid id) {
    for (Row row : rows) {
      if (id.toString().equals(row.getString("topic_id"))) {
        if (!id.toString().equals(row.getString("current_id"))) {
          throw new RetriableException(
              "Topic %s with id %s has a successor with id %s: waiting until Kafka names that one. Two Kafka clusters must not write the same topic into one keyspace"
                  .formatted(topic, id, row.getString("current_id")));
        }
        return new WriteStamps(topic, id, row.getLong("base"), row.getLong("ceiling"));
      }
    }
    return null;
  }

  private static RetriableException disagreement(String topic) {
    return new RetriableException(
        "The tasks that write topic %s did not agree on their stamps in %d attempts"
            .formatted(topic, ATTEMPTS));
  }

  private static long microseconds(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
