package io.furnistream.verify.readings;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.UnavailableException;
import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.cassandra.CassandraSession;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.TableLayout;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The raw records in Cassandra, read partition by partition: each has a bucket of a day. */
final class CassandraPartitions {

  private static final int READ_AT_ONCE = 4;

  private static final String TABLE = Topic.DAILY_RECORDS.table().in(StoreKind.CASSANDRA);

  private final CassandraSession session;
  private final PreparedStatement partitions;
  private final PreparedStatement rows;
  private final NavigableMap<LocalDate, List<Integer>> buckets = new TreeMap<>();

  /**
   * None yet.
   *
   * @param layout the columns that are read
   */
  CassandraPartitions(CassandraSession session, TableLayout layout) {
    this.session = session;
    this.partitions = session.prepare("SELECT DISTINCT ts_date, bucket FROM " + TABLE);
    this.rows =
        session.prepare(
            "SELECT " + layout.selected() + " FROM " + TABLE + " WHERE ts_date = ? AND bucket = ?");
  }

  /** Lists those that there are now. */
  void list() {
    buckets.clear();
    session.forEachRow(
        partitions,
        row ->
            buckets
                .computeIfAbsent(row.getLocalDate("ts_date"), d -> new ArrayList<>())
                .add(row.getInt("bucket")));
  }

  /**
   * Takes each record of some days, in no order, by several threads: the partitions are read at
   * once, a bounded number at a time, in pages.
   */
  void forEachRow(DayRange range, Reader reader) {
    List<Callable<Void>> reads = new ArrayList<>();
    buckets
        .subMap(range.from(), true, range.to(), true)
        .forEach((day, all) -> all.forEach(bucket -> reads.add(() -> read(day, bucket, reader))));
    ExecutorService readers = Executors.newFixedThreadPool(READ_AT_ONCE);
    try {
      for (Future<Void> read : readers.invokeAll(reads)) {
        read.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRunException("Interrupted while reading Cassandra; run it again.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnavailableException cause) {
        throw new UnavailableException(cause.getMessage(), cause);
      }
      if (e.getCause() instanceof CannotRunException cause) {
        throw new CannotRunException(cause.getMessage(), cause);
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      readers.shutdownNow();
    }
  }

  private Void read(LocalDate day, int bucket, Reader reader) {
    session.forEachRow(rows, row -> reader.read(day, row), day, bucket);
    return null;
  }

  /** Takes a record. */
  interface Reader {
    /** Takes a record of a day. */
    void read(LocalDate day, Row row);
  }
}
