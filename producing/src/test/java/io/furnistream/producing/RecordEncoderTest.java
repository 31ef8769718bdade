package io.furnistream.producing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.schemas.SchemaRegistrar;
import io.furnistream.schemas.Topic;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes against those of Confluent's own serializer, with a registry in this JVM. */
class RecordEncoderTest {

  private static final AvroClients CLIENTS = new AvroClients("kafka:1", "mock://record-encoder");
  private static final LocalDate DAY = LocalDate.parse("2023-12-01");
  private static final Instant TIME = Instant.parse("2023-12-01T17:03:04.005Z");
  private static final DailyRecordKey KEY =
      new DailyRecordKey(DAY, 5, "911b18d9-68b3-c413-ea64-6f06245a27c5");
  private static final String LARGEST_AMOUNT = "99999999999999.9999";

  private static SchemaIds ids;

  @BeforeAll
  static void register() throws Exception {
    SchemaRegistrar registrar = new SchemaRegistrar(CLIENTS.registry());
    Map<Topic, Integer> keys = new EnumMap<>(Topic.class);
    Map<Topic, Integer> values = new EnumMap<>(Topic.class);
    for (Topic topic : Topic.LOGS) {
      keys.put(topic, registrar.register(topic.topicName() + "-key", topic.keySchema()));
      values.put(topic, registrar.register(topic.topicName() + "-value", topic.valueSchema()));
    }
    ids = new SchemaIds(keys, values);
  }

  static Stream<DailyRecord> sales() {
    return Stream.of(
        sale().build(),
        sale().setUnitCost(null).setProfit(null).setLatitude(null).setLongitude(null).build(),
        sale().setTs(Instant.parse("1970-01-03T00:00:00Z")).setTsDate(LocalDate.EPOCH).build(),
        sale()
            .setTs(Instant.parse("0001-01-01T00:00:00.123456789Z"))
            .setTsDate(LocalDate.MIN.withYear(-5_000_000))
            .build(),
        sale().setTs(Instant.parse("2199-12-31T23:59:59.999999999Z")).setLine(-1).build(),
        sale()
            .setPrice(new BigDecimal(LARGEST_AMOUNT))
            .setRevenue(new BigDecimal("-" + LARGEST_AMOUNT))
            .setUnitCost(new BigDecimal("0.0000"))
            .setProfit(new BigDecimal("-0.0001"))
            .setQuantity(Integer.MIN_VALUE)
            .setLine(Integer.MAX_VALUE)
            .build(),
        sale()
            .setPrice(new BigDecimal("0.0127"))
            .setRevenue(new BigDecimal("0.0128"))
            .setUnitCost(new BigDecimal("-0.0128"))
            .setProfit(new BigDecimal("-0.0129"))
            .build(),
        sale().setCustomerName("").setCity("Zürich").setState("東京都").setCountry("🛋").build(),
        sale().setCustomerName("a lone \uD83D half").setProductName("\0 \n \"").build(),
        sale().setProductName("long ".repeat(5_000)).build(),
        // Fewer decimals than the contract's: Avro adds them.
        sale().setPrice(new BigDecimal("12.5")).setDiscount(BigDecimal.ONE).build(),
        // More of them, but they say nothing: Avro takes them away.
        sale().setRevenue(new BigDecimal("12.500000")).build());
  }

  @ParameterizedTest
  @MethodSource("sales")
  void aSaleHasTheBytesOfConfluentsSerializer(DailyRecord sale) {
    assertSameBytes(Topic.DAILY_RECORDS, KEY, sale);
  }

  /** Around each length that a number has in bytes. */
  @Test
  void amountsOfEveryLengthHaveTheBytesOfConfluentsSerializer() {
    for (int bits = 0; bits < 60; bits++) {
      for (long near = -1; near <= 1; near++) {
        BigDecimal amount = BigDecimal.valueOf((1L << bits) + near, 4);
        if (amount.precision() <= 18) {
          assertSameBytes(
              Topic.DAILY_RECORDS,
              KEY,
              sale().setRevenue(amount).setProfit(amount.negate()).build());
        }
      }
    }
  }

  static Stream<RunLedger> entries() {
    return Stream.of(
        entry().build(),
        entry()
            .setStatus("COMPLETE")
            .setCompletedAt(TIME)
            .setRecords(Long.MAX_VALUE)
            .setQuantity(Long.MIN_VALUE)
            .setRevenue(new BigDecimal("9".repeat(34) + ".9999"))
            .setProfit(new BigDecimal("-" + "9".repeat(34) + ".9999"))
            .setCustomers(0L)
            .setIdChecksum("0".repeat(32))
            .setRejected(3L)
            .build());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void anEntryOfTheLedgerHasTheBytesOfConfluentsSerializer(RunLedger entry) {
    assertSameBytes(Topic.RUN_LEDGER, new RunLedgerKey("gen1-süd", DAY), entry);
  }

  @Test
  void aRecordCarriesItsPlaceAndTimeAndMayBeATombstone() {
    ProducerRecord<byte[], byte[]> record =
        encoder().encode(Topic.DAILY_RECORDS, 3, TIME, KEY, null, List.of());

    assertThat(record.topic()).isEqualTo("daily_records");
    assertThat(record.partition()).isEqualTo(3);
    assertThat(record.timestamp()).isEqualTo(TIME.toEpochMilli());
    assertThat(record.value()).isNull();
  }

  static Stream<DailyRecord> wrong() {
    // A builder would refuse the missing ones; the constructor of the generated class does not.
    DailyRecord nothing = new DailyRecord();
    DailyRecord noOrder = sale().build();
    noOrder.put(3, null);
    return Stream.of(
        nothing,
        noOrder,
        sale().setPrice(new BigDecimal("1.00001")).build(),
        sale().setRevenue(new BigDecimal("1" + LARGEST_AMOUNT)).build(),
        sale().setProfit(new BigDecimal("0.123456")).build());
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aRecordOfTheWrongShapeIsRefusedInTheWordsOfAvro(DailyRecord sale) {
    RecordEncoder encoder = encoder();
    String reason =
        catchThrowable(() -> confluent(Topic.DAILY_RECORDS, false, sale)).getCause().getMessage();

    assertThatThrownBy(() -> encoder.encode(Topic.DAILY_RECORDS, 0, TIME, KEY, sale, List.of()))
        .isInstanceOf(CannotRunException.class)
        .hasMessageStartingWith("Kafka at kafka:1 did not take a record: " + reason + ". ");

    DailyRecord next = sale().build();
    assertThat(encoder.encode(Topic.DAILY_RECORDS, 0, TIME, KEY, next, List.of()).value())
        .isEqualTo(confluent(Topic.DAILY_RECORDS, false, next));
  }

  /** Without which all would still be right, and four times as slow. */
  @Test
  void theFastWriterTakesUsualRecords() {
    assertThatCode(() -> fast(KEY)).doesNotThrowAnyException();
    assertThatCode(() -> fast(sale().build())).doesNotThrowAnyException();
    assertThatCode(() -> fast(entry().build())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void theFastWriterKnowsTheTypesOfEveryContract(Topic topic) {
    assertThatCode(() -> new ContractWriter(topic.keySchema())).doesNotThrowAnyException();
    assertThatCode(() -> new ContractWriter(topic.valueSchema())).doesNotThrowAnyException();
  }

  private static void assertSameBytes(Topic topic, SpecificRecord key, SpecificRecord value) {
    RecordEncoder encoder = encoder();
    // Twice, since the encoder keeps its buffers.
    for (int i = 0; i < 2; i++) {
      ProducerRecord<byte[], byte[]> record = encoder.encode(topic, 0, TIME, key, value, List.of());
      assertThat(record.key()).isEqualTo(confluent(topic, true, key));
      assertThat(record.value()).isEqualTo(confluent(topic, false, value));
    }
  }

  private static byte[] confluent(Topic topic, boolean isKey, SpecificRecord record) {
    try (KafkaAvroSerializer serializer = new KafkaAvroSerializer()) {
      serializer.configure(CLIENTS.serializer(), isKey);
      return serializer.serialize(topic.topicName(), record);
    }
  }

  private static void fast(SpecificRecord record) throws Exception {
    new ContractWriter(record.getSchema())
        .write(record, EncoderFactory.get().binaryEncoder(OutputStream.nullOutputStream(), null));
  }

  private static RecordEncoder encoder() {
    return new RecordEncoder(ids, new Refusal(CLIENTS.bootstrapServers()));
  }

  private static DailyRecord.Builder sale() {
    return DailyRecord.newBuilder()
        .setTsId(KEY.getTsId())
        .setTs(TIME)
        .setTsDate(DAY)
        .setOrderId("0123-20231201-000001")
        .setLine(1)
        .setCustomerId("C-0001")
        .setCustomerName("Ada Lovelace")
        .setSegment("Consumer")
        .setCountry("United States")
        .setState("New York")
        .setCity("New York City")
        .setLatitude(new BigDecimal("40.712800"))
        .setLongitude(new BigDecimal("-74.006000"))
        .setPlatform("Store")
        .setPaymentMethod("Cash")
        .setCategory("Furniture")
        .setSubCategory("Chairs")
        .setProductId("FUR-1")
        .setProductName("Oak chair")
        .setPrice(new BigDecimal("129.0000"))
        .setUnitCost(new BigDecimal("70.2500"))
        .setQuantity(2)
        .setDiscount(new BigDecimal("0.1000"))
        .setRevenue(new BigDecimal("232.2000"))
        .setProfit(new BigDecimal("91.7000"));
  }

  private static RunLedger.Builder entry() {
    return RunLedger.newBuilder()
        .setStatus("STARTED")
        .setRunId("911b18d9-68b3-c413-ea64-6f06245a27c5")
        .setProducer("datagen 1")
        .setArguments("--records 500 --seed 7")
        .setStartedAt(TIME);
  }
}
