package io.furnistream.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.connect.avro.AvroData;
import io.furnistream.schemas.ContractRules;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.UnsoundException;
import io.furnistream.screening.Failure;
import io.furnistream.screening.MapForm;
import io.furnistream.screening.RuleSet;
import io.furnistream.transforms.fields.StructForm;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

/**
 * The same sale gets the same verdict in every form in which parts of the platform hold it: as the
 * contract's class (aggregates, verify), as the struct that Confluent's converter makes of its
 * bytes (Connect), and as a map.
 */
class SameVerdictTest {

  private static final int SALES = 20_000;
  private static final int DRIFTS = 10_000;

  /** As often as so many of the contract's fields, it is one that the contract does not know. */
  private static final int MORE_FIELDS = 8;

  private static final Path FOLDER = Path.of("../schemas/src/main/rules");
  private static final Clock UTC = Clock.systemUTC();

  @Test
  void structMapAndAvroAgree() throws Exception {
    Random random = new Random(23);
    RuleSet rules = RuleSet.read(FOLDER.resolve("daily_records.json"));
    RuleSet keyRules = RuleSet.read(FOLDER.resolve("daily_records-key.json"));
    ContractRules<DailyRecordKey, DailyRecord> ofAvro = ContractRules.ofSales();
    var ofMaps = rules.bind(MapForm.INSTANCE, MapForm.INSTANCE, UTC);
    var ofKeyMaps = keyRules.bind(MapForm.INSTANCE, UTC);
    AvroData converter = new AvroData(16);
    Set<String> broken = new HashSet<>();
    int sound = 0;
    for (int n = 0; n < SALES; n++) {
      DailyRecord sale = sale(random);
      DailyRecordKey key = key(random, sale);
      Struct struct = struct(converter, sale);
      Struct keyStruct = struct(converter, key);
      StructForm form = new StructForm(struct.schema());
      StructForm keyForm = new StructForm(keyStruct.schema());

      Optional<Failure> verdict = ofAvro.check(key, sale);
      assertThat(rules.bind(form, keyForm, UTC).check(struct, keyStruct))
          .as("%s", sale)
          .isEqualTo(verdict);
      assertThat(ofMaps.check(map(sale), map(key))).as("%s", sale).isEqualTo(verdict);

      Integer partition = partition(random);
      Optional<Failure> ofKey = verdict(ofAvro, key, partition);
      assertThat(keyRules.bind(keyForm, UTC).check(keyStruct, null, partition))
          .as("%s", key)
          .isEqualTo(ofKey);
      assertThat(ofKeyMaps.check(map(key), null, partition)).as("%s", key).isEqualTo(ofKey);

      verdict.ifPresent(failure -> broken.add(failure.rule()));
      ofKey.ifPresent(failure -> broken.add(failure.rule()));
      sound += verdict.isEmpty() && ofKey.isEmpty() ? 1 : 0;
    }
    assertThat(sound).isBetween(SALES / 10, SALES * 9 / 10);
    // All but what the contract's own writer refuses: more digits than a decimal has.
    Set<String> all = new HashSet<>(rules.names());
    all.addAll(keyRules.names());
    all.removeAll(Set.of("revenue", "profit"));
    assertThat(broken).isEqualTo(all);
  }

  /** The verdict on a key's bytes, as the aggregates and verify read them. */
  private static Optional<Failure> verdict(
      ContractRules<DailyRecordKey, DailyRecord> rules, DailyRecordKey key, Integer partition)
      throws Exception {
    try {
      assertThat(rules.readKey(key.getSchema(), bytes(key), 0, partition)).isEqualTo(key);
      return Optional.empty();
    } catch (UnsoundException e) {
      return Optional.of(e.failure());
    }
  }

  /** Mostly that of the usual id; another one, or none that is known, now and then. */
  private static Integer partition(Random random) {
    return switch (random.nextInt(20)) {
      case 0 -> random.nextInt(7);
      case 1 -> null;
      default -> 1;
    };
  }

  /**
   * Sales whose writer declares one field otherwise, or one more, of every type that Avro has, with
   * the extremes of its values: the verdict is the same, or neither part can read the record.
   */
  @Test
  void structAndAvroAgreeOnSchemasThatDrift() throws Exception {
    Random random = new Random(29);
    RuleSet rules = RuleSet.read(FOLDER.resolve("daily_records.json"));
    ContractRules<DailyRecordKey, DailyRecord> ofAvro = ContractRules.ofSales();
    AvroData converter = new AvroData(1000);
    DailyRecordKey key =
        new DailyRecordKey(
            LocalDate.parse("2023-12-01"), 5, "911b18d9-68b3-c413-ea64-6f06245a27c5");
    Struct keyStruct = struct(converter, key);
    Map<String, Integer> verdicts = new HashMap<>();
    List<Schema.Field> fields = DailyRecord.getClassSchema().getFields();
    for (int n = 0; n < DRIFTS; n++) {
      int at = random.nextInt(fields.size() + MORE_FIELDS);
      String field = at < fields.size() ? fields.get(at).name() : "another";
      Schema writer = AnyAvro.drifted(field, AnyAvro.type(random));
      GenericRecord sale = AnyAvro.sale(writer, key);
      sale.put(field, AnyAvro.value(random, writer.getField(field).schema()));
      byte[] bytes = AnyAvro.bytes(sale);

      Struct struct;
      try {
        struct = converted(converter, writer, bytes);
      } catch (RuntimeException e) {
        assertThatThrownBy(() -> ofAvro.readValue(writer, bytes, 0, key))
            .as("what Connect cannot read: %s", sale)
            .isInstanceOf(SerializationException.class);
        verdicts.merge("unreadable", 1, Integer::sum);
        continue;
      }
      Optional<Failure> verdict;
      try {
        verdict = ofAvro.check(key, ofAvro.readValue(writer, bytes, 0, key));
      } catch (UnsoundException e) {
        verdict = Optional.of(e.failure());
      }
      assertThat(
              rules
                  .bind(new StructForm(struct.schema()), new StructForm(keyStruct.schema()), UTC)
                  .check(struct, keyStruct))
          .as("%s", sale)
          .isEqualTo(verdict);
      verdicts.merge(verdict.map(Failure::rule).orElse("sound"), 1, Integer::sum);
    }
    assertThat(verdicts.keySet()).containsAll(rules.names()).contains("sound", "unreadable");
  }

  private static Struct converted(AvroData converter, Schema writer, byte[] bytes)
      throws Exception {
    GenericRecord read =
        new GenericDatumReader<GenericRecord>(writer, writer, new GenericData())
            .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    return (Struct) converter.toConnectData(writer, read).value();
  }

  /** What Confluent's converter makes of the record's bytes. */
  private static Struct struct(AvroData converter, SpecificRecord record) throws Exception {
    return (Struct) converter.toConnectData(record.getSchema(), reread(record)).value();
  }

  /** The record as a consumer that knows no class reads it from the bytes. */
  private static GenericRecord reread(SpecificRecord record) throws Exception {
    return new GenericDatumReader<GenericRecord>(
            record.getSchema(), record.getSchema(), new GenericData())
        .read(null, DecoderFactory.get().binaryDecoder(bytes(record), null));
  }

  private static byte[] bytes(SpecificRecord record) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Encoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new SpecificDatumWriter<SpecificRecord>(
            record.getSchema(), SpecificData.getForClass(record.getClass()))
        .write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static Map<String, Object> map(SpecificRecord record) {
    Map<String, Object> map = new HashMap<>();
    for (Schema.Field field : record.getSchema().getFields()) {
      map.put(field.name(), record.get(field.pos()));
    }
    return map;
  }

  private static DailyRecord sale(Random random) {
    return DailyRecord.newBuilder()
        .setTsId(
            any(
                random,
                "911b18d9-68b3-c413-ea64-6f06245a27c5",
                "911b18d9-68b3-c413-ea64-6F06245a27c5"))
        .setTs(time(random))
        .setTsDate(day(random))
        .setOrderId(text(random))
        .setLine(random.nextInt(50) == 0 ? random.nextInt() : 1 + random.nextInt(30))
        .setCustomerId(text(random))
        .setCustomerName(text(random))
        .setSegment(text(random))
        .setCountry(text(random))
        .setState(text(random))
        .setCity(text(random))
        .setLatitude(decimal(random, 6, "90.000000", "90.000001", "-33.5"))
        .setLongitude(decimal(random, 6, "-180.000000", "-180.000001", "0"))
        .setPlatform(text(random))
        .setPaymentMethod(text(random))
        .setCategory(text(random))
        .setSubCategory(text(random))
        .setProductId(text(random))
        .setProductName(text(random))
        .setPrice(orZero(decimal(random, 4, "99999999999999.9999", "-0.0001", "0.0001")))
        .setUnitCost(decimal(random, 4, "99999999999999.9999", "-0.0001", "12.5"))
        .setQuantity(random.nextInt(20) == 0 ? random.nextInt(3) * 100_000 + 1 : random.nextInt(12))
        .setDiscount(orZero(decimal(random, 4, "1.0000", "1.0001", "0.15")))
        .setRevenue(orZero(decimal(random, 4, "-5", "99999999999999.9999", "0")))
        .setProfit(decimal(random, 4, "-5", "-99999999999999.9999", "0"))
        .build();
  }

  /** Mostly of the sale; of another one, or with another bucket, now and then. */
  private static DailyRecordKey key(Random random, DailyRecord sale) {
    boolean isSameDay = random.nextInt(50) > 0;
    int bucket = random.nextInt(50) == 0 ? random.nextInt(20) - 2 : 5;
    return new DailyRecordKey(
        isSameDay ? sale.getTsDate() : day(random),
        bucket,
        any(random, sale.getTsId(), "00000000-68b3-c413-ea64-6f06245a27c5"));
  }

  /** Mostly in the bounds; on an edge of them, or of what 64 bits hold, now and then. */
  private static Instant time(Random random) {
    return switch (random.nextInt(100)) {
      case 0 -> Instant.ofEpochMilli(random.nextLong());
      case 1 -> Instant.ofEpochMilli(random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE);
      case 2 -> Instant.parse("1970-01-02T00:00:00Z").minusMillis(random.nextInt(2));
      case 3 -> Instant.parse("2199-12-31T23:59:59.999Z").plusMillis(random.nextInt(2));
      default -> Instant.ofEpochMilli(random.nextInt(Integer.MAX_VALUE) * 1000L);
    };
  }

  private static LocalDate day(Random random) {
    return switch (random.nextInt(100)) {
      case 0 -> LocalDate.ofEpochDay(random.nextInt());
      case 1 -> LocalDate.ofEpochDay(random.nextBoolean() ? Integer.MIN_VALUE : Integer.MAX_VALUE);
      case 2 -> LocalDate.parse("1970-01-02").minusDays(random.nextInt(2));
      case 3 -> LocalDate.parse("2199-12-31").plusDays(random.nextInt(2));
      default -> LocalDate.parse("2023-12-01").plusDays(random.nextInt(3));
    };
  }

  /** Mostly sound; long, blank, or with NUL now and then. */
  private static String text(Random random) {
    return switch (random.nextInt(200)) {
      case 0 -> "";
      case 1 -> " \t";
      case 2 -> "a\0";
      case 3 -> "𝔸".repeat(1 + random.nextInt(1_100));
      default -> "Århus " + random.nextInt(5);
    };
  }

  /** Mostly the first; the second is unsound in most fields. */
  private static BigDecimal decimal(Random random, int scale, String... of) {
    int dice = random.nextInt(100);
    if (dice < 10) {
      return null;
    }
    return new BigDecimal(dice < 12 ? of[1] : dice < 14 ? of[2] : of[0]).setScale(scale);
  }

  private static BigDecimal orZero(BigDecimal value) {
    return value == null ? new BigDecimal("0.0000") : value;
  }

  private static String any(Random random, String usual, String rare) {
    return random.nextInt(50) == 0 ? rare : usual;
  }
}
