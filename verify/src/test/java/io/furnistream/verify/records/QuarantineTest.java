package io.furnistream.verify.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.Topic;
import io.furnistream.schemas.TopicColumn;
import io.furnistream.screening.Failure;
import io.furnistream.verify.database.EmptyDatabase;
import io.furnistream.verify.database.ProofDatabase;
import io.furnistream.verify.tables.Problem;
import io.furnistream.verify.tables.Sales;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuarantineTest {

  private static final String NAME = "customer_name";
  private static final Instant SENT = Instant.parse("2024-03-01T23:59:59.999Z");

  private final ProofDatabase database = EmptyDatabase.open();
  private final SalesLog log = new SalesLog(database);
  private final NameTokens tokens = new NameTokens(Sold.TOKEN_KEY);

  @AfterEach
  void close() {
    database.close();
  }

  /** A row as Cassandra's driver returns it, written down by hand. */
  private Map<String, Object> row() {
    Map<String, Object> row = new HashMap<>();
    row.put("record_date", LocalDate.parse("2024-03-01"));
    row.put("rule", "quantity");
    row.put("ts_date", LocalDate.parse("2023-12-01"));
    row.put("bucket", 5);
    row.put("ts_id", "00000000-0000-0000-0000-000000000001");
    row.put("ts", Instant.parse("2023-12-01T15:00:00.123Z"));
    row.put("order_id", "CA-1");
    row.put("line", 1);
    row.put("customer_id", "AB-1");
    row.put("segment", "Consumer");
    row.put("country", "United States");
    row.put("state", "Ohio");
    row.put("city", "Akron");
    row.put("latitude", new BigDecimal("41.081445"));
    row.put("longitude", null);
    row.put("platform", "web");
    row.put("payment_method", "card");
    row.put("category", "Furniture");
    row.put("sub_category", "Chairs");
    row.put("product_id", "P-1");
    row.put("product_name", "Chair");
    row.put("price", new BigDecimal("10.5000"));
    row.put("unit_cost", null);
    row.put("quantity", 0);
    row.put("discount", new BigDecimal("0.0000"));
    row.put("revenue", new BigDecimal("99.0000"));
    row.put("profit", new BigDecimal("-1.2500"));
    return row;
  }

  @Test
  void aRowThatSaysWhatItsRecordSaysIsRight() {
    refuse(key(), value(), "quantity");
    Map<String, Object> row = row();
    // Whatever zeros a decimal ends in.
    row.put("price", new BigDecimal("10.5"));

    assertThat(wrong(row, tokens.of("Ada"))).isEmpty();
  }

  @Test
  void aWrongValueInAnyColumnIsNamed() {
    refuse(key(), value(), "quantity");
    Set<String> columns = new TreeSet<>(row().keySet());
    Topic.DAILY_RECORDS.table().columns().stream()
        .map(TopicColumn::name)
        .filter(name -> !name.equals(NAME))
        .forEach(name -> assertThat(columns).contains(name));
    for (String column : columns) {
      Map<String, Object> row = row();
      row.put(column, wrong(row.get(column)));

      assertThat(wrong(row, tokens.of("Ada")))
          .as(column)
          .singleElement()
          .asString()
          .startsWith(
              "error: 1 rows of furniture.quarantine are not what their records of daily_records say:"
                  + " partition 4, offset 0: "
                  + column
                  + " is ");
    }
    assertThat(wrong(row(), "Ada")).singleElement().asString().contains("customer_name is Ada and");
    Map<String, Object> further = row();
    further.put("added", "by somebody");
    assertThat(wrong(further, tokens.of("Ada")))
        .singleElement()
        .asString()
        .contains("added is 'by somebody' and must be null");
  }

  private static Object wrong(Object value) {
    if (value == null) {
      return "something";
    }
    if (value instanceof String text) {
      return text + "x";
    }
    if (value instanceof Integer number) {
      return number + 1;
    }
    if (value instanceof BigDecimal amount) {
      return amount.add(new BigDecimal("0.0001"));
    }
    return value instanceof Instant time ? time.plusMillis(1) : ((LocalDate) value).plusDays(1);
  }

  @Test
  void aTombstoneHasItsKeyAlone() {
    refuse(key(), null, "key_bucket");
    Map<String, Object> row = row();
    row.keySet().retainAll(List.of("record_date", "ts_date", "bucket", "ts_id"));
    row.put("rule", "key_bucket");

    assertThat(wrong(row, null)).isEmpty();
    row.put("quantity", 1);
    assertThat(wrong(row, null)).hasSize(1);
  }

  /** A field of the value hides the key's, also where it is null; a key's name is never shown. */
  @Test
  void whatOthersWriteIsReadByTheirSchema() {
    Schema decimal = LogicalTypes.decimal(9, 2).addToSchema(Schema.createFixed("d", null, null, 4));
    Schema keySchema =
        SchemaBuilder.record("k")
            .fields()
            .requiredString(NAME)
            .requiredString("ts_id")
            .requiredInt("bucket")
            .endRecord();
    Schema valueSchema =
        SchemaBuilder.record("v")
            .fields()
            .name("price")
            .type(decimal)
            .noDefault()
            .optionalString("ts_id")
            .requiredLong("quantity")
            .requiredLong(NAME)
            .requiredString("gift_note")
            .endRecord();
    GenericRecord key = new GenericData.Record(keySchema);
    key.put(NAME, "Ada");
    key.put("ts_id", "of the key");
    key.put("bucket", 3);
    GenericRecord value = new GenericData.Record(valueSchema);
    value.put("price", new GenericData.Fixed(decimal, new byte[] {-1, -1, -1, -100}));
    value.put("quantity", 7L);
    value.put(NAME, 42L);
    value.put("gift_note", "no column");
    refuse(key, value, "price");

    Map<String, Object> row =
        Map.of(
            "record_date",
            LocalDate.parse("2024-03-01"),
            "rule",
            "price",
            "bucket",
            3,
            "price",
            new BigDecimal("-1.00"),
            "quantity",
            7);
    assertThat(wrong(row, tokens.of("42"))).isEmpty();
  }

  @Test
  void whatCannotBeReadAnyMoreIsComparedWithNothing() {
    try (SalesLog.Writer writer = log.writer()) {
      writer.refuse(record(0), null, null, why("unreadable"), Optional.empty());
    }
    assertThat(wrong(row(), null)).isEmpty();
  }

  @Test
  void aRowOfARecordThatCountsIsMentioned() {
    try (SalesLog.Writer writer = log.writer()) {
      writer.put(
          4,
          0,
          Sales.key(Sales.DEC_1, 1),
          Sales.sale(Sales.DEC_1, 1, "A", "10.0000").build(),
          Optional.empty());
    }
    assertThat(wrong(row(), null))
        .singleElement()
        .asString()
        .startsWith("warning: 1 rows of furniture.quarantine are of records")
        .contains("partition 4, offset 0");
  }

  private List<String> wrong(Map<String, ?> row, String token) {
    Quarantine quarantine =
        new Quarantine(
            database,
            new TokenTable(database, Optional.of(tokens)),
            rows -> rows.row(4, 0, token, row));
    quarantine.read();
    return quarantine.wrong().stream().map(Problem::inWords).toList();
  }

  private void refuse(GenericRecord key, GenericRecord value, String rule) {
    try (SalesLog.Writer writer = log.writer()) {
      writer.refuse(record(0), null, null, why(rule), Optional.of(new AsWritten(key, value)));
    }
  }

  private static UnreadableRecordException why(String rule) {
    return new UnreadableRecordException(new Failure(rule, rule, rule + " is wrong"));
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return new ConsumerRecord<>(
        "daily_records",
        4,
        offset,
        SENT.toEpochMilli(),
        TimestampType.CREATE_TIME,
        0,
        0,
        new byte[1],
        new byte[1],
        new RecordHeaders(),
        Optional.empty());
  }

  private static GenericRecord key() {
    GenericRecord key = new GenericData.Record(DailyRecordKey.getClassSchema());
    key.put("ts_date", (int) LocalDate.parse("2023-12-01").toEpochDay());
    key.put("bucket", 5);
    key.put("ts_id", "00000000-0000-0000-0000-000000000001");
    return key;
  }

  /** As Avro reads it: numbers and bytes. */
  private GenericRecord value() {
    GenericRecord value = new GenericData.Record(DailyRecord.getClassSchema());
    Map<String, Object> row = row();
    row.put(NAME, "Ada");
    for (Schema.Field field : value.getSchema().getFields()) {
      Object is = row.get(field.name());
      value.put(field.pos(), asAvro(is));
    }
    return value;
  }

  private static Object asAvro(Object value) {
    if (value instanceof BigDecimal amount) {
      return ByteBuffer.wrap(amount.unscaledValue().toByteArray());
    }
    if (value instanceof LocalDate day) {
      return (int) day.toEpochDay();
    }
    return value instanceof Instant time ? time.toEpochMilli() : value;
  }
}
