package io.furnistream.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("JavaUtilDate") // the class that Connect uses for its logical types
class DatePartsTest {

  private static final long DAY = 24 * 60 * 60 * 1000L;

  /** The days were read off a calendar; 2016-11-06 is the day New York leaves summer time. */
  @ParameterizedTest(name = "{0} in {1}")
  @CsvSource({
    "2016-11-07T04:59:59.999Z, America/New_York,   2016, 11,  6, 7",
    "2016-11-07T05:00:00.000Z, America/New_York,   2016, 11,  7, 1",
    "2016-11-06T03:59:59.999Z, America/New_York,   2016, 11,  5, 6",
    "2016-11-06T04:00:00.000Z, America/New_York,   2016, 11,  6, 7",
    "2016-12-31T23:30:00.000Z, UTC,                2016, 12, 31, 6",
    "2016-12-31T23:30:00.000Z, Asia/Tokyo,         2017,  1,  1, 7",
    "2016-12-31T23:30:00.000Z, Pacific/Kiritimati, 2017,  1,  1, 7",
    "2016-03-01T00:30:00.000Z, America/New_York,   2016,  2, 29, 1",
    "1971-01-01T00:00:00.000Z, UTC,                1971,  1,  1, 5",
    "2199-12-31T23:59:59.999Z, Asia/Tokyo,         2200,  1,  1, 3",
  })
  void readsAnInstantInTheStatedZone(
      String instant, String zone, int year, int month, int day, int weekday) {
    java.util.Date date = java.util.Date.from(java.time.Instant.parse(instant));

    assertThat(partsOf(Timestamp.SCHEMA, date, zone)).containsExactly(year, month, day, weekday);
    assertThat(partsOf(Schema.INT64_SCHEMA, date.getTime(), zone))
        .containsExactly(year, month, day, weekday);
    assertThat(partsOf(Schema.STRING_SCHEMA, instant, zone))
        .containsExactly(year, month, day, weekday);
    assertThat(schemalessPartsOf(date, zone)).containsExactly(year, month, day, weekday);
    assertThat(schemalessPartsOf(date.getTime(), zone)).containsExactly(year, month, day, weekday);
    assertThat(schemalessPartsOf(instant, zone)).containsExactly(year, month, day, weekday);
  }

  @ParameterizedTest(name = "{0} in {1}")
  @CsvSource({
    "1970-01-20T16:13:20.000Z, UTC, 1970,  1, 20, 2",
    "1969-12-31T23:59:59.999Z, UTC, 1969, 12, 31, 3",
    "1969-07-20T20:17:40.000Z, UTC, 1969,  7, 20, 7",
    "1900-03-01T00:00:00.000Z, UTC, 1900,  3,  1, 4",
    "9999-12-31T23:59:59.999Z, UTC, 9999, 12, 31, 5",
  })
  void whatSaysItsUnitMayLieInAnyYearOfFourDigits(
      String instant, String zone, int year, int month, int day, int weekday) {
    java.util.Date date = java.util.Date.from(java.time.Instant.parse(instant));

    assertThat(partsOf(Timestamp.SCHEMA, date, zone)).containsExactly(year, month, day, weekday);
    assertThat(partsOf(Schema.STRING_SCHEMA, instant, zone))
        .containsExactly(year, month, day, weekday);
    assertThat(schemalessPartsOf(date, zone)).containsExactly(year, month, day, weekday);
  }

  /** 2023-11-14 was a Tuesday. */
  @ParameterizedTest(name = "{1} {0}")
  @CsvSource({
    "1700000000,          seconds",
    "1700000000999,       milliseconds",
    "1700000000999999,    microseconds",
    "1700000000999999999, nanoseconds",
  })
  void aPlainNumberIsReadInItsUnit(long number, String precision) {
    Map<String, String> properties = Map.of("field", "ts", "unix.precision", precision);
    Schema schema = SchemaBuilder.struct().field("ts", Schema.INT64_SCHEMA).build();

    Struct out =
        (Struct)
            value(properties).apply(record(schema, new Struct(schema).put("ts", number))).value();
    Object map = value(properties).apply(record(null, Map.of("ts", number))).value();

    assertThat(parts(out)).containsExactly(2023, 11, 14, 2);
    assertThat(((Map<?, ?>) map).get("ts_day")).isEqualTo(14);
    for (String other : List.of("seconds", "milliseconds", "microseconds", "nanoseconds")) {
      if (!other.equals(precision)) {
        assertThatThrownBy(
                () ->
                    value(Map.of("field", "ts", "unix.precision", other))
                        .apply(record(schema, new Struct(schema).put("ts", number))))
            .isInstanceOf(DataException.class)
            .hasMessageContaining("'ts'")
            .hasMessageContaining(number + " " + other)
            .hasMessageContaining("set unix.precision=" + precision)
            .hasMessageContaining("year 2023");
      }
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "milliseconds, 1700000000,           in the year 1970",
    "milliseconds, 1700000000000000,     in the year 55840",
    "milliseconds, 0,                    in the year 1970",
    "milliseconds, -1,                   in the year 1969",
    "milliseconds, 31535999999,          in the year 1970",
    "milliseconds, 7258118400000,        in the year 2200",
    "seconds,      9223372036854775807,  beyond any calendar",
    "seconds,      -9223372036854775808, beyond any calendar",
    "nanoseconds,  9223372036854775807,  in the year 2262",
  })
  void anImplausibleNumberIsRefusedWithTheYearItWouldBe(
      String precision, long number, String year) {
    assertThatThrownBy(
            () ->
                value(Map.of("field", "ts", "unix.precision", precision))
                    .apply(record(null, Map.of("ts", number))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'ts'")
        .hasMessageContaining(Long.toString(number))
        .hasMessageContaining(year)
        .hasMessageContaining("1971 to 2199");
  }

  @Test
  void aTimestampThatAnotherUnitWasWrittenIntoIsRefused() {
    for (long millis : new long[] {1_700_000_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE}) {
      java.util.Date date = new java.util.Date(millis);
      assertThatThrownBy(() -> partsOf(Timestamp.SCHEMA, date, "UTC"))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("'ts'")
          .hasMessageContaining("years 1 to 9999");
    }
    assertThatThrownBy(
            () -> partsOf(Timestamp.SCHEMA, new java.util.Date(1_700_000_000_000_000L), "UTC"))
        .hasMessageContaining("+55840-");
    assertThatThrownBy(
            () -> partsOf(Date.SCHEMA, new java.util.Date(DAY * Integer.MAX_VALUE), "UTC"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("+5881580-07-11");
    assertThatThrownBy(() -> partsOf(Schema.STRING_SCHEMA, "0000-01-01", "UTC"))
        .isInstanceOf(DataException.class);
  }

  /** In New York, five o'clock in UTC is midnight. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "2023-12-01,                       1",
    "2023-12-01 04:59:59,              1",
    "2023-12-01T04:59:59,              1",
    "2023-12-01 04:59,                 1",
    "2023-12-01 04:59:59Z,            30",
    "2023-12-01 04:59:59+00,          30",
    "2023-12-01 04:59:59+0000,        30",
    "2023-12-01 04:59:59 +0000,       30",
    "2023-12-01 04:59:59+00:00,       30",
    "2023-12-01T04:59:59.9Z,          30",
    "2023-12-01T04:59:59.999999999Z,  30",
    "2023-12-01 05:00:00.000000001Z,   1",
    "2023-12-01 05:00:00+00,           1",
    "2023-12-01 05:00:00+0000,         1",
    "2023-12-01T05:00:00.1+00:00,      1",
    "2023-12-01 00:00:00-05,           1",
    "2023-12-01 00:00:00-0500,         1",
    "2023-11-30 23:59:59-0500,        30",
    "2023-12-01T10:29:59+0530,        30",
    "2023-12-01t05:00:00z,             1",
  })
  void textIsReadAsDatabasesWriteItToo(String text, int day) {
    assertThat(partsOf(Schema.STRING_SCHEMA, text, "America/New_York").get(2)).isEqualTo(day);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "yesterday",
        "",
        "1700000000",
        "01.12.2023",
        "12/01/2023",
        "2023-12-01 05",
        "2023-12-01T24:00:00",
        "2023-12-01T05:00:60Z",
        "2023-12-01T05:00:00+5",
        "2023-12-01T05:00:00+19:00",
        "2023-12-01T05:00:00.1234567891Z",
        "2023-12-01 05:00:00 PST",
        "2015-02-29",
        "2023-13-01",
      })
  void otherTextIsRefusedWithWhatIsRead(String text) {
    assertThatThrownBy(() -> partsOf(Schema.STRING_SCHEMA, text, "UTC"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'ts'")
        .hasMessageContaining("2023-12-01 05:00:00.123")
        .hasMessageContaining("-0500");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "UTC",
    "America/New_York",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
  })
  void noZoneShiftsACalendarDate(String zone) {
    // 1969-12-31 was a Wednesday, 2016-02-29 a Monday.
    assertThat(partsOf(Date.SCHEMA, new java.util.Date(-DAY), zone))
        .containsExactly(1969, 12, 31, 3);
    assertThat(partsOf(Date.SCHEMA, new java.util.Date(16_860 * DAY), zone))
        .containsExactly(2016, 2, 29, 1);
    assertThat(partsOf(Schema.STRING_SCHEMA, "2016-02-29", zone)).containsExactly(2016, 2, 29, 1);
    assertThat(partsOf(Schema.STRING_SCHEMA, "2016-02-29T23:59:59", zone))
        .containsExactly(2016, 2, 29, 1);
  }

  @Test
  void textWithAnOffsetIsAnInstant() {
    assertThat(partsOf(Schema.STRING_SCHEMA, "2016-02-29T23:30:00-05:00", "UTC"))
        .containsExactly(2016, 3, 1, 2);
    assertThat(partsOf(Schema.STRING_SCHEMA, "2016-03-01T00:30:00+01:00[Europe/Paris]", "UTC"))
        .containsExactly(2016, 2, 29, 1);
  }

  @Test
  void keepsTheOtherFieldsAndWhatTheSchemaSaysOfItself() {
    Schema money = Decimal.builder(4).optional().doc("money").build();
    Schema schema =
        SchemaBuilder.struct()
            .name("a.Sale")
            .version(3)
            .doc("One sale")
            .parameter("origin", "test")
            .optional()
            .field("ts", Timestamp.SCHEMA)
            .field("ts_date", Date.SCHEMA)
            .field("revenue", money)
            .field("note", SchemaBuilder.string().optional().defaultValue("none").build())
            .build();
    Struct value =
        new Struct(schema)
            .put("ts", new java.util.Date(0))
            .put("ts_date", new java.util.Date(0))
            .put("revenue", new BigDecimal("12.3400"))
            .put("note", null);

    SinkRecord out =
        value(Map.of("field", "ts"))
            .apply(new SinkRecord("t", 2, Schema.STRING_SCHEMA, "k", schema, value, 7, 99L, null));

    Schema updated = out.valueSchema();
    assertThat(updated.name()).isEqualTo("a.Sale");
    assertThat(updated.version()).isEqualTo(3);
    assertThat(updated.doc()).isEqualTo("One sale");
    assertThat(updated.parameters()).isEqualTo(Map.of("origin", "test"));
    assertThat(updated.isOptional()).isTrue();
    assertThat(updated.fields().stream().map(f -> f.name()))
        .containsExactly(
            "ts", "ts_date", "revenue", "note", "ts_year", "ts_month", "ts_day", "ts_weekday");
    assertThat(updated.field("ts").schema()).isEqualTo(Timestamp.SCHEMA);
    assertThat(updated.field("ts_date").schema()).isEqualTo(Date.SCHEMA);
    assertThat(updated.field("revenue").schema()).isEqualTo(money);
    assertThat(updated.field("ts_year").schema()).isEqualTo(Schema.INT32_SCHEMA);
    Struct struct = (Struct) out.value();
    assertThat(struct.get("ts")).isEqualTo(new java.util.Date(0));
    assertThat(struct.get("revenue")).isEqualTo(new BigDecimal("12.3400"));
    assertThat(struct.getWithoutDefault("note")).as("null does not become the default").isNull();
    assertThat(out.topic()).isEqualTo("t");
    assertThat(out.kafkaPartition()).isEqualTo(2);
    assertThat(out.timestamp()).isEqualTo(99L);
    assertThat(out.kafkaOffset()).isEqualTo(7);
    assertThat(out.key()).isEqualTo("k");
  }

  @Test
  void anOptionalFieldGivesOptionalParts() {
    Schema optional = Timestamp.builder().optional().build();

    Struct filled = applied(optional, new java.util.Date(0), "UTC");
    Struct empty = applied(optional, null, "UTC");

    assertThat(filled.schema().field("ts_day").schema()).isEqualTo(Schema.OPTIONAL_INT32_SCHEMA);
    assertThat(parts(filled)).containsExactly(1970, 1, 1, 4);
    assertThat(parts(empty)).containsExactly(null, null, null, null);
  }

  @Test
  void schemalessNullGivesNulls() {
    assertThat(schemalessPartsOf(null, "UTC")).containsExactly(null, null, null, null);
  }

  @Test
  void aTombstoneOrAMissingKeyPassesUnchanged() {
    SinkRecord tombstone = new SinkRecord("t", 0, Schema.STRING_SCHEMA, "k", null, null, 0);
    SinkRecord schemaOnly =
        new SinkRecord("t", 0, null, null, SchemaBuilder.struct().optional().build(), null, 0);

    assertThat(value(Map.of("field", "ts")).apply(tombstone)).isSameAs(tombstone);
    assertThat(value(Map.of("field", "ts")).apply(schemaOnly)).isSameAs(schemaOnly);
    assertThat(key(Map.of("field", "ts")).apply(schemaOnly)).isSameAs(schemaOnly);
  }

  @Test
  void takesTheKeyApartAndNamesThePartsByThePrefix() {
    Schema schema = SchemaBuilder.struct().field("ts_date", Date.SCHEMA).build();
    Struct struct = new Struct(schema).put("ts_date", new java.util.Date(16_860 * DAY));

    SinkRecord out =
        key(Map.of("field", "ts_date", "prefix", "sold_"))
            .apply(new SinkRecord("t", 0, schema, struct, Schema.STRING_SCHEMA, "v", 0));

    Struct key = (Struct) out.key();
    assertThat(key.getInt32("sold_year")).isEqualTo(2016);
    assertThat(key.getInt32("sold_month")).isEqualTo(2);
    assertThat(key.getInt32("sold_day")).isEqualTo(29);
    assertThat(key.getInt32("sold_weekday")).isEqualTo(1);
    assertThat(out.value()).isEqualTo("v");
    assertThat(out.valueSchema()).isEqualTo(Schema.STRING_SCHEMA);
  }

  @Test
  void addsThePartsOfANestedFieldNextToIt() {
    Schema order =
        SchemaBuilder.struct()
            .name("Order")
            .optional()
            .field("ts", Timestamp.SCHEMA)
            .field("id", Schema.STRING_SCHEMA)
            .build();
    Schema schema = SchemaBuilder.struct().field("order", order).build();
    Struct struct =
        new Struct(schema)
            .put("order", new Struct(order).put("ts", new java.util.Date(0)).put("id", "a"));
    Map<String, Object> map = Map.of("order", Map.of("ts", new java.util.Date(0), "id", "a"));

    Struct out = (Struct) value(Map.of("field", "order.ts")).apply(Records.ofValue(struct)).value();
    Struct none =
        (Struct)
            value(Map.of("field", "order.ts")).apply(Records.ofValue(new Struct(schema))).value();
    Object outMap = value(Map.of("field", "order.ts")).apply(Records.ofValue(map)).value();
    Struct above =
        (Struct)
            value(Map.of("field", "order.ts", "prefix", "sold_"))
                .apply(Records.ofValue(struct))
                .value();

    assertThat(parts(out.getStruct("order"))).containsExactly(1970, 1, 1, 4);
    assertThat(out.getStruct("order").get("id")).isEqualTo("a");
    assertThat(out.schema().field("order").schema().name()).isEqualTo("Order");
    assertThat(none.get("order")).isNull();
    assertThat(outMap)
        .isEqualTo(
            Map.of(
                "order",
                Map.of(
                    "ts",
                    new java.util.Date(0),
                    "id",
                    "a",
                    "ts_year",
                    1970,
                    "ts_month",
                    1,
                    "ts_day",
                    1,
                    "ts_weekday",
                    4)));
    assertThat(above.get("sold_year")).isEqualTo(1970);
    assertThat(above.get("order")).isEqualTo(struct.get("order"));
  }

  @Test
  void aRequiredFieldWithADefaultMayBeUnset() {
    Schema schema =
        SchemaBuilder.struct()
            .field("ts", Timestamp.SCHEMA)
            .field("shop", SchemaBuilder.string().defaultValue("main").build())
            .build();

    Struct out =
        (Struct)
            value(Map.of("field", "ts"))
                .apply(Records.ofValue(new Struct(schema).put("ts", new java.util.Date(0))))
                .value();

    assertThat(out.get("shop")).isEqualTo("main");
    assertThat(out.getWithoutDefault("shop")).isNull();
  }

  @Test
  void schemasAreMadeOnce() {
    Transformation<SinkRecord> transform = value(Map.of("field", "ts"));
    Schema schema = SchemaBuilder.struct().field("ts", Schema.INT64_SCHEMA).build();

    SinkRecord first = transform.apply(record(schema, new Struct(schema).put("ts", 365 * DAY)));
    SinkRecord second = transform.apply(record(schema, new Struct(schema).put("ts", 366 * DAY)));

    assertThat(second.valueSchema()).isSameAs(first.valueSchema());
    assertThat(parts((Struct) second.value())).containsExactly(1971, 1, 2, 6);
  }

  static Stream<Arguments> wrongTypes() {
    return Stream.of(
        arguments(Schema.INT32_SCHEMA, 7, "int32"),
        arguments(Schema.BOOLEAN_SCHEMA, true, "boolean"),
        arguments(Decimal.schema(2), new BigDecimal("1.00"), "Decimal (bytes)"),
        arguments(
            SchemaBuilder.int64().name("io.debezium.time.MicroTimestamp").build(),
            7L,
            "MicroTimestamp (int64)"),
        arguments(Schema.OPTIONAL_FLOAT64_SCHEMA, null, "float64"));
  }

  @ParameterizedTest
  @MethodSource("wrongTypes")
  void refusesAWrongTypeAndNamesIt(Schema schema, Object value, String type) {
    assertThatThrownBy(() -> applied(schema, value, "UTC"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'ts'")
        .hasMessageContaining(type);
  }

  @Test
  void refusesAWrongClass() {
    assertThatThrownBy(() -> schemalessPartsOf(7, "UTC"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'ts'")
        .hasMessageContaining("java.lang.Integer");
  }

  @Test
  void refusesAMissingFieldAndAnOutputThatExists() {
    Schema schema =
        SchemaBuilder.struct()
            .field("at", Schema.INT64_SCHEMA)
            .field("at_day", Schema.INT32_SCHEMA)
            .build();
    SinkRecord struct = record(schema, new Struct(schema).put("at", 365 * DAY).put("at_day", 1));
    SinkRecord map = record(null, Map.of("at", 365 * DAY, "at_day", 1));

    for (SinkRecord record : List.of(struct, map)) {
      assertThatThrownBy(() -> value(Map.of("field", "ts")).apply(record))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("'ts' is missing")
          .hasMessageContaining("at_day");
      assertThatThrownBy(() -> value(Map.of("field", "at")).apply(record))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("'at_day' exists already");
    }
  }

  @Test
  void refusesAValueThatIsNotARecord() {
    assertThatThrownBy(
            () -> value(Map.of("field", "ts")).apply(record(Schema.STRING_SCHEMA, "text")))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> value(Map.of("field", "ts")).apply(record(null, "text")))
        .isInstanceOf(DataException.class);
  }

  @Test
  void randomRecordsComeThroughAsEveryTransformPromises() {
    Promises.hold(
        new DateParts.Value<>(),
        Map.of("field", "ts"),
        "ts_year",
        "ts_month",
        "ts_day",
        "ts_weekday");
    Promises.hold(
        new DateParts.Value<>(),
        Map.of("field", "inner.ts", "prefix", "of_"),
        "of_year",
        "of_month",
        "of_day",
        "of_weekday");
  }

  static Stream<Arguments> wrongConfigurations() {
    return Stream.of(
        arguments(Map.of(), "field"),
        arguments(Map.of("field", ""), "field"),
        arguments(Map.of("field", "ts", "zone", "New York"), "zone"),
        arguments(Map.of("field", "ts", "zone", "+02:00"), "zone"),
        arguments(Map.of("field", "ts", "zone", ""), "zone"),
        arguments(Map.of("field", "ts", "prefix", ""), "prefix"),
        arguments(Map.of("field", "ts", "unix.precision", "minutes"), "unix.precision"));
  }

  @ParameterizedTest
  @MethodSource("wrongConfigurations")
  void refusesAWrongConfigurationAndNamesTheProperty(
      Map<String, String> properties, String property) {
    assertThatThrownBy(() -> value(properties))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(property);
  }

  @Test
  void aWrongZoneNamesTheValueAndWhatIsAccepted() {
    assertThatThrownBy(() -> value(Map.of("field", "ts", "zone", "EDT")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("EDT")
        .hasMessageContaining("America/New_York");
  }

  @Test
  void connectFindsBothTransforms() {
    assertThat(ServiceLoader.load(Transformation.class))
        .hasAtLeastOneElementOfType(DateParts.Key.class)
        .hasAtLeastOneElementOfType(DateParts.Value.class);
    assertThat(value(Map.of("field", "ts")).config().names())
        .containsExactlyInAnyOrder("field", "zone", "prefix", "unix.precision");
  }

  private static Transformation<SinkRecord> value(Map<String, String> properties) {
    Transformation<SinkRecord> transform = new DateParts.Value<>();
    transform.configure(properties);
    return transform;
  }

  private static Transformation<SinkRecord> key(Map<String, String> properties) {
    Transformation<SinkRecord> transform = new DateParts.Key<>();
    transform.configure(properties);
    return transform;
  }

  private static SinkRecord record(Schema schema, Object value) {
    return new SinkRecord("t", 0, null, null, schema, value, 0);
  }

  private static Struct applied(Schema schema, Object ts, String zone) {
    Schema struct = SchemaBuilder.struct().field("ts", schema).build();
    SinkRecord record = record(struct, new Struct(struct).put("ts", ts));
    return (Struct) value(Map.of("field", "ts", "zone", zone)).apply(record).value();
  }

  private static List<Object> partsOf(Schema schema, Object ts, String zone) {
    return parts(applied(schema, ts, zone));
  }

  private static List<Object> parts(Struct struct) {
    return Stream.of("ts_year", "ts_month", "ts_day", "ts_weekday").map(struct::get).toList();
  }

  private static List<Object> schemalessPartsOf(Object ts, String zone) {
    Map<String, Object> map = new HashMap<>();
    map.put("ts", ts);
    Object out = value(Map.of("field", "ts", "zone", zone)).apply(record(null, map)).value();
    return Stream.of("ts_year", "ts_month", "ts_day", "ts_weekday")
        .map(name -> (Object) ((Map<?, ?>) out).get(name))
        .toList();
  }
}
