package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.querybuilder.QueryBuilder;
import java.util.HashMap;
import java.util.Map;

/**
 * The table {@code sink_positions} of one keyspace: up to which offset each partition may have been
 * written. It is noted before the rows are, so a log that ends at or below it has lost records that
 * may have landed. Rows are stamped like what they are about: a task that is late changes nothing.
 */
final class SinkPositions {

  /** The table's name, in each keyspace that is written to. */
  static final String TABLE = "sink_positions";

  private final CqlSession session;
  private final PreparedStatement select;
  private final PreparedStatement insert;

  /**
   * Prepares the statements.
   *
   * @throws org.apache.kafka.common.config.ConfigException when the table is not there
   */
  SinkPositions(CqlSession session, String keyspace, StampConsistency consistency) {
    Tables.require(session, keyspace, TABLE);
    this.session = session;
    CqlIdentifier in = CqlIdentifier.fromInternal(keyspace);
    CqlIdentifier table = CqlIdentifier.fromInternal(TABLE);
    select =
        session.prepare(
            QueryBuilder.selectFrom(in, table)
                .columns("kafka_partition", "base", "landed")
                .whereColumn("topic")
                .isEqualTo(QueryBuilder.bindMarker("topic"))
                .whereColumn("topic_id")
                .isEqualTo(QueryBuilder.bindMarker("topic_id"))
                .build()
                .setConsistencyLevel(consistency.plain())
                .setIdempotent(true));
    insert =
        session.prepare(
            QueryBuilder.insertInto(in, table)
                .value("topic", QueryBuilder.bindMarker("topic"))
                .value("topic_id", QueryBuilder.bindMarker("topic_id"))
                .value("kafka_partition", QueryBuilder.bindMarker("kafka_partition"))
                .value("base", QueryBuilder.bindMarker("base"))
                .value("landed", QueryBuilder.bindMarker("landed"))
                .usingTimestamp(QueryBuilder.bindMarker("stamp"))
                .build()
                .setConsistencyLevel(consistency.plain())
                .setIdempotent(true));
  }

  /** The positions of an incarnation, by partition; none for a partition without a row. */
  Map<Integer, Position> of(WriteStamps stamps) {
    Map<Integer, Position> positions = new HashMap<>();
    for (Row row :
        session.execute(
            select
                .boundStatementBuilder()
                .setString("topic", stamps.topic())
                .setString("topic_id", stamps.id().toString())
                .build())) {
      positions.put(
          row.getInt("kafka_partition"), new Position(row.getLong("base"), row.getLong("landed")));
    }
    return positions;
  }

  /** Notes that offsets up to this one are about to be written. */
  Position note(WriteStamps stamps, int partition, long offset) {
    return store(stamps, partition, offset, stamps.of(offset));
  }

  /** Notes that nothing of a partition has been written under the present base. */
  Position reset(WriteStamps stamps, int partition) {
    // A base lies two above its predecessor's ceiling: this is in between.
    return store(stamps, partition, Position.NOTHING, stamps.base() - 1);
  }

  private Position store(WriteStamps stamps, int partition, long landed, long stamp) {
    session.execute(
        insert
            .boundStatementBuilder()
            .setString("topic", stamps.topic())
            .setString("topic_id", stamps.id().toString())
            .setInt("kafka_partition", partition)
            .setLong("base", stamps.base())
            .setLong("landed", landed)
            .setLong("stamp", stamp)
            .build());
    return new Position(stamps.base(), landed);
  }

  /**
   * How far a partition has been written.
   *
   * @param base the base of the topic's stamps at that time
   * @param landed the highest offset that may have been written
   */
  record Position(long base, long landed) {

    /** Below every offset. */
    static final long NOTHING = -1;

    /** Of a partition that was never written. */
    static final Position NONE = new Position(0, NOTHING);
  }
}
