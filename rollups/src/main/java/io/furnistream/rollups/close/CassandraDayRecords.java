package io.furnistream.rollups.close;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.rollups.cassandra.CassandraSession;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.RecordId;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Reads a day's raw records from Cassandra. While one bucket is taken, the next ones are read
 * ahead: {@value #READ_AHEAD} buckets at a time, a few hundred records of each.
 */
final class CassandraDayRecords implements DayRecords {

  private static final int READ_AHEAD = 4;
  private static final int BATCH = 500;
  private static final int BATCHES_WAITING = 2;

  private static final String RECORDS =
      "SELECT ts_id, ts, ts_date, order_id, line, customer_id, customer_name, segment, country,"
          + " state, city, latitude, longitude, platform, payment_method, category, sub_category,"
          + " product_id, product_name, price, unit_cost, quantity, discount, revenue, profit"
          + " FROM furniture.daily_records WHERE ts_date = ? AND bucket = ?";

  private final CassandraSession session;
  private final PreparedStatement records;

  private CassandraDayRecords(CassandraSession session) {
    this.session = session;
    this.records = session.prepare(RECORDS);
  }

  /**
   * Connects.
   *
   * @throws CannotRunException when Cassandra does not answer, or has no such table
   */
  static CassandraDayRecords connect(Endpoints endpoints) {
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
      for (int bucket = 0; bucket < RecordId.BUCKETS; bucket++) {
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
      batch.add(rawRecord(bucket, row));
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

  private static RawRecord rawRecord(int bucket, Row row) {
    UUID id = row.getUuid("ts_id");
    LocalDate day = row.getLocalDate("ts_date");
    Function<String, Row> stated =
        column -> {
          if (row.isNull(column)) {
            throw new CannotRunException(
                "The record %s of %s, bucket %d, has no %s in Cassandra, which its contract asks for."
                        .formatted(id, day, bucket, column)
                    + " Write it again (run its dataset's day again) or delete it there.");
          }
          return row;
        };
    return new RawRecord(
        bucket,
        id,
        new DailyRecord(
            id.toString(),
            stated.apply("ts").getInstant("ts"),
            day,
            stated.apply("order_id").getString("order_id"),
            stated.apply("line").getInt("line"),
            stated.apply("customer_id").getString("customer_id"),
            stated.apply("customer_name").getString("customer_name"),
            stated.apply("segment").getString("segment"),
            stated.apply("country").getString("country"),
            stated.apply("state").getString("state"),
            stated.apply("city").getString("city"),
            row.getBigDecimal("latitude"),
            row.getBigDecimal("longitude"),
            stated.apply("platform").getString("platform"),
            stated.apply("payment_method").getString("payment_method"),
            stated.apply("category").getString("category"),
            stated.apply("sub_category").getString("sub_category"),
            stated.apply("product_id").getString("product_id"),
            stated.apply("product_name").getString("product_name"),
            stated.apply("price").getBigDecimal("price"),
            row.getBigDecimal("unit_cost"),
            stated.apply("quantity").getInt("quantity"),
            stated.apply("discount").getBigDecimal("discount"),
            stated.apply("revenue").getBigDecimal("revenue"),
            row.getBigDecimal("profit")));
  }
}
