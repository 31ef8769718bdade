package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.querybuilder.QueryBuilder;
import com.datastax.oss.driver.api.querybuilder.update.Update;
import com.datastax.oss.driver.api.querybuilder.update.UpdateWithAssignments;
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

  /** A new base begins so far above every older stamp: {@link SinkPositions#reset} fits between. */
  private static final long GAP = 2;

  private static final int ATTEMPTS = 10;
  private static final Logger LOG = LoggerFactory.getLogger(StampRegistry.class);

  private final CqlSession session;
  private final InstantSource clock;
  private final PreparedStatement select;
  private final PreparedStatement register;
  private final PreparedStatement raise;
  private final PreparedStatement renew;

  /**
   * Prepares the statements.
   *
   * @throws org.apache.kafka.common.config.ConfigException when the table is not there
   */
  StampRegistry(
      CqlSession session, String keyspace, InstantSource clock, StampConsistency consistency) {
    Tables.require(session, keyspace, TABLE);
    this.session = session;
    this.clock = clock;
    CqlIdentifier in = CqlIdentifier.fromInternal(keyspace);
    CqlIdentifier table = CqlIdentifier.fromInternal(TABLE);
    select =
        session.prepare(
            QueryBuilder.selectFrom(in, table)
                .columns("topic_id", "current_id", "highest", "base", "ceiling", "truncations")
                .whereColumn("topic")
                .isEqualTo(QueryBuilder.bindMarker("topic"))
                .build()
                // Also finishes what another task has begun.
                .setConsistencyLevel(consistency.serial()));
    register =
        prepare(
            ofOneIncarnation(
                    QueryBuilder.update(in, table)
                        .setColumn("current_id", QueryBuilder.bindMarker("new_id"))
                        .setColumn("highest", QueryBuilder.bindMarker("ceiling"))
                        .setColumn("base", QueryBuilder.bindMarker("base"))
                        .setColumn("ceiling", QueryBuilder.bindMarker("ceiling")))
                .ifColumn("current_id")
                .isEqualTo(QueryBuilder.bindMarker("old_id"))
                // The predecessor may have raised it since its rows were read.
                .ifColumn("highest")
                .isEqualTo(QueryBuilder.bindMarker("old_highest")),
            consistency);
    raise =
        prepare(
            ifUnchanged(
                ofOneIncarnation(
                    QueryBuilder.update(in, table)
                        .setColumn("highest", QueryBuilder.bindMarker("new_ceiling"))
                        .setColumn("ceiling", QueryBuilder.bindMarker("new_ceiling")))),
            consistency);
    renew =
        prepare(
            ifUnchanged(
                ofOneIncarnation(
                    QueryBuilder.update(in, table)
                        .setColumn("highest", QueryBuilder.bindMarker("new_ceiling"))
                        .setColumn("base", QueryBuilder.bindMarker("new_base"))
                        .setColumn("ceiling", QueryBuilder.bindMarker("new_ceiling"))
                        .setColumn("truncations", QueryBuilder.bindMarker("truncations")))),
            consistency);
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
      Reservation reservation = reserve(highest(rows), largestEndOffset);
      BoundStatementBuilder statement =
          register
              .boundStatementBuilder()
              .setString("new_id", id.toString())
              .setLong("base", reservation.base)
              .setLong("ceiling", reservation.ceiling)
              .setString("topic", topic)
              .setString("topic_id", id.toString())
              .setString("old_id", rows.isEmpty() ? null : rows.get(0).getString("current_id"));
      session.execute(
          (rows.isEmpty() || rows.get(0).isNull("highest")
                  ? statement.setToNull("old_highest")
                  : statement.setLong("old_highest", rows.get(0).getLong("highest")))
              .build());
      LOG.info(
          "Topic {} with id {} writes with base {}, unless another task was first",
          topic,
          id,
          reservation.base);
    }
    throw disagreement(topic);
  }

  /**
   * Raises the ceiling until it covers an offset.
   *
   * @return the stamps as they are now: another task may have replaced the base
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
          bind(raise, known).setLong("new_ceiling", known.of(offset) + RESERVE).build());
      // The update's answer is not used, the row is read again: what counts is what is stored.
      known = claim(known.topic(), known.id(), () -> offset + 1);
    }
    throw disagreement(stamps.topic());
  }

  /**
   * Replaces the base by one above every stamp that was reserved so far.
   *
   * @return the stamps as they are now, with another base; another task may have been first
   * @throws RetriableException when the incarnation has a successor already, or the tasks do not
   *     reach agreement
   */
  WriteStamps renew(WriteStamps stamps, LongSupplier largestEndOffset) {
    WriteStamps known = claim(stamps.topic(), stamps.id(), largestEndOffset);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (known.base() != stamps.base()) {
        return known;
      }
      Reservation reservation = reserve(known.ceiling(), largestEndOffset);
      session.execute(
          bind(renew, known)
              .setLong("new_base", reservation.base)
              .setLong("new_ceiling", reservation.ceiling)
              .setInt("truncations", known.truncations() + 1)
              .build());
      known = claim(known.topic(), known.id(), largestEndOffset);
    }
    throw disagreement(stamps.topic());
  }

  /** Stamps that nothing has used, in the past where nothing higher was reserved. */
  private Reservation reserve(long highest, LongSupplier largestEndOffset) {
    // The clock is read first: what is appended from then on is stamped in its past.
    long now = microseconds(clock.instant());
    long endOffset = largestEndOffset.getAsLong();
    long base = Math.max(now - endOffset, highest + GAP);
    return new Reservation(base, base + endOffset + RESERVE);
  }

  private List<Row> rows(String topic) {
    return session.execute(select.boundStatementBuilder().setString("topic", topic).build()).all();
  }

  private static long highest(List<Row> rows) {
    return rows.stream()
        // A row of before the column highest has its ceiling alone.
        .mapToLong(row -> Math.max(row.getLong("highest"), row.getLong("ceiling")))
        .max()
        .orElse(0);
  }

  private static WriteStamps current(List<Row> rows, String topic, Uuid id) {
    for (Row row : rows) {
      if (id.toString().equals(row.getString("topic_id"))) {
        if (!id.toString().equals(row.getString("current_id"))) {
          throw new RetriableException(
              "Topic %s with id %s has a successor with id %s: waiting until Kafka names that one. Two Kafka clusters must not write the same topic into one keyspace"
                  .formatted(topic, id, row.getString("current_id")));
        }
        return new WriteStamps(
            topic, id, row.getLong("base"), row.getLong("ceiling"), row.getInt("truncations"));
      }
    }
    return null;
  }

  private PreparedStatement prepare(Update statement, StampConsistency consistency) {
    return session.prepare(
        statement
            .build()
            .setConsistencyLevel(consistency.plain())
            .setSerialConsistencyLevel(consistency.serial())
            .setIdempotent(false));
  }

  private static Update ofOneIncarnation(UpdateWithAssignments update) {
    return update
        .whereColumn("topic")
        .isEqualTo(QueryBuilder.bindMarker("topic"))
        .whereColumn("topic_id")
        .isEqualTo(QueryBuilder.bindMarker("topic_id"));
  }

  private static Update ifUnchanged(Update update) {
    return update
        .ifColumn("current_id")
        .isEqualTo(QueryBuilder.bindMarker("topic_id"))
        .ifColumn("base")
        .isEqualTo(QueryBuilder.bindMarker("old_base"))
        .ifColumn("ceiling")
        .isEqualTo(QueryBuilder.bindMarker("old_ceiling"));
  }

  private static BoundStatementBuilder bind(PreparedStatement statement, WriteStamps known) {
    return statement
        .boundStatementBuilder()
        .setString("topic", known.topic())
        .setString("topic_id", known.id().toString())
        .setLong("old_base", known.base())
        .setLong("old_ceiling", known.ceiling());
  }

  private static RetriableException disagreement(String topic) {
    return new RetriableException(
        "The tasks that write topic %s did not agree on their stamps in %d attempts"
            .formatted(topic, ATTEMPTS));
  }

  private static long microseconds(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private record Reservation(long base, long ceiling) {}
}
