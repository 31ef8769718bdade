package io.furnistream.rollups.verify;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.furnistream.cli.CannotRunException;
import io.furnistream.rollups.cassandra.CassandraSession;
import io.furnistream.schemas.DayFigures;
import io.furnistream.schemas.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Adds up the raw records in Cassandra, row by row.
 *
 * <p>Days are found by asking for every partition there is, so that a day nobody expects is seen
 * too. A day's partitions are read at once, a bounded number at a time, in pages.
 */
final class CassandraRecords {

  private static final int CONCURRENT_PARTITIONS = 4;

  private static final String PARTITIONS =
      "SELECT DISTINCT ts_date, bucket FROM furniture.daily_records";
  private static final String RECORDS =
      "SELECT ts_id, customer_id, quantity, revenue, profit FROM furniture.daily_records"
          + " WHERE ts_date = ? AND bucket = ?";

  private final CassandraSession session;
  private final PreparedStatement partitions;
  private final PreparedStatement records;

  CassandraRecords(CassandraSession session) {
    this.session = session;
    this.partitions = session.prepare(PARTITIONS);
    this.records = session.prepare(RECORDS);
  }

  /** The figures of each day that has a record. */
  SortedMap<LocalDate, Figures> byDay(DayRange range) {
    TreeMap<LocalDate, Figures> days = new TreeMap<>();
    ExecutorService readers = Executors.newFixedThreadPool(CONCURRENT_PARTITIONS);
    try {
      // One day at a time: only its distinct customers are in memory.
      buckets(range).forEach((day, buckets) -> days.put(day, figures(day, buckets, readers)));
    } finally {
      readers.shutdownNow();
    }
    return days;
  }

  private SortedMap<LocalDate, List<Integer>> buckets(DayRange range) {
    TreeMap<LocalDate, List<Integer>> buckets = new TreeMap<>();
    session.forEachRow(
        partitions,
        row -> {
          LocalDate day = row.getLocalDate("ts_date");
          if (range.contains(day)) {
            buckets.computeIfAbsent(day, d -> new ArrayList<>()).add(row.getInt("bucket"));
          }
        });
    return buckets;
  }

  private Figures figures(LocalDate day, List<Integer> buckets, ExecutorService readers) {
    DayFigures figures = new DayFigures();
    List<Callable<Void>> reads = new ArrayList<>();
    for (int bucket : buckets) {
      reads.add(
          () -> {
            session.forEachRow(records, row -> add(row, figures), day, bucket);
            return null;
          });
    }
    try {
      for (Future<Void> read : readers.invokeAll(reads)) {
        read.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRunException("Interrupted while reading Cassandra; run it again.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CannotRunException cause) {
        throw new CannotRunException(cause.getMessage(), cause);
      }
      throw new IllegalStateException(e.getCause());
    }
    return Figures.of(figures);
  }

  // A row that lacks its revenue adds nothing, and so its day differs from the ledger.
  private static void add(Row row, DayFigures figures) {
    BigDecimal revenue = row.getBigDecimal("revenue");
    synchronized (figures) {
      figures.add(
          row.getUuid("ts_id"),
          row.getString("customer_id"),
          row.getInt("quantity"),
          revenue == null ? Money.ZERO : revenue,
          row.getBigDecimal("profit"));
    }
  }
}
