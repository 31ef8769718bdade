package io.furnistream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

class ContractsTest {

  static Stream<Schema> schemas() {
    return Stream.of(Topic.values()).flatMap(t -> Stream.of(t.keySchema(), t.valueSchema()));
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void everyFieldSaysWhatItIsAndInWhichUnit(Schema schema) {
    assertThat(schema.getDoc()).isNotBlank();
    for (Schema.Field field : schema.getFields()) {
      assertThat(field.doc())
          .as("%s.%s", schema.getName(), field.name())
          .isNotBlank()
          .containsPattern(
              "[Uu]nit|[Tt]ext|zone|currency|degrees|milliseconds|Pieces|fraction|Position|"
                  + "name|hash|digits|bought|coordinates");
    }
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void amountsAreDecimalsAndNothingIsAFloat(Schema schema) {
    for (Schema.Field field : schema.getFields()) {
      assertThat(typesOf(field.schema()))
          .as("%s.%s", schema.getName(), field.name())
          .doesNotContain(Schema.Type.FLOAT, Schema.Type.DOUBLE);
    }
  }

  /** The total of a day of 10^9 of the largest records; any count of it is a long. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"DAILY_RECORDS", "RECENT_RECORDS", "PROOFS"})
  void sumsHaveRoomForTheLargestDay(Topic topic) {
    BigDecimal largest =
        new BigDecimal("99999999999999.9999").multiply(BigDecimal.valueOf(1_000_000_000));
    for (Schema.Field field : topic.valueSchema().getFields()) {
      Schema type = notNull(field.schema());
      if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
        assertThat(new Conversions.DecimalConversion().toBytes(largest, type, decimal)).isNotNull();
        assertThat(decimal.getScale()).isEqualTo(Money.SCALE);
      } else {
        assertThat(type.getType()).as(field.name()).isNotEqualTo(Schema.Type.INT);
      }
    }
  }

  /** Topics of a stack that was there before hold sums of decimal(18,4). */
  @Test
  void narrowSumsOfBeforeAreReadToTheDigit() {
    Schema wide = DailyPuRev.getClassSchema();
    Schema narrow =
        new Schema.Parser().parse(wide.toString().replace("\"precision\":38", "\"precision\":18"));
    assertThat(narrow).isNotEqualTo(wide);
    BigDecimal most = new BigDecimal("99999999999999.9999");
    GenericRecord before = new GenericData.Record(narrow);
    for (String count : List.of("daily_records", "daily_pu", "daily_orders", "daily_quantity")) {
      before.put(count, 1L);
    }
    before.put("daily_rev", ByteBuffer.wrap(most.unscaledValue().toByteArray()));
    before.put("daily_profit", ByteBuffer.wrap(most.negate().unscaledValue().toByteArray()));

    AvroClients clients = new AvroClients("none", "mock://narrow-sums");
    try (KafkaAvroSerializer writer = new KafkaAvroSerializer();
        KafkaAvroDeserializer reader = new KafkaAvroDeserializer()) {
      writer.configure(clients.converter(), false);
      reader.configure(clients.deserializer(), false);
      assertThat(reader.deserialize("daily_pu_rev", writer.serialize("daily_pu_rev", before)))
          .isEqualTo(new DailyPuRev(1L, 1L, 1L, 1L, most, most.negate()));
    }
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void noFieldOfAKeyMayBeNull(Topic topic) {
    for (Schema.Field field : topic.keySchema().getFields()) {
      assertThat(typesOf(field.schema())).doesNotContain(Schema.Type.NULL);
    }
  }

  /**
   * The bytes of a key begin with its schema's id, and a changed doc string is a new schema: old
   * and new keys of one record would both survive compaction. When this fails, the topic needs a
   * migration, not another fingerprint here.
   */
  @ParameterizedTest
  @CsvSource({
    "DAILY_RECORDS, 0ee0d9bd41f10b72",
    "DAILY_PU_REV, b6e622cd289b76bf",
    "DAILY_CATEGORY_PRODUCT, 22c7537beaf11efc",
    "DAILY_ADDRESS, a69bcc09fff77466",
    "DAILY_PLATFORM_PRODUCT, 9421411c9400f2ac",
    "SALES_BY_MINUTE, 6443e823eccdb34e",
    "DAILY_STATE, 72685adebcdefe6f",
    "DAILY_CUSTOMER, 2f231a07716ad828",
    "LIVE_KPIS, 929534e234f01d74",
    "RECENT_RECORDS, 5c730b63e870f31e",
    "RUN_LEDGER, cfeba2ed6e7def1e",
    "PROOFS, 1d8984d2f3fe5385"
  })
  void theSchemasOfKeysStayAsTheyAreToTheLetter(Topic topic, String sha256)
      throws NoSuchAlgorithmException {
    byte[] text = topic.keySchema().toString().getBytes(StandardCharsets.UTF_8);
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text)))
        .startsWith(sha256);
  }

  @Test
  void aNewOptionalFieldIsReadByOldAndNew() throws IOException {
    Schema old = DailyPuRev.getClassSchema();
    List<Schema.Field> fields = new ArrayList<>();
    old.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    fields.add(
        new Schema.Field(
            "daily_returns",
            Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.LONG)),
            "Pieces returned. Unit: pieces.",
            Schema.Field.NULL_DEFAULT_VALUE));
    Schema grown = Schema.createRecord("DailyPuRev", "doc", old.getNamespace(), false, fields);

    assertThat(SchemaCompatibility.checkReaderWriterCompatibility(grown, old).getType())
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    GenericRecord row = new GenericData.Record(old);
    for (Schema.Field field : old.getFields()) {
      row.put(
          field.name(),
          field.schema().getType() == Schema.Type.LONG ? 42L : ByteBuffer.wrap(new byte[] {1}));
    }
    GenericRecord readByNew = reread(row, old, grown);
    assertThat(readByNew.get("daily_orders")).isEqualTo(42L);
    assertThat(readByNew.get("daily_returns")).isNull();
    GenericRecord readByOld = reread(readByNew, grown, old);
    assertThat(readByOld.get("daily_orders")).isEqualTo(42L);
  }

  private static GenericRecord reread(GenericRecord row, Schema writer, Schema reader)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Encoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(writer).write(row, encoder);
    encoder.flush();
    return new GenericDatumReader<GenericRecord>(writer, reader)
        .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
  }

  private static Schema notNull(Schema schema) {
    return schema.isUnion() ? schema.getTypes().get(1) : schema;
  }

  private static List<Schema.Type> typesOf(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream().map(Schema::getType).toList()
        : List.of(schema.getType());
  }
}
