package io.furnistream.verify.readings;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.furnistream.schemas.DayFigures;
import io.furnistream.schemas.Money;
import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.cassandra.CassandraSession;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.OpenDays;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up the raw records in Cassandra, row by row. */
final class CassandraRecords {

  private static final String RECORDS =
      "SELECT ts_id, ts, customer_id, quantity, revenue, profit FROM "
          + Topic.DAILY_RECORDS.table().in(StoreKind.CASSANDRA)
          + " WHERE ts_date = ? AND bucket = ?";

  private final CassandraPartitions partitions;
  private final PreparedStatement records;

  CassandraRecords(CassandraSession session, CassandraPartitions partitions) {
    this.partitions = partitions;
    this.records = session.prepare(RECORDS);
  }

  /** The figures of each day that has a record. */
  SortedMap<LocalDate, Figures> byDay(DayRange range, OpenDays open) {
    TreeMap<LocalDate, Figures> days = new TreeMap<>();
    // One day at a time: only its distinct customers are in memory.
    partitions
        .buckets(range)
        .forEach(
            (day, buckets) -> {
              DayFigures figures = new DayFigures();
              partitions.forEachRecord(
                  day,
                  buckets,
                  records,
                  (bucket, row) -> {
                    if (CassandraRow.counts(row, day, open)) {
                      add(row, figures);
                    }
                  });
              days.put(day, Figures.of(figures));
            });
    return days;
  }

  // A row that lacks its revenue adds nothing, and so its day differs from the ledger.
  private static void add(Row row, DayFigures figures) {
    BigDecimal revenue = row.getBigDecimal("revenue");
    figures.add(
        row.getUuid("ts_id"),
        row.getString("customer_id"),
        row.getInt("quantity"),
        revenue == null ? Money.ZERO : revenue,
        row.getBigDecimal("profit"));
  }
}
