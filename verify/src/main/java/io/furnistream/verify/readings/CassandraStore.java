package io.furnistream.verify.readings;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.cassandra.CassandraSession;
import io.furnistream.verify.records.DeadLetters;
import io.furnistream.verify.records.Position;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.OpenDays;
import io.furnistream.verify.tables.StoreReading;
import io.furnistream.verify.tables.StoredRow;
import io.furnistream.verify.tables.Table;
import io.furnistream.verify.tables.TableLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/** Cassandra: the raw records, whose figures are added up, and the aggregated tables. */
public final class CassandraStore implements Store {

  private static final String QUARANTINE =
      "SELECT topic, topic_id, kafka_partition, kafka_offset FROM " + DeadLetters.QUARANTINE;

  private final CassandraSession session;
  private final boolean deep;
  private final CassandraRecords records;
  private final RawRecords rawRecords;
  private final Map<TableLayout, PreparedStatement> aggregated = new LinkedHashMap<>();
  private final PreparedStatement quarantine;

  /**
   * Connects.
   *
   * @param deep whether to read the raw records in full, and to work out from them what every
   *     aggregated table must hold
   * @throws io.furnistream.cli.CannotRunException when Cassandra does not answer or lacks a table
   */
  public CassandraStore(Endpoints endpoints, boolean deep) {
    this.deep = deep;
    this.session = new CassandraSession(endpoints);
    try {
      CassandraPartitions partitions = new CassandraPartitions(session);
      this.records = new CassandraRecords(session, partitions);
      this.rawRecords = new RawRecords(session, partitions);
      for (TableLayout layout : TableLayout.aggregatedIn(StoreKind.CASSANDRA)) {
        aggregated.put(layout, session.prepare(select(layout)));
      }
      this.quarantine = session.prepare(QUARANTINE);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return "cassandra";
  }

  @Override
  public StoreReading read(DayRange range, OpenDays open) {
    List<Table> all = new ArrayList<>();
    aggregated.forEach((layout, statement) -> all.add(table(layout, statement, range)));
    if (deep) {
      all.add(rawRecords.table(range, open));
    }
    return new StoreReading(
        Figures.ZERO,
        records.byDay(range, open),
        all,
        deep ? rawRecords.workedOut(range, open) : List.of(),
        List.of(),
        List.of());
  }

  /**
   * Where the sales that the screen refused are, as far as they could be read.
   *
   * @param topicId the present incarnation of their topic: a row of another one does not count. A
   *     row without an id, of before there was that column, does
   */
  public Set<Position> quarantine(Uuid topicId) {
    Set<Position> positions = new HashSet<>();
    session.forEachRow(
        quarantine,
        row -> {
          String id = row.getString("topic_id");
          if (Topic.DAILY_RECORDS.topicName().equals(row.getString("topic"))
              && (id == null || id.equals(topicId.toString()))) {
            positions.add(Position.of(row.getInt("kafka_partition"), row.getLong("kafka_offset")));
          }
        });
    return positions;
  }

  @Override
  public void close() {
    session.close();
  }

  private static String select(TableLayout layout) {
    return "SELECT " + layout.selected() + " FROM " + layout.in(StoreKind.CASSANDRA);
  }

  private Table table(TableLayout layout, PreparedStatement statement, DayRange range) {
    Table table = layout.empty();
    session.forEachRow(
        statement,
        row -> {
          StoredRow stored = new CassandraRow(row);
          if (range.contains(layout.day(stored))) {
            layout.put(table, stored);
          }
        });
    return table;
  }
}
