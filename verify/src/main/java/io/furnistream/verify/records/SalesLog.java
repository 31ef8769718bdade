package io.furnistream.verify.records;

import io.furnistream.schemas.ContractRules;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.DatasetHeader;
import io.furnistream.schemas.FaultOrigin;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.Topic;
import io.furnistream.schemas.TopicColumn;
import io.furnistream.screening.Failure;
import io.furnistream.verify.database.Appender;
import io.furnistream.verify.database.ProofDatabase;
import io.furnistream.verify.database.SqlColumn;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The topic {@code daily_records} as tables of the database, a row a record: {@code sale} has those
 * that count and the tombstones, {@code refusal} those that the screen refuses, {@code
 * disagreement} those of which a second reading of the rules says something else. Nothing is left
 * out or replaced: what counts now is asked for when all is there.
 */
public final class SalesLog {

  /** Raised whenever what is written here changes: what an older verify has read is read again. */
  static final int FORM = 3;

  private static final List<Field> VALUES =
      Topic.DAILY_RECORDS.table().values().stream().map(Field::of).toList();

  private static final Field REVENUE = Field.of(Topic.DAILY_RECORDS.table().column("revenue"));
  private static final Field PROFIT = Field.of(Topic.DAILY_RECORDS.table().column("profit"));

  private static final String VALUE_COLUMNS =
      VALUES.stream().map(field -> field.column().definition()).collect(Collectors.joining(", "));

  private final ContractRules<DailyRecordKey, DailyRecord> rules = ContractRules.ofSales();
  private final SecondReading second = new SecondReading();
  private final ProofDatabase database;

  /** The log in this database, which is made when it is not there. */
  public SalesLog(ProofDatabase database) {
    this.database = database;
    database.execute(
        "CREATE TABLE IF NOT EXISTS sale (kafka_partition INTEGER, kafka_offset BIGINT, dataset VARCHAR,"
            + " is_tombstone BOOLEAN, utc_day DATE, of_day DATE, bucket INTEGER, ts_id UUID, "
            + VALUE_COLUMNS
            + ")");
    database.execute(
        "CREATE TABLE IF NOT EXISTS refusal (kafka_partition INTEGER, kafka_offset BIGINT, rule VARCHAR,"
            + " message VARCHAR, fingerprint BIGINT, counts_for DATE,"
            + " origin_dataset VARCHAR, origin_day DATE, origin_run VARCHAR,"
            + " of_day DATE, ts_id UUID, is_readable BOOLEAN,"
            + " customer_id VARCHAR, quantity INTEGER, revenue DECIMAL(18,4), profit DECIMAL(18,4),"
            + " customer_name VARCHAR, quarantined VARCHAR)");
    database.execute(
        "CREATE TABLE IF NOT EXISTS disagreement (kafka_partition INTEGER, kafka_offset BIGINT,"
            + " screen VARCHAR, second VARCHAR)");
  }

  /** Forgets all that was read. */
  void clear() {
    database.execute("DELETE FROM sale");
    database.execute("DELETE FROM refusal");
    database.execute("DELETE FROM disagreement");
  }

  /** Adds records; they are there when it is closed. */
  public Writer writer() {
    return new Writer();
  }

  /** Adds records, in the order of their offsets. */
  public final class Writer implements AutoCloseable {

    private final Appender sales = database.append("sale");
    private final Appender refusals = database.append("refusal");
    private final Appender disagreements = database.append("disagreement");

    private Writer() {}

    /** Takes a record as it lies in the topic. */
    void take(ConsumerRecord<byte[], byte[]> record, AvroReader avro) {
      String topic = record.topic();
      DailyRecordKey key = null;
      DailyRecord sale = null;
      try {
        key = avro.key(topic, record.key(), record.partition(), rules);
        sale = avro.value(topic, record.value(), key, rules);
        put(
            record.partition(),
            record.offset(),
            key,
            sale,
            DatasetHeader.datasetOf(record.headers()));
        judgeAgain(record, avro, null);
      } catch (UnreadableRecordException e) {
        refuse(record, key, sale, e, AsWritten.of(record, avro));
        judgeAgain(record, avro, e.rule());
      }
    }

    private void judgeAgain(
        ConsumerRecord<byte[], byte[]> record, AvroReader avro, String verdict) {
      second
          .disagreement(record, avro, verdict)
          .ifPresent(
              found ->
                  disagreements.row(
                      record.partition(),
                      record.offset(),
                      verdict == null ? "sound" : "breaks " + verdict,
                      found));
    }

    /**
     * Takes a record that could be read.
     *
     * @param sale null takes the key's record back
     * @param dataset which a header of the record names
     * @throws UnreadableRecordException when it breaks a rule; nothing was added then
     */
    public void put(
        int partition,
        long offset,
        DailyRecordKey key,
        DailyRecord sale,
        Optional<String> dataset) {
      rules.check(key).ifPresent(SalesLog::refuse);
      if (sale != null) {
        rules.check(key, sale).ifPresent(SalesLog::refuse);
      }
      Object[] row = new Object[8 + VALUES.size()];
      row[0] = partition;
      row[1] = offset;
      row[2] = dataset.orElse(null);
      row[3] = sale == null;
      row[4] = sale == null ? null : sale.getTs().atZone(ZoneOffset.UTC).toLocalDate();
      row[5] = key.getTsDate();
      row[6] = key.getBucket();
      row[7] = RecordId.parse(key.getTsId()).uuid();
      if (sale != null) {
        for (int i = 0; i < VALUES.size(); i++) {
          row[8 + i] = VALUES.get(i).require(sale);
        }
      }
      sales.row(row);
    }

    /**
     * Takes a record that a rule refuses.
     *
     * @param key null where it cannot be read
     * @param sale likewise
     * @param written empty where either cannot be read by any schema
     */
    void refuse(
        ConsumerRecord<byte[], byte[]> record,
        DailyRecordKey key,
        DailyRecord sale,
        UnreadableRecordException why,
        Optional<AsWritten> written) {
      Optional<FaultOrigin> origin = FaultOrigin.of(record.headers());
      boolean isReadable = key != null && sale != null && rules.check(key).isEmpty();
      Object[] amounts = isReadable ? amounts(sale) : null;
      refusals.row(
          record.partition(),
          record.offset(),
          why.rule(),
          why.getMessage(),
          Fingerprint.of(record.key(), record.value()),
          key == null ? utcDay(record.timestamp()) : key.getTsDate(),
          origin.map(FaultOrigin::dataset).orElse(null),
          origin.map(FaultOrigin::day).orElse(null),
          origin.map(FaultOrigin::run).orElse(null),
          isReadable ? key.getTsDate() : null,
          isReadable ? RecordId.parse(key.getTsId()).uuid() : null,
          amounts != null,
          isReadable ? sale.getCustomerId() : null,
          isReadable ? sale.getQuantity() : null,
          amounts == null ? null : amounts[0],
          amounts == null ? null : amounts[1],
          written.map(both -> QuarantineRow.customerName(both.value())).orElse(null),
          written
              .map(both -> both.quarantined(utcDay(record.timestamp()), why.rule()))
              .orElse(null));
    }

    @Override
    public void close() {
      sales.close();
      refusals.close();
      disagreements.close();
    }
  }

  /** Revenue and profit; null when one is no amount that a total could count. */
  private static Object[] amounts(DailyRecord sale) {
    Optional<Object> revenue = REVENUE.fit(sale);
    Optional<Object> profit = PROFIT.fit(sale);
    return revenue.isEmpty() || (sale.getProfit() != null && profit.isEmpty())
        ? null
        : new Object[] {revenue.get(), profit.orElse(null)};
  }

  /** A field of a sale, and its column; both are worked out once, for all records. */
  private record Field(SqlColumn column, int position) {

    static Field of(TopicColumn column) {
      return new Field(
          new SqlColumn(column), DailyRecord.getClassSchema().getField(column.name()).pos());
    }

    /** The value as its column takes it; empty when there is none, or it does not fit. */
    Optional<Object> fit(DailyRecord sale) {
      return Optional.ofNullable(sale.get(position)).flatMap(column::fit);
    }

    /** Likewise; null when there is none. */
    Object require(DailyRecord sale) {
      Object value = sale.get(position);
      if (value == null) {
        return null;
      }
      TopicColumn declared = column.column();
      return column
          .fit(value)
          .orElseThrow(
              () ->
                  new UnreadableRecordException(
                      "Its %s is no %s: %s".formatted(declared.name(), declared.type(), value)));
    }
  }

  private static LocalDate utcDay(long millis) {
    return Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static void refuse(Failure failure) {
    throw new UnreadableRecordException(failure);
  }
}
