package io.furnistream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.screening.FieldPath;
import io.furnistream.screening.RecordForm;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of a sound sale, field by field. */
class SaleRulesTest {

  private static final String ID = "911b18d9-68b3-c413-ea64-6f06245a27c5";
  private static final LocalDate DAY = LocalDate.parse("2023-12-01");
  private static final BigDecimal MOST = new BigDecimal("99999999999999.9999");
  private static final BigDecimal TOO_MUCH = new BigDecimal("100000000000000.0000");

  private static final DailyRecordKey KEY = new DailyRecordKey(DAY, 5, ID);

  private final ContractRules<DailyRecordKey, DailyRecord> rules = ContractRules.ofSales();

  @Test
  void aSaleIsSoundAndSoAreItsKeyAndAReturn() {
    assertThat(rules.check(KEY, sale().build())).isEmpty();
    assertThat(rules.check(KEY)).isEmpty();
    assertThat(
            rules.check(
                KEY,
                sale()
                    .setQuantity(-2)
                    .setRevenue(dec("-20.0000"))
                    .setProfit(dec("-8.0000"))
                    .build()))
        .isEmpty();
  }

  @Test
  void aSaleMayBeUnlocatedAndWithoutCost() {
    assertThat(rules.check(KEY, sale().setLatitude(null).setLongitude(null).setCity("").build()))
        .isEmpty();
    assertThat(
            rules.check(KEY, sale().setLongitude(null).setUnitCost(null).setProfit(null).build()))
        .isEmpty();
  }

  static Stream<Arguments> unsound() {
    String long101 = "𝔸".repeat(101);
    return Stream.of(
        broken("ts_id", s -> s.setTsId("911B18D9-68b3-c413-ea64-6f06245a27c5")),
        broken("ts_id", s -> s.setTsId("")),
        broken("ts_id", s -> s.setTsId(ID.replace("27c5", "28c5"))),
        broken("ts", s -> s.setTs(Instant.parse("1970-01-01T23:59:59.999Z"))),
        broken("ts", s -> s.setTs(Instant.parse("2200-01-01T00:00:00Z"))),
        broken("ts", s -> s.setTs(Instant.ofEpochMilli(1_700_000_000_000_000_000L))),
        broken("ts", s -> s.setTs(Instant.ofEpochMilli(Long.MIN_VALUE))),
        broken("ts", s -> s.setTs(Instant.ofEpochMilli(Long.MAX_VALUE))),
        broken("ts_date", s -> s.setTsDate(DAY.plusDays(1))),
        broken("ts_date", s -> s.setTsDate(LocalDate.parse("1970-01-01"))),
        broken("ts_date", s -> s.setTsDate(LocalDate.parse("9999-12-31"))),
        broken("ts_date", s -> s.setTsDate(LocalDate.ofEpochDay(3_000_000))),
        broken("ts_date", s -> s.setTsDate(LocalDate.ofEpochDay(Integer.MAX_VALUE))),
        broken("order_id", s -> s.setOrderId(" ")),
        broken("order_id", s -> s.setOrderId(long101)),
        broken("line", s -> s.setLine(0)),
        broken("line", s -> s.setLine(1_000_001)),
        broken("customer_name", s -> s.setCustomerName("x".repeat(1001))),
        broken("segment", s -> s.setSegment("a\0")),
        broken("payment_method", s -> s.setPaymentMethod(long101)),
        broken("customer_id", s -> s.setCustomerId("")),
        broken("customer_id", s -> s.setCustomerId("a\0")),
        broken("country", s -> s.setCountry("")),
        broken("state", s -> s.setState("\t")),
        broken("city", s -> s.setCity("\0")),
        broken("latitude", s -> s.setLatitude(dec("90.000001"))),
        broken("latitude", s -> s.setLatitude(dec("-90.000001"))),
        broken("longitude", s -> s.setLongitude(dec("180.000001"))),
        broken("longitude", s -> s.setLongitude(dec("-180.000001"))),
        broken("platform", s -> s.setPlatform("")),
        broken("category", s -> s.setCategory("")),
        broken("sub_category", s -> s.setSubCategory("")),
        broken("product_id", s -> s.setProductId(long101)),
        broken("product_name", s -> s.setProductName("x".repeat(401))),
        broken("price", s -> s.setPrice(dec("-0.0001"))),
        broken("price", s -> s.setPrice(TOO_MUCH)),
        broken("unit_cost", s -> s.setUnitCost(dec("-0.0001"))),
        broken("quantity", s -> s.setQuantity(0)),
        broken("quantity", s -> s.setQuantity(100_001)),
        broken("quantity", s -> s.setQuantity(-100_001)),
        broken("discount", s -> s.setDiscount(dec("1.0001"))),
        broken("discount", s -> s.setDiscount(dec("-0.0001"))),
        broken("revenue", s -> s.setRevenue(TOO_MUCH)),
        broken("revenue", s -> s.setRevenue(TOO_MUCH.negate())),
        broken("profit", s -> s.setProfit(TOO_MUCH)));
  }

  @ParameterizedTest
  @MethodSource("unsound")
  void aFieldOutOfItsBoundsIsRefusedByItsRule(
      String rule, UnaryOperator<DailyRecord.Builder> change) {
    assertThat(rules.check(KEY, change.apply(sale()).build()).get().rule()).isEqualTo(rule);
  }

  static Stream<Arguments> atTheEdge() {
    return Stream.of(
        broken("order_id", s -> s.setOrderId("𝔸".repeat(100))),
        broken("latitude", s -> s.setLatitude(dec("-90.000000"))),
        broken("longitude", s -> s.setLongitude(dec("180.000000"))),
        broken("price", s -> s.setPrice(MOST)),
        broken("price", s -> s.setPrice(dec("0.0000"))),
        broken("quantity", s -> s.setQuantity(-100_000)),
        broken("discount", s -> s.setDiscount(dec("1.0000"))),
        broken("revenue", s -> s.setRevenue(MOST.negate())),
        broken("ts", s -> s.setTs(Instant.parse("1970-01-02T00:00:00Z"))),
        broken("ts", s -> s.setTs(Instant.parse("2199-12-31T23:59:59.999Z"))),
        broken("line", s -> s.setLine(1_000_000)),
        broken("segment", s -> s.setSegment("").setCustomerName("").setPaymentMethod(" ")));
  }

  @ParameterizedTest
  @MethodSource("atTheEdge")
  void theEdgeItselfIsSound(String rule, UnaryOperator<DailyRecord.Builder> change) {
    assertThat(rules.check(KEY, change.apply(sale()).build())).as(rule).isEmpty();
  }

  @Test
  void aKeyThatNamesNoRecordIsRefused() {
    assertThat(rules.check(new DailyRecordKey(DAY, 16, ID)).get().rule()).isEqualTo("key_bucket");
    assertThat(rules.check(new DailyRecordKey(DAY, -1, ID)).get().rule()).isEqualTo("key_bucket");
    assertThat(rules.check(new DailyRecordKey(DAY, 15, ID)).get().message())
        .isEqualTo("Rule 'key_bucket': bucket is 15, and the bucket of ts_id is 5");
    assertThat(rules.check(new DailyRecordKey(DAY, 1, "1-1-1-1-1")).get().rule())
        .isEqualTo("key_ts_id");
    for (LocalDate day :
        List.of(
            LocalDate.EPOCH,
            LocalDate.parse("2200-01-01"),
            LocalDate.ofEpochDay(Integer.MIN_VALUE),
            LocalDate.ofEpochDay(Integer.MAX_VALUE))) {
      assertThat(rules.check(new DailyRecordKey(day, 5, ID)).get().rule()).isEqualTo("key_ts_date");
    }
  }

  @Test
  void theFirstAndTheLastDayAreSound() {
    for (String text : List.of("1970-01-02", "2199-12-31")) {
      LocalDate day = LocalDate.parse(text);
      DailyRecordKey key = new DailyRecordKey(day, 5, ID);
      assertThat(rules.check(key)).isEmpty();
      assertThat(rules.check(key, sale().setTsDate(day).build())).isEmpty();
    }
  }

  /** In each pair of files: all that a store holds is bounded, and no rule is about nothing. */
  @Test
  void everyFieldOfTheContractHasARuleThatSaysWhatItIsDeclaredAs() throws Exception {
    Map<String, Schema> contracts =
        Map.of(
            "daily_records-key.json", DailyRecordKey.getClassSchema(),
            "daily_records.json", DailyRecord.getClassSchema(),
            "run_ledger-key.json", RunLedgerKey.getClassSchema(),
            "run_ledger.json", RunLedger.getClassSchema());
    for (var contract : contracts.entrySet()) {
      Map<String, String> declared = new HashMap<>();
      try (var json = getClass().getResourceAsStream("/rules/" + contract.getKey())) {
        for (JsonNode rule : new ObjectMapper().readTree(json).get("rules")) {
          JsonNode schema = rule.path("schema");
          // A field may have a second rule, which asks something else of it.
          declared.merge(
              rule.get("field").textValue(),
              (schema.isArray() ? schema.get(0) : schema).asText(""),
              String::concat);
        }
      }
      Map<String, String> contracted = new HashMap<>();
      AvroForm form = new AvroForm(contract.getValue());
      for (Schema.Field field : contract.getValue().getFields()) {
        contracted.put(field.name(), form.declares(new FieldPath(List.of(field.name()))));
      }
      assertThat(declared).as(contract.getKey()).isEqualTo(contracted);
    }
  }

  @Test
  void anAvroRecordInARecordIsReadByItsPath() {
    Schema city =
        SchemaBuilder.record("City").fields().optionalString("name").requiredBytes("b").endRecord();
    Schema schema =
        SchemaBuilder.record("Sale")
            .fields()
            .name("city")
            .type()
            .unionOf()
            .nullType()
            .and()
            .type(city)
            .endUnion()
            .nullDefault()
            .endRecord();
    GenericRecord inner = new GenericData.Record(city);
    inner.put("name", new Utf8("Bonn"));
    GenericRecord outer = new GenericData.Record(schema);
    var name = new AvroForm(schema).reader(FieldPath.parse("city.name"));

    assertThat(name.read(outer)).isNull();
    outer.put("city", inner);
    assertThat(name.read(outer)).isEqualTo("Bonn");
    for (String unknown : List.of("town", "city.nam", "city.name.x")) {
      FieldPath path = FieldPath.parse(unknown);
      assertThat(new AvroForm(schema).reader(path).read(outer)).isNull();
      assertThat(new AvroForm(schema).declares(path)).isEqualTo(RecordForm.NOTHING);
    }
    assertThat(new AvroForm(schema).declares(FieldPath.parse("city"))).isEqualTo("record");
    assertThat(new AvroForm(schema).declares(FieldPath.parse("city.b"))).isEqualTo("bytes");
  }

  private static Arguments broken(String rule, UnaryOperator<DailyRecord.Builder> change) {
    return arguments(rule, change);
  }

  private static DailyRecord.Builder sale() {
    return DailyRecord.newBuilder()
        .setTsId(ID)
        .setTs(Instant.parse("2023-12-01T17:00:00Z"))
        .setTsDate(DAY)
        .setOrderId("o-1")
        .setLine(1)
        .setCustomerId("c-1")
        .setCustomerName("Ada")
        .setSegment("Consumer")
        .setCountry("United States")
        .setState("Ohio")
        .setCity("Akron")
        .setLatitude(dec("41.081400"))
        .setLongitude(dec("-81.519000"))
        .setPlatform("Store")
        .setPaymentMethod("Cash")
        .setCategory("Furniture")
        .setSubCategory("Chairs")
        .setProductId("p-1")
        .setProductName("Oak chair")
        .setPrice(dec("10.0000"))
        .setUnitCost(dec("6.0000"))
        .setQuantity(1)
        .setDiscount(dec("0.0000"))
        .setRevenue(dec("10.0000"))
        .setProfit(dec("4.0000"));
  }

  private static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }
}
