package io.furnistream.verify.readings;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.cassandra.CassandraSession;
import io.furnistream.verify.tables.DayRange;
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
 * The partitions of the raw records in Cassandra. Days are found by listing every partition, so
 * that an unexpected day is found too.
 */
final class CassandraPartitions {

  private static final int READ_AT_ONCE = 4;

  private static final String PARTITIONS =
      "SELECT DISTINCT ts_date, bucket FROM " + Topic.DAILY_RECORDS.table().in(StoreKind.CASSANDRA);

  private final CassandraSession session;
  private final PreparedStatement partitions;

  CassandraPartitions(CassandraSession session) {
    this.session = session;
    this.partitions = session.prepare(PARTITIONS);
  }

  /** The buckets of each day that has a record. */
  SortedMap<LocalDate, List<Integer>> buckets(DayRange range) {
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

  /**
   * Takes each record of a day, one at a time and in no order. The partitions are read at once, a
   * bounded number at a time, in pages.
   *
   * @param statement a SELECT whose two parameters are the day and the bucket
   */
  void forEachRecord(
      LocalDate day, List<Integer> buckets, PreparedStatement statement, Reader reader) {
    List<Callable<Void>> reads = new ArrayList<>();
    for (int bucket : buckets) {
      reads.add(
          () -> {
            session.forEachRow(
                statement,
                row -> {
                  synchronized (reader) {
                    reader.read(bucket, row);
                  }
                },
                day,
                bucket);
            return null;
          });
    }
    ExecutorService readers = Executors.newFixedThreadPool(READ_AT_ONCE);
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
    } finally {
      readers.shutdownNow();
    }
  }

  /** Takes a record. */
  interface Reader {
    /** Takes a record and the bucket that it is in. */
    void read(int bucket, Row row);
  }
}
