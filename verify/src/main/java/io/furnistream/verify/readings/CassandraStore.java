package io.furnistream.verify.readings;

import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.cassandra.CassandraSession;
import io.furnistream.verify.database.StagedTable;
import io.furnistream.verify.records.Quarantine;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.StoreReading;
import io.furnistream.verify.tables.TableLayout;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;

/**
 * Cassandra: the raw records, whose figures are added up, and the aggregated tables. Days are found
 * by listing every partition, so that an unexpected one is found too.
 */
public final class CassandraStore implements Store {

  private static final String QUARANTINE = "SELECT * FROM " + Quarantine.TABLE;

  /** Columns of the quarantine that say where a record lies. */
  private static final Set<String> POSITION =
      Set.of("topic", "topic_id", "kafka_partition", "kafka_offset");

  private final CassandraSession session;
  private final TableLayout raw;
  private final CassandraPartitions partitions;
  private final List<DailyTable> aggregated = new ArrayList<>();
  private final PreparedStatement quarantine;

  /**
   * Connects.
   *
   * @param raw what is compared of the raw records
   * @throws io.furnistream.cli.CannotRunException when Cassandra does not answer or lacks a table
   */
  public CassandraStore(Endpoints endpoints, TableLayout raw) {
    this.raw = raw;
    this.session = new CassandraSession(endpoints);
    try {
      this.partitions = new CassandraPartitions(session, raw);
      for (TableLayout layout : TableLayout.aggregatedIn(StoreKind.CASSANDRA)) {
        aggregated.add(new DailyTable(session, layout));
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
  public void refresh() {
    partitions.list();
    aggregated.forEach(DailyTable::list);
  }

  @Override
  public StagedReading read(DayRange range, Staging staging) {
    List<Staged> tables = new ArrayList<>();
    try (StagedTable table = staging.begin(raw)) {
      partitions.forEachRow(range, (day, row) -> table.add(day, new CassandraRow(row)));
    }
    tables.add(new Staged(raw, staging.relation(raw), false));
    for (DailyTable each : aggregated) {
      try (StagedTable table = staging.begin(each.layout)) {
        each.read(range, table);
      }
      tables.add(new Staged(each.layout, staging.relation(each.layout), false));
    }
    return new StagedReading(new StoreReading(Figures.ZERO, staging.figures(raw)), tables);
  }

  /**
   * Reads the sales that the screen refused, as far as they could be read.
   *
   * @param topicId the present incarnation of their topic: a row of another one does not count. A
   *     row without an id, of before there was that column, does
   */
  public void readQuarantine(Uuid topicId, Quarantine.Rows rows) {
    session.forEachRow(
        quarantine,
        row -> {
          String id = row.getString("topic_id");
          if (Topic.DAILY_RECORDS.topicName().equals(row.getString("topic"))
              && (id == null || id.equals(topicId.toString()))) {
            Map<String, Object> columns = new HashMap<>();
            for (ColumnDefinition column : row.getColumnDefinitions()) {
              String name = column.getName().asInternal();
              if (!POSITION.contains(name)) {
                columns.put(name, row.getObject(name));
              }
            }
            rows.row(
                row.getInt("kafka_partition"),
                row.getLong("kafka_offset"),
                row.getString("customer_name"),
                columns);
          }
        });
  }

  @Override
  public void close() {
    session.close();
  }

  /** A table that is kept by day: a partition has all rows of one. */
  private static final class DailyTable {

    private final CassandraSession session;
    private final TableLayout layout;
    private final PreparedStatement days;
    private final PreparedStatement rows;
    private SortedSet<LocalDate> listed = new TreeSet<>();

    DailyTable(CassandraSession session, TableLayout layout) {
      this.session = session;
      this.layout = layout;
      String from = " FROM " + layout.in(StoreKind.CASSANDRA);
      this.days = session.prepare("SELECT DISTINCT " + layout.dayColumn() + from);
      this.rows =
          session.prepare(
              "SELECT " + layout.selected() + from + " WHERE " + layout.dayColumn() + " = ?");
    }

    void list() {
      listed = new TreeSet<>();
      session.forEachRow(days, row -> listed.add(row.getLocalDate(layout.dayColumn())));
    }

    void read(DayRange range, StagedTable table) {
      for (LocalDate day : listed.subSet(range.from(), range.to().plusDays(1))) {
        session.forEachRow(rows, row -> table.add(new CassandraRow(row)), day);
      }
    }
  }
}
