package io.furnistream.rollup.records;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.stores.cassandra.CassandraSession;
import io.furnistream.stores.cassandra.RawRow;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads a day's raw records from Cassandra. While one bucket is taken, the next ones are read
 * ahead: {@value #READ_AHEAD} buckets at a time, a few hundred records of each.
 */
public final class CassandraDayRecords implements DayRecords {

  private static final int READ_AHEAD = 4;
  private static final int BATCH = 500;
  private static final int BATCHES_WAITING = 2;

  private final CassandraSession session;
  private final PreparedStatement records;
  private final int dayBuckets = PlatformSettings.current().buckets();

  private CassandraDayRecords(CassandraSession session) {
    this.session = session;
    this.records = session.prepare(RawRow.SELECT);
  }

  /**
   * Connects.
   *
   * @throws CannotRunException when Cassandra does not answer, or has no such table
   */
  public static CassandraDayRecords connect(Endpoints endpoints) {
    CassandraSession session = new CassandraSession(endpoints);
    try {
      return new CassandraDayRecords(session);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public void close() {
    session.close();
  }

  @Override
  public void read(LocalDate day, Reader reader) throws IOException {
    // First in, first out: the bucket that is being waited for is always one of those being read.
    ExecutorService readers = Executors.newFixedThreadPool(READ_AHEAD);
    try {
      List<BucketRead> buckets = new ArrayList<>();
      for (int bucket = 0; bucket < dayBuckets; bucket++) {
        BucketRead read = new BucketRead(day, bucket);
        read.end = readers.submit(read::run, null);
        buckets.add(read);
      }
      for (BucketRead bucket : buckets) {
        bucket.drain(reader);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      readers.shutdownNow();
    }
  }

  private static CannotRunException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new CannotRunException("Interrupted while reading Cassandra; run it again.", cause);
  }

  private final class BucketRead {
    private final LocalDate day;
    private final int bucket;
    private final BlockingQueue<List<RawRecord>> batches =
        new ArrayBlockingQueue<>(BATCHES_WAITING);
    private Future<?> end;
    private List<RawRecord> batch = new ArrayList<>(BATCH);

    BucketRead(LocalDate day, int bucket) {
      this.day = day;
      this.bucket = bucket;
    }

    void run() {
      try {
        try {
          session.forEachRow(records, this::add, day, bucket);
          if (!batch.isEmpty()) {
            batches.put(batch);
          }
        } finally {
          batches.put(List.of()); // nothing more comes, or nothing more can
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }

    void drain(Reader reader) throws InterruptedException, IOException {
      List<RawRecord> next = batches.take();
      while (!next.isEmpty()) {
        for (RawRecord rawRecord : next) {
          reader.take(rawRecord);
        }
        next = batches.take();
      }
      try {
        end.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof CannotRunException cause) {
          throw new CannotRunException(cause.getMessage(), cause);
        }
        throw new IllegalStateException(e.getCause());
      }
    }

    private void add(Row row) {
      batch.add(new RawRecord(bucket, row.getUuid("ts_id"), RawRow.toRecord(bucket, row)));
      if (batch.size() == BATCH) {
        try {
          batches.put(batch);
        } catch (InterruptedException e) {
          throw interrupted(e);
        }
        batch = new ArrayList<>(BATCH);
      }
    }
  }
}
