package io.furnistream.verify.records;

import io.furnistream.schemas.IdChecksum;
import io.furnistream.verify.database.OpenDayRows;
import io.furnistream.verify.database.ProofDatabase;
import io.furnistream.verify.database.ProofRow;
import io.furnistream.verify.database.Slices;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Figures;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What counts of the topic: of each key the latest record, unless that is a tombstone or the ledger
 * does not state it yet. Worked out for a range of days at a time, as the temporary tables {@code
 * sold} (by the store's own day) and {@code sold_by_utc_day}. Not thread-safe.
 */
public final class Landed {

  /**
   * Records whose tables are worked out at once: more is more memory or spilled, less is slower.
   */
  private static final long RECORDS_AT_ONCE = 100_000;

  private final ProofDatabase database;
  private final Enrichment enrichment;
  private final long recordsAtOnce;

  /**
   * What counts.
   *
   * @param enrichment looks up what the transforms add
   * @param open the days that are being added to, of which their table was made
   */
  public Landed(ProofDatabase database, Enrichment enrichment, OpenDayRows open) {
    this(database, enrichment, open, RECORDS_AT_ONCE);
  }

  Landed(ProofDatabase database, Enrichment enrichment, OpenDayRows open, long recordsAtOnce) {
    this.database = database;
    this.recordsAtOnce = recordsAtOnce;
    this.enrichment = enrichment;
    database.execute(
        "CREATE OR REPLACE TEMP VIEW stated AS SELECT * FROM sale s WHERE NOT " + open.unstated());
  }

  /**
   * The range in parts, each to be worked out at once. Together they are the whole range, so that
   * what a store holds of days without records is found too.
   */
  public List<DayRange> parts(DayRange range) {
    List<DayRange> parts = new ArrayList<>();
    LocalDate[] first = {range.from()};
    long[] records = {0};
    database.forEachRow(
        "SELECT of_day, count(*) AS records FROM sale WHERE of_day BETWEEN ? AND ? GROUP BY of_day ORDER BY of_day",
        row -> {
          LocalDate day = row.date("of_day");
          long more = row.count("records");
          if (records[0] > 0 && records[0] + more > recordsAtOnce) {
            parts.add(new DayRange(first[0], day.minusDays(1)));
            first[0] = day;
            records[0] = 0;
          }
          records[0] += more;
        },
        range.from(),
        range.to());
    parts.add(new DayRange(first[0], range.to()));
    return parts;
  }

  /** Works out what counts on these days. */
  public void prepare(DayRange range) {
    database.execute("SET VARIABLE first_day = CAST(? AS DATE)", range.from());
    database.execute("SET VARIABLE last_day = CAST(? AS DATE)", range.to());
    String within = "BETWEEN getvariable('first_day') AND getvariable('last_day')";
    database.execute(
        """
        CREATE OR REPLACE TEMP VIEW prepared AS SELECT * FROM stated
        WHERE of_day %1$s OR of_day IN (SELECT DISTINCT of_day FROM sale WHERE utc_day %1$s)"""
            .formatted(within));
    database.execute("CREATE OR REPLACE TEMP TABLE landed AS FROM prepared LIMIT 0");
    // All records of a key are of one day and bucket, and in one partition.
    for (String slice : Slices.byBucket(database, "prepared", "hash(ts_id)", recordsAtOnce)) {
      database.execute(
          """
          INSERT INTO landed SELECT * FROM (
            FROM prepared WHERE %s
            QUALIFY row_number() OVER (PARTITION BY of_day, ts_id ORDER BY kafka_offset DESC) = 1)
          WHERE NOT is_tombstone"""
              .formatted(slice));
    }
    database.execute("CREATE OR REPLACE TEMP VIEW sold AS FROM landed WHERE of_day " + within);
    database.execute(
        "CREATE OR REPLACE TEMP VIEW sold_by_utc_day AS FROM landed WHERE utc_day " + within);
    enrichment.prepare();
  }

  /** Works out what counts on the last days, as many as have so many records together. */
  public void prepareLatest(long records) {
    List<LocalDate> days = new ArrayList<>();
    database.forEachRow(
        "SELECT DISTINCT of_day FROM stated WHERE NOT is_tombstone ORDER BY of_day DESC",
        row -> days.add(row.date("of_day")));
    LocalDate last = DayRange.ALL.to();
    // Twice as many days each time: days whose records were all taken back have none.
    for (int back = 1; ; back *= 2) {
      boolean isAll = back >= days.size();
      LocalDate first = isAll ? DayRange.ALL.from() : days.get(back - 1);
      prepare(new DayRange(first, last));
      if (isAll || database.count("SELECT count(*) AS count FROM sold") >= records) {
        return;
      }
    }
  }

  /** The totals of the prepared days that have any record. */
  public SortedMap<LocalDate, Figures> figures() {
    return figures(database, "sold");
  }

  /**
   * The totals of the prepared days on which the screen refuses any record, as they would be if
   * those had landed. A day with an amount that is none has no totals.
   */
  public SortedMap<LocalDate, Figures> produced() {
    return figures(
        database,
        """
        (WITH latest AS (
          SELECT of_day, ts_id, max(kafka_offset) AS kafka_offset FROM stated
          WHERE of_day BETWEEN getvariable('first_day') AND getvariable('last_day') GROUP BY ALL),
        standing AS (
          SELECT r.* FROM refusal r LEFT JOIN latest l USING (of_day, ts_id)
          WHERE r.of_day BETWEEN getvariable('first_day') AND getvariable('last_day')
            AND (l.kafka_offset IS NULL OR l.kafka_offset < r.kafka_offset)
          QUALIFY row_number() OVER (PARTITION BY of_day, ts_id ORDER BY r.kafka_offset DESC) = 1),
        days AS (SELECT of_day FROM standing GROUP BY of_day HAVING bool_and(is_readable))
        SELECT of_day, ts_id, customer_id, quantity, revenue, profit FROM sold
          ANTI JOIN standing USING (of_day, ts_id) SEMI JOIN days USING (of_day)
        UNION ALL
        SELECT of_day, ts_id, customer_id, quantity, revenue, profit FROM standing
          SEMI JOIN days USING (of_day))""");
  }

  /**
   * The totals of each day of a relation that has the columns of sales.
   *
   * @param relation a table, or a query in brackets
   */
  public static SortedMap<LocalDate, Figures> figures(ProofDatabase database, String relation) {
    SortedMap<LocalDate, Figures> days = new TreeMap<>();
    database.forEachRow(
        """
        SELECT of_day, count(*) AS records, sum(quantity)::BIGINT AS quantity,
          sum(revenue) AS revenue, sum(profit) AS profit,
          count(DISTINCT customer_id) AS customers,
          sum((ts_id::UHUGEINT >> 64)::UBIGINT)::VARCHAR AS id_high,
          sum((ts_id::UHUGEINT & 18446744073709551615)::UBIGINT)::VARCHAR AS id_low
        FROM %s GROUP BY of_day"""
            .formatted(relation),
        row -> days.put(row.date("of_day"), figures(row)));
    return days;
  }

  private static Figures figures(ProofRow row) {
    BigInteger ids =
        new BigInteger(Optional.ofNullable(row.text("id_high")).orElse("0"))
            .shiftLeft(Long.SIZE)
            .add(new BigInteger(Optional.ofNullable(row.text("id_low")).orElse("0")));
    return new Figures(
        row.count("records"),
        orZero(row.count("quantity")),
        orZero(row.amount("revenue")),
        orZero(row.amount("profit")),
        row.count("customers"),
        new IdChecksum(ids.shiftRight(Long.SIZE).longValue(), ids.longValue()));
  }

  private static long orZero(Long count) {
    return count == null ? 0 : count;
  }

  private static BigDecimal orZero(BigDecimal amount) {
    return amount == null ? Figures.ZERO.revenue() : amount;
  }
}
