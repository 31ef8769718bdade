package io.furnistream.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("JavaUtilDate") // the class that Connect uses for its logical types
class PseudonymiseTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  /**
   * From Python: {@code hmac.new(key, struct.pack('>i', len(domain)) + domain + text,
   * 'sha256').hexdigest()}, over UTF-8.
   */
  private static final String EVE =
      "dd6ec98e338fda0d0e6ca62298b38669c338d416da4cf238df43dba3c2c6a5b0";

  private static final String EVE_AS_STAFF =
      "234e2bf70444ef9636dad72fccf05502f2f2279e0aa13d4a5c94c777217ff8ca";
  private static final String NUMBER_7 =
      "75d8b877f204101255a6b767273aee0802610201f597d482bcd045418b41a367";
  private static final String ZOE =
      "6bb31f8061f74729829c181308dadea0288bb13b06e13c546c9b56a6211c07bf";

  @Test
  void aTokenIsTheBeginningOfTheKeyedHash() {
    assertThat(token("Eve", Map.of("length", "64"))).isEqualTo(EVE);
    assertThat(token("Eve", Map.of())).isEqualTo(EVE.substring(0, 32));
    assertThat(token("Eve", Map.of("length", "16"))).isEqualTo(EVE.substring(0, 16));
    assertThat(token("Eve", Map.of("length", "64", "domain", "staff"))).isEqualTo(EVE_AS_STAFF);
  }

  @Test
  void numbersAreTakenAsTheirDigits() {
    for (Object seven : new Object[] {"7", 7L, 7, (short) 7, (byte) 7}) {
      assertThat(token(seven, Map.of("length", "64"))).isEqualTo(NUMBER_7);
    }
  }

  @Test
  void theSameTextWrittenInTwoWaysIsTheSamePerson() {
    assertThat(token("Zo\u00eb", Map.of("length", "64"))).isEqualTo(ZOE);
    assertThat(token("Zoe\u0308", Map.of("length", "64"))).isEqualTo(ZOE);
    assertThat(token("zo\u00eb", Map.of("length", "64"))).isNotEqualTo(ZOE);
  }

  @Test
  void replacesNestedFieldsAndKeepsTheRest() {
    Schema person =
        SchemaBuilder.struct()
            .name("Person")
            .optional()
            .field("name", SchemaBuilder.string().doc("Full name").build())
            .field("born", Date.SCHEMA)
            .build();
    Schema schema =
        SchemaBuilder.struct()
            .name("Sale")
            .version(2)
            .field("customer_id", Schema.OPTIONAL_INT64_SCHEMA)
            .field("person", person)
            .field("note", SchemaBuilder.string().optional().defaultValue("none").build())
            .build();
    Struct value =
        new Struct(schema)
            .put("customer_id", 7L)
            .put("person", new Struct(person).put("name", "Eve").put("born", new java.util.Date(0)))
            .put("note", null);
    Map<String, String> properties =
        Map.of("fields", "customer_id, person.name", "key", KEY, "length", "64");

    SinkRecord after = apply(properties, Records.ofValue(value));
    SinkRecord ofNulls = apply(properties, Records.ofValue(new Struct(schema)));

    Struct struct = (Struct) after.value();
    assertThat(struct.get("customer_id")).isEqualTo(NUMBER_7);
    assertThat(struct.getStruct("person").get("name")).isEqualTo(EVE);
    assertThat(struct.getStruct("person").get("born")).isEqualTo(new java.util.Date(0));
    assertThat(struct.getWithoutDefault("note")).isNull();
    assertThat(after.valueSchema().name()).isEqualTo("Sale");
    assertThat(after.valueSchema().version()).isEqualTo(2);
    assertThat(after.valueSchema().field("customer_id").schema())
        .isEqualTo(Schema.OPTIONAL_STRING_SCHEMA);
    Schema updatedPerson = after.valueSchema().field("person").schema();
    assertThat(updatedPerson.name()).isEqualTo("Person");
    assertThat(updatedPerson.isOptional()).isTrue();
    assertThat(updatedPerson.field("name").schema())
        .isEqualTo(SchemaBuilder.string().doc("Full name").build());
    assertThat(updatedPerson.field("born").schema()).isEqualTo(Date.SCHEMA);
    assertThat(((Struct) ofNulls.value()).get("customer_id")).isNull();
    assertThat(((Struct) ofNulls.value()).get("person")).isNull();
    assertThat(value.get("customer_id")).as("the record that came in").isEqualTo(7L);
  }

  @Test
  void worksWithoutASchemaAndOnTheKey() {
    Map<String, Object> value = new HashMap<>();
    value.put("name", "Eve");
    value.put("person", new HashMap<>(Map.of("name", "Eve")));
    value.put("other", null);
    Map<String, String> properties =
        Map.of("fields", "name,person.name,other", "key", KEY, "length", "64");

    SinkRecord after = apply(properties, Records.ofValue(value));

    Map<String, Object> expected = new HashMap<>();
    expected.put("name", EVE);
    expected.put("person", Map.of("name", EVE));
    expected.put("other", null);
    assertThat(after.value()).isEqualTo(expected);
    assertThat(value).as("the record that came in").containsEntry("name", "Eve");

    Schema schema = SchemaBuilder.struct().field("name", Schema.STRING_SCHEMA).build();
    SinkRecord keyed =
        Records.configured(
                new Pseudonymise.Key<SinkRecord>(),
                Map.of("fields", "name", "key", KEY, "length", "64"))
            .apply(Records.ofKey(new Struct(schema).put("name", "Eve")));
    assertThat(((Struct) keyed.key()).get("name")).isEqualTo(EVE);
    assertThat(keyed.value()).isEqualTo("v");
  }

  @Test
  void aTombstonePassesUnchanged() {
    SinkRecord tombstone = Records.tombstone();

    assertThat(apply(Map.of("fields", "name", "key", KEY), tombstone)).isSameAs(tombstone);
  }

  @Test
  void otherTypesAndMissingFieldsFailWithoutSayingTheValue() {
    Schema schema = SchemaBuilder.struct().field("born", Date.SCHEMA).build();
    SinkRecord record = Records.ofValue(new Struct(schema).put("born", new java.util.Date(0)));

    assertThatThrownBy(() -> apply(Map.of("fields", "born", "key", KEY), record))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'born'")
        .hasMessageContaining("Date");
    assertThatThrownBy(() -> apply(Map.of("fields", "name", "key", KEY), record))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'name' is missing");
    assertThatThrownBy(
            () -> apply(Map.of("fields", "x", "key", KEY), Records.ofValue(Map.of("x", 1.5))))
        .isInstanceOf(DataException.class)
        .hasMessageNotContaining("1.5");
  }

  @Test
  void randomRecordsComeThroughAsEveryTransformPromises() {
    Map<String, String> properties = Map.of("fields", "name", "key", KEY);
    Promises.hold(new Pseudonymise.Value<>(), properties, "name");
  }

  static Stream<Arguments> wrongConfigurations() {
    return Stream.of(
        arguments(Map.of("key", KEY), "fields"),
        arguments(Map.of("key", KEY, "fields", ""), "fields"),
        arguments(Map.of("key", KEY, "fields", "a..b"), "fields"),
        arguments(Map.of("key", KEY, "fields", "a,a.b"), "fields"),
        arguments(Map.of("fields", "name"), "key"),
        arguments(Map.of("key", KEY, "fields", "name", "length", "15"), "length"),
        arguments(Map.of("key", KEY, "fields", "name", "length", "65"), "length"),
        arguments(Map.of("key", KEY, "fields", "name", "domain", "x".repeat(1001)), "domain"));
  }

  @ParameterizedTest
  @MethodSource("wrongConfigurations")
  void refusesAWrongConfigurationAndNamesTheProperty(
      Map<String, String> properties, String property) {
    assertThatThrownBy(() -> apply(properties, Records.tombstone()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(property);
  }

  /** Long enough to be a key, and known to everybody who reads the connector. */
  @Test
  void aReferenceThatNoProviderResolvedIsNotAKey() {
    for (String reference :
        List.of("${env:FURNISTREAM_PSEUDONYM_KEY}", "${vault:a/b/c/d/e/f/g/h/i/j/k/l:key} ")) {
      assertThatThrownBy(() -> apply(Map.of("fields", "a", "key", reference), Records.tombstone()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("key")
          .hasMessageContaining("config provider");
    }
  }

  @Test
  void aShortKeyIsRefusedAndNoKeyIsEverShown() {
    String tooShort = KEY.substring(1);

    assertThatThrownBy(() -> apply(Map.of("fields", "a", "key", tooShort), Records.tombstone()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("key")
        .hasMessageContaining("32")
        .hasMessageNotContaining(tooShort);
    ConfigValue validated =
        Pseudonymise.CONFIG_DEF.validate(Map.of("fields", "a", "key", tooShort)).stream()
            .filter(value -> value.name().equals("key"))
            .findFirst()
            .orElseThrow();
    assertThat(validated.errorMessages()).hasSize(1);
    assertThat(validated.toString() + validated.errorMessages()).doesNotContain(tooShort);
    assertThat(new PseudonymiseConfig(Map.of("fields", "a", "key", KEY)).values().toString())
        .doesNotContain(KEY);
  }

  private static Object token(Object value, Map<String, String> further) {
    Map<String, String> properties = new HashMap<>(further);
    properties.put("fields", "field");
    properties.put("key", KEY);
    Map<?, ?> after =
        (Map<?, ?>)
            apply(properties, Records.ofValue(new HashMap<>(Map.of("field", value)))).value();
    return after.get("field");
  }

  private static SinkRecord apply(Map<String, String> properties, SinkRecord record) {
    return Records.configured(new Pseudonymise.Value<>(), properties).apply(record);
  }
}
