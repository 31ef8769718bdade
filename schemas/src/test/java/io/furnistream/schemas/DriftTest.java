package io.furnistream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.furnistream.screening.FieldPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sales whose writer's schema is not the contract's, read as every part of ours reads them. */
class DriftTest {

  private static final String ID = "911b18d9-68b3-c413-ea64-6f06245a27c5";
  private static final LocalDate DAY = LocalDate.parse("2023-12-01");
  private static final DailyRecordKey KEY = new DailyRecordKey(DAY, 5, ID);
  private static final Schema SALE = DailyRecord.getClassSchema();
  private static final Schema STRING = Schema.create(Schema.Type.STRING);
  private static final Schema LONG = Schema.create(Schema.Type.LONG);

  private final ContractRules<DailyRecordKey, DailyRecord> rules = ContractRules.ofSales();

  static Stream<Arguments> drifts() {
    return Stream.of(
        // A field, what another writer declares it as (null: not at all), and what it then sends.
        arguments("ts", LogicalTypes.timestampMicros().addToSchema(of("long")), 1L),
        arguments("ts", LogicalTypes.timestampNanos().addToSchema(of("long")), 1L),
        arguments("ts", LogicalTypes.localTimestampMillis().addToSchema(of("long")), 1L),
        arguments("ts", LONG, 1L),
        arguments("ts", STRING, "2023-12-01T05:00:00Z"),
        arguments("ts_date", of("int"), 1),
        arguments("ts_date", STRING, "2023-12-01"),
        arguments("revenue", decimal(18, 2), ByteBuffer.wrap(new byte[] {1, 29})),
        arguments("revenue", decimal(20, 4), ByteBuffer.wrap(new byte[] {1})),
        arguments("revenue", of("bytes"), ByteBuffer.wrap(new byte[] {1})),
        arguments("revenue", of("double"), 1.29),
        arguments("revenue", STRING, "1.29"),
        arguments("profit", nullable(decimal(18, 2)), null),
        arguments("latitude", nullable(decimal(9, 4)), null),
        arguments("quantity", LONG, 1L),
        arguments("quantity", of("double"), 1.0),
        arguments("quantity", STRING, "1"),
        arguments("quantity", null, null),
        arguments("customer_id", of("bytes"), ByteBuffer.wrap(new byte[] {'c'})),
        arguments("customer_id", Schema.createUnion(STRING, LONG), "c"),
        arguments("customer_id", null, null),
        arguments("city", null, null),
        arguments("segment", LONG, 1L),
        arguments("platform", Schema.createEnum("P", null, null, List.of("Store")), "Store"));
  }

  @ParameterizedTest
  @MethodSource("drifts")
  void aFieldThatIsDeclaredOtherwiseBreaksItsRule(String field, Schema declared, Object value)
      throws IOException {
    Schema writer = drifted(field, declared);
    GenericRecord sale = sale(writer);
    if (declared != null) {
      boolean isEnum = declared.getType() == Schema.Type.ENUM;
      sale.put(field, isEnum ? new GenericData.EnumSymbol(declared, value) : value);
    }
    // Sound by every value's rule, or not: the schema is judged first.
    sale.put("line", 0);

    assertThatThrownBy(() -> rules.readValue(writer, bytes(sale), 0, KEY))
        .isInstanceOfSatisfying(
            UnsoundException.class,
            unsound -> assertThat(unsound.failure().rule()).isEqualTo(field))
        .hasMessageContaining("the writer's schema");
  }

  /** The rule file's number of partitions is the topic's, and its choice {@link RecordId}'s. */
  @Test
  void aKeyIsSoundOnlyInThePartitionOfItsId() throws IOException {
    for (int n = 0; n < 1_000; n++) {
      RecordId id = RecordId.of("lies", Integer.toString(n));
      GenericRecord key = key(id.bucket(), id.text());
      int belongs = id.partition(Topic.DAILY_RECORDS.partitions());
      for (int partition = 0; partition < Topic.DAILY_RECORDS.partitions(); partition++) {
        if (partition == belongs) {
          assertThat(rules.readKey(key.getSchema(), bytes(key), 0, partition).getTsId())
              .isEqualTo(id.text());
          continue;
        }
        int lies = partition;
        assertThatThrownBy(() -> rules.readKey(key.getSchema(), bytes(key), 0, lies))
            .isInstanceOf(UnsoundException.class)
            .hasMessage(
                "Rule 'key_partition': ts_id is '%s', which belongs in partition %d of 6, and lies in partition %d",
                id.text(), belongs, lies);
      }
      assertThat(rules.readKey(key.getSchema(), bytes(key), 0, null)).isNotNull();
    }
    GenericRecord broken = key(6, ID);
    assertThatThrownBy(() -> rules.readKey(broken.getSchema(), bytes(broken), 0, 0))
        .as("the other rules come first")
        .hasMessageStartingWith("Rule 'key_bucket'");
  }

  private static GenericRecord key(int bucket, String id) {
    GenericRecord key = new GenericData.Record(DailyRecordKey.getClassSchema());
    key.put("ts_date", 19_692);
    key.put("bucket", bucket);
    key.put("ts_id", id);
    return key;
  }

  static Stream<Arguments> soundDrifts() {
    return Stream.of(
        arguments("channel", nullable(STRING), null),
        arguments("channel", nullable(STRING), "web"),
        arguments("channel", decimal(4, 2), ByteBuffer.wrap(new byte[] {1})),
        arguments("latitude", null, null),
        arguments("profit", null, null),
        arguments("profit", decimal(18, 4), ByteBuffer.wrap(new byte[] {1})),
        arguments("quantity", nullable(of("int")), 1),
        arguments("customer_id", Schema.createUnion(STRING), "c"),
        arguments("customer_id", nullable(STRING), "c"));
  }

  @ParameterizedTest
  @MethodSource("soundDrifts")
  void whatChangesNoFieldsMeaningFlowsOn(String field, Schema declared, Object value)
      throws IOException {
    Schema writer = drifted(field, declared);
    GenericRecord sale = sale(writer);
    if (declared != null) {
      sale.put(field, value);
    }

    DailyRecord read = rules.readValue(writer, bytes(sale), 0, KEY);

    assertThat(rules.check(KEY, read)).isEmpty();
    assertThat(read.getRevenue()).isEqualTo(new BigDecimal("129.0000"));
    assertThat(read.getTs()).isEqualTo(Instant.parse("2023-12-01T17:00:00Z"));
  }

  /** Avro's fast reader cannot read dates, times and decimals of such a writer. */
  @Test
  void fieldsThatAWriterLetsBeNullAreReadWhereTheyAreNot() throws IOException {
    for (Schema.Field field : DailyRecord.getClassSchema().getFields()) {
      if (!field.schema().isUnion()) {
        GenericRecord sale = sale(drifted(field.name(), nullable(field.schema())));
        DailyRecord read = rules.readValue(sale.getSchema(), bytes(sale), 0, KEY);
        assertThat(read).isEqualTo(rules.readValue(SALE, bytes(sale(SALE)), 0, KEY));
      }
    }
  }

  @Test
  void nullWhereTheClassHasNoneBreaksTheFieldsRule() throws IOException {
    for (String field : List.of("customer_id", "customer_name", "city", "quantity", "ts_date")) {
      Schema was = DailyRecord.getClassSchema().getField(field).schema();
      Schema writer = drifted(field, nullable(was));
      GenericRecord sale = sale(writer);
      sale.put(field, null);

      assertThatThrownBy(() -> rules.readValue(writer, bytes(sale), 0, KEY))
          .hasMessage("Rule '%s': %1$s is missing".formatted(field));
    }
  }

  @Test
  void theRecordsOfAnotherNameOrContractAreJudgedByTheirFields() throws IOException {
    Schema renamed =
        Schema.createRecord("Sale", null, "com.example", false, copy(null, null, false));
    assertThat(rules.readValue(renamed, bytes(sale(renamed)), 0, KEY).getTsId()).isEqualTo(ID);

    Schema other = DailyPuRevKey.getClassSchema();
    assertThatThrownBy(() -> rules.readValue(other, new byte[] {2}, 0, KEY))
        .hasMessage("Rule 'ts_id': ts_id is missing from the writer's schema");
    assertThatThrownBy(() -> rules.readKey(other, new byte[] {2}, 0, null))
        .hasMessage("Rule 'key_bucket': bucket is missing from the writer's schema");
  }

  /** Elements that take no bytes: every part must stop at the same number. */
  @Test
  void anArrayOfTooManyElementsCannotBeRead() throws IOException {
    Schema empty = Schema.createRecord("Empty", null, null, false, List.of());
    Schema writer = drifted("elements", Schema.createArray(empty));
    GenericRecord sale = sale(writer);
    GenericRecord element = new GenericData.Record(empty);
    sale.put("elements", Collections.nCopies(100_000, element));
    assertThat(rules.readValue(writer, bytes(sale), 0, KEY).getTsId()).isEqualTo(ID);

    sale.put("elements", Collections.nCopies(100_001, element));
    assertThatThrownBy(() -> rules.readValue(writer, bytes(sale), 0, KEY))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("100000");
  }

  @Test
  void whatIsNotARecordCannotBeRead() {
    Schema deep = SchemaBuilder.record("Deep").fields().requiredString("x").endRecord();
    Schema recursive = Schema.createRecord("R", null, null, false);
    recursive.setFields(List.of(new Schema.Field("next", recursive)));
    for (Schema writer :
        List.of(STRING, of("null"), Schema.createUnion(of("null"), deep), Schema.createMap(LONG))) {
      assertThatThrownBy(() -> rules.readValue(writer, new byte[] {0}, 0, KEY))
          .isInstanceOf(SerializationException.class);
    }
    Schema endless = drifted("next", recursive);
    assertThatThrownBy(() -> rules.readValue(endless, bytes(sale(SALE)), 0, KEY))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("StackOverflowError");
  }

  /** As Confluent's converter reads the same schemas: its tests are next to the transform. */
  @Test
  void aSchemasWordsAreThoseOfItsTypesAndOfConnectsAnnotations() {
    Map<String, String> words = new HashMap<>();
    words.put("{'type':'int','logicalType':'date'}", "date");
    words.put("{'type':'int','logicalType':'time-millis'}", "time-millis");
    words.put("{'type':'long','logicalType':'Timestamp-Millis'}", "timestamp-millis");
    words.put("{'type':'int','logicalType':'timestamp-millis'}", "int");
    words.put("{'type':'string','logicalType':'uuid'}", "string");
    words.put("{'type':'int','connect.type':'int8'}", "int8");
    words.put("{'type':'bytes','logicalType':'decimal','precision':18,'scale':4}", "decimal(18,4)");
    words.put("{'type':'bytes','logicalType':'decimal','scale':4}", "decimal(64,4)");
    words.put(
        "{'type':'fixed','name':'F','size':8,'logicalType':'decimal','precision':18,'scale':4}",
        "fixed");
    words.put(
        "{'type':'long','connect.name':'org.apache.kafka.connect.data.Timestamp'}",
        "timestamp-millis");
    words.put("{'type':'long','connect.name':'x'}", "long named x");
    words.put(
        "{'type':'long','logicalType':'timestamp-millis','connect.name':'x'}", "long of two names");
    words.forEach(
        (schema, declared) ->
            assertThat(AvroDeclaration.of(new Schema.Parser().parse(schema.replace('\'', '"'))))
                .as(schema)
                .isEqualTo(declared));
    AvroForm form = new AvroForm(DailyRecord.getClassSchema());
    assertThat(form.declares(FieldPath.parse("latitude"))).isEqualTo("decimal(9,6)");
  }

  @Test
  void aLedgerMayStillBeDeclaredAsItWas() throws IOException {
    var ledger = ContractRules.ofLedger();
    RunLedgerKey key = new RunLedgerKey("gen", DAY);
    for (Map.Entry<Integer, Boolean> each : Map.of(18, true, 38, true, 20, false).entrySet()) {
      Schema writer =
          new Schema.Parser()
              .parse(
                  RunLedger.getClassSchema()
                      .toString()
                      .replace("\"precision\":38", "\"precision\":" + each.getKey()));
      GenericRecord entry = new GenericData.Record(writer);
      entry.put("status", "STARTED");
      entry.put("run_id", "1");
      entry.put("producer", "test");
      entry.put("arguments", "");
      entry.put("started_at", 1_700_000_000_000L);
      if (each.getValue()) {
        assertThat(ledger.check(key, ledger.readValue(writer, bytes(entry), 0, key))).isEmpty();
      } else {
        assertThatThrownBy(() -> ledger.readValue(writer, bytes(entry), 0, key))
            .hasMessageStartingWith("Rule 'revenue': revenue is declared decimal(20,4)");
      }
    }
  }

  private static GenericRecord sale(Schema schema) {
    GenericRecord sale = new GenericData.Record(schema);
    Map<String, Object> values = new HashMap<>();
    for (Schema.Field field : DailyRecord.getClassSchema().getFields()) {
      if (field.schema().getType() == Schema.Type.STRING) {
        values.put(field.name(), "x");
      }
    }
    values.put("ts_id", ID);
    values.put("ts", Instant.parse("2023-12-01T17:00:00Z").toEpochMilli());
    values.put("ts_date", (int) DAY.toEpochDay());
    values.put("line", 1);
    values.put("quantity", 1);
    ByteBuffer revenue = ByteBuffer.wrap(new BigDecimal("129.0000").unscaledValue().toByteArray());
    values.put("price", revenue);
    values.put("revenue", revenue);
    values.put("discount", ByteBuffer.wrap(new byte[] {0}));
    values.forEach(
        (name, value) -> {
          if (schema.getField(name) != null) {
            sale.put(name, value);
          }
        });
    return sale;
  }

  /** The contract with one field declared otherwise, added, or left out. */
  private static Schema drifted(String field, Schema declared) {
    boolean isNew = DailyRecord.getClassSchema().getField(field) == null;
    return Schema.createRecord(
        "DailyRecord", null, "io.furnistream.schemas", false, copy(field, declared, isNew));
  }

  private static List<Schema.Field> copy(String changed, Schema declared, boolean isNew) {
    Stream<Schema.Field> fields =
        DailyRecord.getClassSchema().getFields().stream()
            .filter(field -> !field.name().equals(changed) || declared != null)
            .map(
                field ->
                    field.name().equals(changed)
                        ? new Schema.Field(changed, declared)
                        : new Schema.Field(field, field.schema()));
    return Stream.concat(
            fields, isNew ? Stream.of(new Schema.Field(changed, declared)) : Stream.empty())
        .toList();
  }

  private static byte[] bytes(GenericRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static Schema of(String type) {
    return Schema.create(Schema.Type.valueOf(type.toUpperCase(java.util.Locale.ROOT)));
  }

  private static Schema nullable(Schema schema) {
    return Schema.createUnion(of("null"), schema);
  }

  private static Schema decimal(int precision, int scale) {
    return LogicalTypes.decimal(precision, scale).addToSchema(of("bytes"));
  }
}
