package io.furnistream.verify.readings;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.Money;
import io.furnistream.stores.cassandra.CassandraSession;
import io.furnistream.stores.cassandra.RawRow;
import io.furnistream.verify.records.RawTable;
import io.furnistream.verify.records.RecordFold;
import io.furnistream.verify.records.UnreadableRecordException;
import io.furnistream.verify.tables.DayByDayTable;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.OpenDays;
import io.furnistream.verify.tables.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Cassandra's raw records in full: as a table of their own, of which every value is compared, and
 * as the source from which all aggregated tables are computed.
 */
final class RawRecords {

  private final CassandraPartitions partitions;
  private final PreparedStatement records;

  RawRecords(CassandraSession session, CassandraPartitions partitions) {
    this.partitions = partitions;
    this.records = session.prepare(RawRow.SELECT);
  }

  /** The raw records as they are, each day read when it is needed. */
  Table table(DayRange range, OpenDays open) {
    SortedMap<LocalDate, List<Integer>> buckets = partitions.buckets(range);
    return new DayByDayTable(
        RawTable.NAME,
        RawTable.columns(),
        buckets.keySet(),
        day -> {
          Map<List<String>, List<Object>> rows = new HashMap<>();
          partitions.forEachRecord(
              day,
              buckets.getOrDefault(day, List.of()),
              records,
              (bucket, row) -> {
                if (CassandraRow.counts(row, day, open)) {
                  rows.put(
                      RawTable.key(bucket, row.getUuid("ts_id")),
                      RawTable.values(new CassandraRow(row)));
                }
              });
          return rows;
        });
  }

  /** What every aggregated table must hold by these records. */
  List<Table> workedOut(DayRange range, OpenDays open) {
    RecordFold fold = new RecordFold(range);
    partitions
        .buckets(range.withNeighbours())
        .forEach(
            (day, buckets) -> {
              partitions.forEachRecord(
                  day,
                  buckets,
                  records,
                  (bucket, row) -> {
                    if (CassandraRow.counts(row, day, open)) {
                      put(fold, day, bucket, row);
                    }
                  });
              fold.endPartition();
            });
    return fold.reading().tables();
  }

  // A record that breaks its contract adds nothing; the table of raw records names it.
  private static void put(RecordFold fold, LocalDate day, int bucket, Row row) {
    try {
      DailyRecord stored = RawRow.toRecord(bucket, row);
      // 1.5 in Cassandra is the record's 1.5000.
      DailyRecord sale =
          DailyRecord.newBuilder(stored)
              .setRevenue(money(stored.getRevenue()))
              .setProfit(money(stored.getProfit()))
              .build();
      fold.put(new DailyRecordKey(day, bucket, sale.getTsId()), sale);
    } catch (CannotRunException | ArithmeticException | UnreadableRecordException e) {
      return;
    }
  }

  private static BigDecimal money(BigDecimal amount) {
    return amount == null ? null : amount.setScale(Money.SCALE, RoundingMode.UNNECESSARY);
  }
}
