package io.furnistream.verify.records;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static io.furnistream.verify.tables.Sales.DEC_2;
import static io.furnistream.verify.tables.Sales.id;
import static io.furnistream.verify.tables.Sales.key;
import static io.furnistream.verify.tables.Sales.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.schemas.ContractRules;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.screening.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

class SecondReadingTest {

  /** Of each type of a field, what lies on and beyond some bound. */
  private static final List<Object> EXTREMES =
      List.of(
          "",
          " ",
          "\u00a0",
          "\u2003\t",
          "a\0b",
          "x".repeat(100),
          "x".repeat(101),
          "\ud83e\ude91".repeat(100),
          "\ud83e\ude91".repeat(101),
          "x".repeat(400),
          "x".repeat(401),
          "x".repeat(1000),
          "x".repeat(1001),
          id(1).toString(),
          "00000000-0000-0000-0000-00000000000A",
          "1-1-1-1-1",
          0,
          1,
          -1,
          15,
          16,
          100_000,
          100_001,
          -100_001,
          1_000_000,
          1_000_001,
          Integer.MIN_VALUE,
          Integer.MAX_VALUE,
          LocalDate.EPOCH,
          LocalDate.parse("1970-01-02"),
          LocalDate.parse("2199-12-31"),
          LocalDate.parse("2200-01-01"),
          LocalDate.ofEpochDay(Integer.MIN_VALUE),
          LocalDate.ofEpochDay(Integer.MAX_VALUE),
          DEC_2,
          Instant.parse("1970-01-01T23:59:59.999Z"),
          Instant.parse("1970-01-02T00:00:00Z"),
          Instant.parse("2199-12-31T23:59:59.999Z"),
          Instant.parse("2200-01-01T00:00:00Z"),
          Instant.ofEpochMilli(Long.MIN_VALUE),
          Instant.ofEpochMilli(Long.MAX_VALUE),
          new BigDecimal("0"),
          new BigDecimal("-0.0001"),
          new BigDecimal("1"),
          new BigDecimal("1.0001"),
          new BigDecimal("90"),
          new BigDecimal("90.000001"),
          new BigDecimal("-180.000001"),
          new BigDecimal("99999999999999.9999"),
          new BigDecimal("-99999999999999.9999"));

  private final ContractRules<DailyRecordKey, DailyRecord> screen = ContractRules.ofSales();
  private final SecondReading second = new SecondReading();

  @Test
  void agreesWithTheScreenOnTheExtremesOfEveryField() {
    DailyRecordKey key = key(DEC_1, 1);
    GenericRecord writtenKey = written(key);
    Set<String> broken = new TreeSet<>();
    int judged = 0;
    for (Schema.Field field : DailyRecord.getClassSchema().getFields()) {
      for (Object value : EXTREMES) {
        DailyRecord sale =
            sale(DEC_1, 1, "ann", "10.0000")
                .setLatitude(new BigDecimal("52.520000"))
                .setLongitude(new BigDecimal("13.405000"))
                .setUnitCost(new BigDecimal("1.0000"))
                .build();
        GenericRecord written = with(sale, field, value);
        if (written == null) {
          continue;
        }
        judged++;
        String verdict = screen.check(key, sale).map(Failure::rule).orElse(null);
        Set<String> found = second.brokenByValue(writtenKey, written, 0);
        if (verdict == null) {
          assertThat(found).as("%s = %s", field.name(), value).isEmpty();
        } else {
          assertThat(found).as("%s = %s", field.name(), value).contains(verdict);
          broken.add(verdict);
        }
      }
    }
    assertThat(judged).isGreaterThan(300);
    // Every rule but those whose field no value of its type breaks.
    assertThat(broken)
        .containsAll(
            Set.of(
                "ts_id",
                "ts",
                "ts_date",
                "order_id",
                "line",
                "city",
                "latitude",
                "quantity",
                "discount"));
  }

  @Test
  void agreesWithTheScreenOnKeys() {
    for (Schema.Field field : DailyRecordKey.getClassSchema().getFields()) {
      for (Object value : EXTREMES) {
        DailyRecordKey key = key(DEC_1, 1);
        GenericRecord written = with(key, field, value);
        if (written != null) {
          String verdict = screen.check(key).map(Failure::rule).orElse(null);
          Set<String> found = second.brokenByKey(written, 0);
          found.remove("key_partition");
          assertThat(verdict == null ? found.isEmpty() : found.contains(verdict))
              .as("%s = %s: %s, %s", field.name(), value, verdict, found)
              .isTrue();
        }
      }
    }
  }

  @Test
  void aKeyBelongsInOnePartition() {
    GenericRecord key = written(key(DEC_1, 1));

    assertThat(IntStream.range(0, 6).filter(each -> second.brokenByKey(key, each).isEmpty()))
        .hasSize(1);
  }

  @Test
  void whatTheWriterDeclaresIsJudgedToo() {
    Schema drifted =
        SchemaBuilder.record("Drifted")
            .fields()
            .requiredLong("quantity")
            .requiredInt("ts")
            .endRecord();
    GenericRecord value = new GenericData.Record(drifted);
    value.put("quantity", 1L);
    value.put("ts", 1);

    assertThat(second.brokenByValue(written(key(DEC_1, 1)), value, 0))
        .contains("quantity", "ts", "order_id")
        .doesNotContain("profit");
  }

  @Test
  void aRuleThatAsksForMoreThanIsReadHereIsRefused() {
    String rules = "{\"rules\": [{\"name\": \"a\", \"field\": \"b\", \"pattern\": \"c\"}]}";

    assertThatThrownBy(() -> new SecondReading(rules, rules, PlatformSettings.defaults()))
        .hasMessageContaining("does not know 'pattern'");
  }

  /** The record with this value in the field, as Avro has it; null where it cannot be written. */
  private static GenericRecord with(SpecificRecordBase record, Schema.Field field, Object value) {
    try {
      Object now = record.get(field.pos());
      boolean isOfType =
          now instanceof BigDecimal
              ? value instanceof BigDecimal
              : now.getClass().isInstance(value);
      if (!isOfType) {
        return null;
      }
      record.put(
          field.pos(),
          now instanceof BigDecimal other ? ((BigDecimal) value).setScale(other.scale()) : value);
      return written(record);
    } catch (ArithmeticException | org.apache.avro.AvroTypeException e) {
      return null;
    }
  }

  private static GenericRecord written(SpecificRecord record) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
      return new GenericDatumReader<GenericRecord>(record.getSchema())
          .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
