package io.furnistream.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("JavaUtilDate") // the class that Connect uses for its logical types
class RouteByFieldTest {

  private static final Schema ADDRESS =
      SchemaBuilder.struct().optional().field("state", Schema.OPTIONAL_STRING_SCHEMA).build();
  private static final Schema SALE =
      SchemaBuilder.struct()
          .field("category", Schema.OPTIONAL_STRING_SCHEMA)
          .field("line", Schema.INT32_SCHEMA)
          .field("online", Schema.BOOLEAN_SCHEMA)
          .field("day", Date.SCHEMA)
          .field("address", ADDRESS)
          .build();

  @ParameterizedTest(name = "{0} goes to {2}")
  @CsvSource({
    "${topic}-${value.category},           Furniture,       sales-Furniture",
    "${topic}-${value.category},           Office Supplies, sales-office",
    "${topic}-${value.category},           'a/b:c é',       sales-a_b_c__",
    "${value.category}.${value.line},      Furniture,       Furniture.3",
    "${value.address.state}_sales,         Furniture,       Nevada_sales",
    "online_${value.online},               Furniture,       online_true",
    "${key.shop},                          Furniture,       shop7",
    "fixed,                                Furniture,       fixed",
  })
  void aRecordGoesWhereItsFieldsSay(String template, String category, String topic) {
    Map<String, String> properties =
        Map.of("topic", template, "topics", topic, "mapping", "Office Supplies:office");

    assertThat(apply(properties, sale(category, "Nevada")).topic()).isEqualTo(topic);
    assertThat(apply(properties, schemaless(category, "Nevada")).topic()).isEqualTo(topic);
  }

  @Test
  void allButTheTopicStaysAsItIs() {
    SinkRecord before = sale("Furniture", "Nevada");
    before.headers().addString("origin", "test");

    SinkRecord after = apply(Map.of("topic", "${value.category}", "topics", "Furniture"), before);

    assertThat(after.topic()).isEqualTo("Furniture");
    assertThat(after.kafkaPartition()).isEqualTo(2);
    assertThat(after.keySchema()).isSameAs(before.keySchema());
    assertThat(after.key()).isSameAs(before.key());
    assertThat(after.valueSchema()).isSameAs(before.valueSchema());
    assertThat(after.value()).isSameAs(before.value());
    assertThat(after.timestamp()).isEqualTo(99L);
    assertThat(after.headers()).isEqualTo(before.headers());
    assertThat(after.originalTopic()).isEqualTo("sales");
  }

  @Test
  void dataCannotInventATopic() {
    Map<String, String> listed =
        Map.of("topic", "${value.category}", "topics", "Furniture, Technology");
    Map<String, String> withDefault = new HashMap<>(listed);
    withDefault.put("default.topic", "other");

    for (String category : Arrays.asList("furniture", "__consumer_offsets", "", null)) {
      assertThatThrownBy(() -> apply(listed, sale(category, null)))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("default.topic");
      assertThat(apply(withDefault, sale(category, null)).topic()).isEqualTo("other");
      assertThat(apply(withDefault, schemaless(category, null)).topic()).isEqualTo("other");
    }
    assertThat(apply(withDefault, sale("Technology", null)).topic()).isEqualTo("Technology");
  }

  @Test
  void aMessageFitsTheDeadLettersHeaderHoweverLongTheText() {
    assertThatThrownBy(
            () ->
                apply(
                    Map.of("topic", "${value.category}", "topics", "a"),
                    sale("x".repeat(1_000_000), null)))
        .isInstanceOf(DataException.class)
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(500));
  }

  @Test
  void lowerCaseIsAskedForAndTheMappingTakesTextAsItIs() {
    Map<String, String> properties =
        Map.of(
            "topic", "${value.category}",
            "topics", "furniture,IT",
            "mapping", "Technology:IT",
            "lower.case", "true");

    assertThat(apply(properties, sale("FURNITURE", null)).topic()).isEqualTo("furniture");
    assertThat(apply(properties, sale("Technology", null)).topic()).isEqualTo("IT");
  }

  @Test
  void aTombstoneKeepsItsTopicUnlessTheKeyNamesAnother() {
    SinkRecord tombstone = new SinkRecord("sales", 2, null, Map.of("shop", "shop7"), null, null, 0);

    assertThat(apply(Map.of("topic", "${value.category}", "topics", "Furniture"), tombstone))
        .isSameAs(tombstone);
    assertThat(apply(Map.of("topic", "${key.shop}", "topics", "shop7"), tombstone).topic())
        .isEqualTo("shop7");
    assertThatThrownBy(
            () ->
                apply(Map.of("topic", "${key.shop}", "topics", "shop7"), Records.ofValue(Map.of())))
        .as("a key that is text")
        .isInstanceOf(DataException.class);
  }

  @Test
  void aMissingFieldOrAnotherTypeFails() {
    assertThatThrownBy(
            () -> apply(Map.of("topic", "${value.colour}", "topics", "a"), sale("Furniture", null)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'colour' is missing");
    assertThatThrownBy(
            () -> apply(Map.of("topic", "${value.day}", "topics", "a"), sale("Furniture", null)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'day'")
        .hasMessageContaining("whole number");
  }

  @Test
  void randomRecordsComeThroughAsEveryTransformPromises() {
    RandomRecords records = new RandomRecords(Promises.SEED);
    Transformation<SinkRecord> route =
        Records.configured(
            new RouteByField<>(),
            Map.of(
                "topic", "${topic}.${value.name}", "topics", "topic.a", "default.topic", "other"));
    int made = 0;
    for (int i = 0; i < Promises.RECORDS; i++) {
      SinkRecord before = records.next();
      try {
        SinkRecord after = route.apply(before);
        assertThat(after.topic()).isIn("topic", "other", "topic.a");
        assertThat(after.value()).isSameAs(before.value());
        assertThat(after.valueSchema()).isSameAs(before.valueSchema());
        made += after.topic().equals(before.topic()) ? 0 : 1;
      } catch (DataException e) {
        assertThat(e).hasMessageContaining("'");
      }
    }
    assertThat(made).isGreaterThan(Promises.FEWEST_MADE);
  }

  static Stream<Arguments> wrongConfigurations() {
    return Stream.of(
        arguments(Map.of("topics", "a"), "topic"),
        arguments(Map.of("topic", "", "topics", "a"), "topic"),
        arguments(Map.of("topic", "a b", "topics", "a"), "topic"),
        arguments(Map.of("topic", "${values.a}", "topics", "a"), "topic"),
        arguments(Map.of("topic", "${value.}", "topics", "a"), "topic"),
        arguments(Map.of("topic", "${value.a", "topics", "a"), "topic"),
        arguments(Map.of("topic", "a"), "topics"),
        arguments(Map.of("topic", "a", "topics", ""), "topics"),
        arguments(Map.of("topic", "a", "topics", "a/b"), "topics"),
        arguments(Map.of("topic", "a", "topics", ".."), "topics"),
        arguments(Map.of("topic", "a", "topics", "a", "default.topic", "b c"), "default.topic"),
        arguments(Map.of("topic", "a", "topics", "a", "mapping", "x"), "mapping"),
        arguments(Map.of("topic", "a", "topics", "a", "mapping", "x:y z"), "mapping"),
        arguments(Map.of("topic", "a", "topics", "a", "mapping", "x:y,x:z"), "mapping"),
        arguments(Map.of("topic", "a", "topics", "a", "lower.case", "maybe"), "lower.case"));
  }

  @ParameterizedTest
  @MethodSource("wrongConfigurations")
  void refusesAWrongConfigurationAndNamesTheProperty(
      Map<String, String> properties, String property) {
    assertThatThrownBy(() -> Records.configured(new RouteByField<>(), properties))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(property);
  }

  private static SinkRecord apply(Map<String, String> properties, SinkRecord record) {
    return Records.configured(new RouteByField<>(), properties).apply(record);
  }

  private static SinkRecord sale(String category, String state) {
    Struct value =
        new Struct(SALE)
            .put("category", category)
            .put("line", 3)
            .put("online", true)
            .put("day", new java.util.Date(0))
            .put("address", state == null ? null : new Struct(ADDRESS).put("state", state));
    Schema key = SchemaBuilder.struct().field("shop", Schema.STRING_SCHEMA).build();
    return new SinkRecord(
        "sales", 2, key, new Struct(key).put("shop", "shop7"), SALE, value, 7, 99L, null);
  }

  private static SinkRecord schemaless(String category, String state) {
    Map<String, Object> value = new HashMap<>();
    value.put("category", category);
    value.put("line", 3);
    value.put("online", true);
    value.put("address", state == null ? null : Map.of("state", state));
    return new SinkRecord("sales", 2, null, Map.of("shop", "shop7"), null, value, 7);
  }
}
