package io.furnistream.verify.readings;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.cassandra.CassandraSession;
import io.furnistream.verify.records.Position;
import io.furnistream.verify.tables.AggregateTables;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.StoreReading;
import io.furnistream.verify.tables.StoredRow;
import io.furnistream.verify.tables.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Cassandra: the raw records, whose figures are added up, and the aggregated tables. */
public final class CassandraStore implements Store {

  private static final String DAILY_PU_REV =
      "SELECT ts_date, daily_records, daily_pu, daily_orders, daily_quantity, daily_rev,"
          + " daily_profit FROM furniture.daily_pu_rev";
  private static final String DAILY_CATEGORY_PRODUCT =
      "SELECT ts_date, category, sub_category, product_name, daily_quantity, daily_rev,"
          + " daily_profit FROM furniture.daily_category_product";
  private static final String DAILY_ADDRESS =
      "SELECT ts_date, latitude, longitude, city, state, country, daily_pu"
          + " FROM furniture.daily_address";

  private static final String QUARANTINE =
      "SELECT topic, kafka_partition, kafka_offset FROM furniture.quarantine";

  private final CassandraSession session;
  private final boolean deep;
  private final CassandraRecords records;
  private final RawRecords rawRecords;
  private final PreparedStatement dailyPuRev;
  private final PreparedStatement dailyCategoryProduct;
  private final PreparedStatement dailyAddress;
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
      this.dailyPuRev = session.prepare(DAILY_PU_REV);
      this.dailyCategoryProduct = session.prepare(DAILY_CATEGORY_PRODUCT);
      this.dailyAddress = session.prepare(DAILY_ADDRESS);
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
  public StoreReading read(DayRange range) {
    AggregateTables tables = AggregateTables.empty();
    read(dailyPuRev, range, tables::putDailyPuRev);
    read(dailyCategoryProduct, range, tables::putDailyCategoryProduct);
    read(dailyAddress, range, tables::putDailyAddress);
    List<Table> all = new ArrayList<>(tables.all());
    if (deep) {
      all.add(rawRecords.table(range));
    }
    return new StoreReading(
        Figures.ZERO,
        records.byDay(range),
        all,
        deep ? rawRecords.workedOut(range) : List.of(),
        List.of(),
        List.of());
  }

  /** Where the sales lay that the screen refused, as far as they could be read. */
  public Set<Position> quarantine() {
    Set<Position> positions = new HashSet<>();
    session.forEachRow(
        quarantine,
        row -> {
          if (Topic.DAILY_RECORDS.topicName().equals(row.getString("topic"))) {
            positions.add(Position.of(row.getInt("kafka_partition"), row.getLong("kafka_offset")));
          }
        });
    return positions;
  }

  @Override
  public void close() {
    session.close();
  }

  private void read(PreparedStatement statement, DayRange range, Consumer<StoredRow> table) {
    session.forEachRow(
        statement,
        row -> {
          if (range.contains(row.getLocalDate("ts_date"))) {
            table.accept(new CassandraRow(row));
          }
        });
  }
}
