package io.furnistream.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("JavaUtilDate") // the class that Connect uses for its logical types
class ScreenTest {

  private static final Instant NOW = Instant.parse("2024-02-29T12:00:00Z");
  private static final Schema CITY =
      SchemaBuilder.struct().field("name", text()).optional().build();
  private static final Schema SALE =
      SchemaBuilder.struct()
          .name("a.Sale")
          .field("quantity", Schema.INT32_SCHEMA)
          .field("ts", Timestamp.builder().optional().build())
          .field("day", Date.builder().optional().build())
          .field("city", CITY)
          .field("note", SchemaBuilder.string().optional().defaultValue("none").build())
          .build();

  @TempDir Path folder;
  private String rules;

  @BeforeEach
  void writeRules() throws IOException {
    rules =
        Files.writeString(
                folder.resolve("rules.json"),
                """
                {"rules": [
                  {"name": "sold", "field": "quantity", "min": 1},
                  {"name": "not-ahead", "field": "ts", "not_later_than_now_plus": "PT1H"},
                  {"name": "day-not-ahead", "field": "day", "not_later_than_now_plus": "PT0S"},
                  {"name": "city", "field": "city.name", "pattern": "[A-Z].*"}]}
                """)
            .toString();
  }

  @Test
  void whatKeepsTheRulesPassesAsItIs() {
    SinkRecord struct = record(SALE, sale(1).put("city", city("Bonn")));
    SinkRecord map = record(null, Map.of("quantity", 1L, "city", Map.of("name", "Bonn")));

    for (String onFailure : List.of("fail", "drop", "mark")) {
      assertThat(screen(onFailure).apply(struct)).isSameAs(struct);
      assertThat(screen(onFailure).apply(map)).isSameAs(map);
    }
  }

  @Test
  void whatBreaksARuleFailsWithTheRulesName() {
    refused(SALE, sale(0), "Rule 'sold': quantity is 0, less than 1");
    refused(SALE, sale(1).put("city", city("bonn")), "Rule 'city': city.name is 'bonn'");
    refused(null, Map.of("quantity", 0L), "Rule 'sold': quantity is 0, less than 1");
    refused(
        null,
        Map.of("quantity", 1, "city", Map.of("name", "bonn")),
        "Rule 'city': city.name is 'bonn'");
  }

  @Test
  void timeIsNowAndTheAllowance() {
    java.util.Date soon = java.util.Date.from(NOW.plusSeconds(3600));
    java.util.Date tooSoon = java.util.Date.from(NOW.plusSeconds(3601));
    assertThat(screen("fail").apply(record(SALE, sale(1).put("ts", soon)))).isNotNull();
    refused(SALE, sale(1).put("ts", tooSoon), "Rule 'not-ahead'");
    refused(null, Map.of("quantity", 1, "ts", tooSoon), "Rule 'not-ahead'");
    refused(null, Map.of("quantity", 1, "ts", tooSoon.getTime()), "Rule 'not-ahead'");

    java.util.Date today = java.util.Date.from(Instant.parse("2024-02-29T00:00:00Z"));
    java.util.Date tomorrow = java.util.Date.from(Instant.parse("2024-03-01T00:00:00Z"));
    assertThat(screen("fail").apply(record(SALE, sale(1).put("day", today)))).isNotNull();
    refused(SALE, sale(1).put("day", tomorrow), "Rule 'day-not-ahead': day is 2024-03-01");
  }

  @Test
  void aTombstoneOrAMissingKeyPasses() {
    SinkRecord tombstone = new SinkRecord("t", 0, Schema.STRING_SCHEMA, "k", null, null, 0);
    SinkRecord noKey = new SinkRecord("t", 0, null, null, SALE, sale(0), 0);

    assertThat(screen("fail").apply(tombstone)).isSameAs(tombstone);
    assertThat(key().apply(noKey)).isSameAs(noKey);
  }

  @Test
  void theKeyIsJudgedByItsOwn() {
    assertThatThrownBy(() -> key().apply(new SinkRecord("t", 0, SALE, sale(0), null, null, 0)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("Rule 'sold'");
  }

  @Test
  void droppedRecordsAreCountedByRule() {
    assertThat(screen("drop").apply(record(SALE, sale(0)))).isNull();

    long[] now = {5};
    List<Map<String, Long>> logged = new ArrayList<>();
    Tally count = new Tally(logged::add, () -> now[0]);
    count.end();
    assertThat(logged).as("nothing to log").isEmpty();
    count.add("sold");
    count.add("city");
    now[0] += Tally.EVERY.toNanos() - 1;
    count.add("sold");
    assertThat(logged).as("once a minute").containsExactly(Map.of("sold", 1L));
    now[0]++;
    count.add("sold");
    count.end();
    assertThat(logged).hasSize(2).last().isEqualTo(Map.of("sold", 3L, "city", 1L));
    count.add("sold");
    count.end();
    assertThat(logged).last().isEqualTo(Map.of("sold", 4L, "city", 1L));
  }

  @Test
  void aMarkedRecordPassesWithTheRulesNameAndKeepsItsHeaders() {
    SinkRecord record = record(SALE, sale(0));
    record.headers().addString("trace", "7");

    SinkRecord marked = screen("mark").apply(record);

    assertThat(marked.headers().lastWithName("screen.rule").value()).isEqualTo("sold");
    assertThat(marked.headers().lastWithName("screen.rule").schema())
        .isEqualTo(Schema.STRING_SCHEMA);
    assertThat(marked.headers().lastWithName("trace").value()).isEqualTo("7");
    assertThat(marked.value()).isSameAs(record.value());
    assertThat(marked.kafkaOffset()).isEqualTo(record.kafkaOffset());
    assertThat(record.headers().lastWithName("screen.rule")).as("the one before").isNull();
    Transformation<SinkRecord> named = new Screen.Value<>();
    named.configure(Map.of("rules.file", rules, "on.failure", "mark", "mark.header", "quarantine"));
    assertThat(named.apply(record).headers().lastWithName("quarantine").value()).isEqualTo("sold");
  }

  /** The first verdict counts, as in parts that judge key and value together. */
  @Test
  void aRecordThatIsMarkedIsNotJudgedAgain() {
    SinkRecord unsound = new SinkRecord("t", 0, SALE, sale(0), SALE, sale(0), 0);
    unsound.headers().addString("screen.rule", "of the key");

    assertThat(screen("mark").apply(unsound)).isSameAs(unsound);
    assertThatThrownBy(() -> screen("fail").apply(unsound)).hasMessageStartingWith("Rule 'sold'");
  }

  @Test
  void aValueIsHeldAgainstItsKey() throws IOException {
    Files.writeString(
        folder.resolve("rules.json"),
        "{\"rules\": [{\"name\": \"same\", \"field\": \"quantity\", \"equals_key\": \"quantity\"}]}");
    Transformation<SinkRecord> screen = screen("fail");
    Schema other = SchemaBuilder.struct().field("quantity", Schema.INT64_SCHEMA).build();
    List<SinkRecord> sound =
        List.of(
            new SinkRecord("t", 0, SALE, sale(2), SALE, sale(2), 0),
            new SinkRecord("t", 0, other, new Struct(other).put("quantity", 2L), SALE, sale(2), 0),
            new SinkRecord("t", 0, null, Map.of("quantity", 2L), null, Map.of("quantity", 2), 0),
            new SinkRecord("t", 0, null, null, SALE, sale(2), 0),
            new SinkRecord("t", 0, Schema.STRING_SCHEMA, "k", SALE, sale(2), 0));
    List<SinkRecord> unsound =
        List.of(
            new SinkRecord("t", 0, SALE, sale(1), SALE, sale(2), 0),
            new SinkRecord("t", 0, other, new Struct(other).put("quantity", 1L), SALE, sale(2), 0),
            new SinkRecord("t", 0, null, Map.of("quantity", 1), null, Map.of("quantity", 2), 0));

    assertThat(sound).allSatisfy(each -> assertThat(screen.apply(each)).isSameAs(each));
    assertThat(unsound)
        .allSatisfy(
            each ->
                assertThatThrownBy(() -> screen.apply(each))
                    .isInstanceOf(DataException.class)
                    .hasMessage("Rule 'same': quantity is 2, and quantity of the key is 1"));
    assertThatThrownBy(this::key)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("rules.file")
        .hasMessageContaining("without equals_key");
  }

  /** Which one its id chooses, Kafka's own partitioner says. */
  @Test
  void aRecordIsHeldAgainstThePartitionInWhichItLies() throws IOException {
    Files.writeString(
        folder.resolve("rules.json"),
        "{\"rules\": [{\"name\": \"lies\", \"field\": \"id\", \"partitions\": 6}]}");
    Schema schema = SchemaBuilder.struct().field("id", Schema.STRING_SCHEMA).build();
    Struct struct = new Struct(schema).put("id", "k");
    Map<String, String> map = Map.of("id", "k");
    int right = BuiltInPartitioner.partitionForKey("k".getBytes(StandardCharsets.UTF_8), 6);
    for (int partition = -1; partition < 6; partition++) {
      for (SinkRecord record :
          List.of(
              new SinkRecord("t", partition, schema, struct, null, null, 0),
              new SinkRecord("t", partition, null, map, null, null, 0),
              new SinkRecord("t", partition, schema, struct, schema, struct, 0))) {
        if (partition == right || partition == RecordMetadata.UNKNOWN_PARTITION) {
          assertThat(key().apply(record)).isSameAs(record);
          assertThat(screen("fail").apply(record)).isSameAs(record);
          continue;
        }
        String message =
            "Rule 'lies': id is 'k', which belongs in partition %d of 6, and lies in partition %d"
                .formatted(right, partition);
        assertThatThrownBy(() -> key().apply(record))
            .isInstanceOf(DataException.class)
            .hasMessage(message);
        if (record.value() != null) {
          assertThatThrownBy(() -> screen("fail").apply(record)).hasMessage(message);
        }
      }
    }
    Transformation<SourceRecord> ofSource = new Screen.Key<>();
    ofSource.configure(Map.of("rules.file", rules));
    SourceRecord nowhere = new SourceRecord(null, null, "t", schema, struct, null, null);
    assertThat(ofSource.apply(nowhere)).as("no topic holds it yet").isSameAs(nowhere);
  }

  @Test
  void aSchemaThatDeclaresAFieldOtherwiseFailsEveryRecord() throws IOException {
    Files.writeString(
        folder.resolve("rules.json"),
        """
        {"rules": [{"name": "sold", "field": "quantity", "schema": "int", "min": 1},
                   {"name": "when", "field": "ts", "schema": "date"}]}
        """);

    refused(
        SALE,
        sale(0),
        "Rule 'when': ts is declared timestamp-millis by the writer's schema, not date");
    refused(null, Map.of("quantity", 0), "Rule 'sold': quantity is 0, less than 1");
  }

  /** No date is too far away, and java.sql's classes are dates too. */
  @Test
  void noTimeIsTooFarAway() throws IOException {
    Files.writeString(
        folder.resolve("rules.json"),
        """
        {"rules": [{"name": "ts", "field": "ts", "not_before": "1970-01-02", "not_after": "2199-12-31"},
                   {"name": "day", "field": "day", "not_before": "1970-01-02", "not_after": "2199-12-31"}]}
        """);
    for (long millis : new long[] {Long.MIN_VALUE, 0, 1_700_000_000_000_000_000L, Long.MAX_VALUE}) {
      refused(SALE, sale(1).put("ts", new java.util.Date(millis)), "Rule 'ts': ts is ");
      refused(SALE, sale(1).put("day", new java.util.Date(millis)), "Rule 'day': day is ");
      refused(null, Map.of("ts", new java.util.Date(millis)), "Rule 'ts': ts is ");
      refused(null, Map.of("ts", new java.sql.Date(millis)), "Rule 'ts': ts is ");
      refused(null, Map.of("ts", millis), "Rule 'ts': ts is ");
    }
  }

  /** The value is what counts, not what the schema would put in its place. */
  @Test
  void aDefaultIsNotUsed() throws IOException {
    Files.writeString(
        folder.resolve("rules.json"),
        "{\"rules\": [{\"name\": \"noted\", \"field\": \"note\", \"required\": true}]}");

    refused(SALE, sale(1), "Rule 'noted': note is missing");
  }

  @Test
  void aPathLeadsThroughBackticksAndMaps() throws IOException {
    Files.writeString(
        folder.resolve("rules.json"),
        """
        {"rules": [{"name": "dotted", "field": "`unit.price`", "min": 1},
                   {"name": "mapped", "field": "tags.colour", "required": true, "max_length": 3}]}
        """);
    Schema schema =
        SchemaBuilder.struct()
            .field("unit.price", Schema.INT32_SCHEMA)
            .field("tags", SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build())
            .build();
    Struct struct = new Struct(schema).put("unit.price", 1).put("tags", Map.of("colour", "red"));
    Map<String, Object> map = Map.of("unit.price", 1, "tags", Map.of("colour", "red"));

    assertThat(screen("fail").apply(record(schema, struct))).isNotNull();
    assertThat(screen("fail").apply(record(null, map))).isNotNull();
    refused(schema, new Struct(schema).put("unit.price", 0), "Rule 'dotted': `unit.price` is 0");
    refused(null, Map.of("unit.price", 0), "Rule 'dotted': `unit.price` is 0");
    refused(
        schema,
        new Struct(schema).put("unit.price", 1).put("tags", Map.of("colour", "yellow")),
        "Rule 'mapped': tags.colour has 6 characters");
    refused(
        schema,
        new Struct(schema).put("unit.price", 1).put("tags", Map.of("size", "L")),
        "Rule 'mapped': tags.colour is missing");
  }

  @Test
  void aFileThatChangesIsNotReadAgain() throws IOException {
    Transformation<SinkRecord> screen = screen("fail");
    Files.delete(Path.of(rules));

    assertThat(screen.apply(record(SALE, sale(1)))).isNotNull();
    assertThatThrownBy(() -> screen.apply(record(SALE, sale(0)))).isInstanceOf(DataException.class);
  }

  @Test
  void aValueThatIsNotARecordFails() {
    assertThatThrownBy(() -> screen("drop").apply(record(Schema.STRING_SCHEMA, "text")))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> screen("drop").apply(record(null, "text")))
        .isInstanceOf(DataException.class);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, fail, rules.file, rules.file",
        "none.json, fail, rules.file, none.json cannot be read",
        "broken.json, fail, broken.json, takes one of text",
        "rules.json, skip, on.failure, 'must be one of: fail, drop, mark'",
        "rules.json, Fail, on.failure, 'must be one of: fail, drop, mark'",
      })
  void aWrongConfigurationIsRefusedWithThePropertyAndWhatItTakes(
      String file, String onFailure, String property, String message) throws IOException {
    Files.writeString(
        folder.resolve("broken.json"),
        "{\"rules\": [{\"name\": \"r\", \"field\": \"f\", \"type\": \"string\"}]}");
    Map<String, String> properties = new HashMap<>(Map.of("on.failure", onFailure));
    if (file != null) {
      properties.put("rules.file", folder.resolve(file).toString());
    }
    assertThatThrownBy(() -> new Screen.Value<SinkRecord>().configure(properties))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(property)
        .hasMessageContaining(message);
  }

  @Test
  void connectFindsBothTransforms() {
    assertThat(ServiceLoader.load(Transformation.class))
        .hasAtLeastOneElementOfType(Screen.Key.class)
        .hasAtLeastOneElementOfType(Screen.Value.class);
    assertThat(new Screen.Value<SinkRecord>().config().names())
        .containsExactlyInAnyOrder(
            "rules.file", "on.failure", "mark.header", "partitions", "buckets");
  }

  /** As provisioning puts them into the connector, for a store with other numbers than the file. */
  @Test
  void numbersOfTheConnectorGoBeforeThoseOfTheFile() throws IOException {
    Files.writeString(
        folder.resolve("numbers.json"),
        """
        {"rules": [
          {"name": "bucket", "field": "b", "min": 0, "max": 15, "bucket_of": "id", "buckets": 16},
          {"name": "lies", "field": "id", "partitions": 6}]}
        """);
    // Its last five bits are 31. Kafka's own partitioner says where it lies.
    String id = "00000000-0000-0000-0000-00000000003f";
    int right = BuiltInPartitioner.partitionForKey(id.getBytes(StandardCharsets.UTF_8), 12);
    Transformation<SinkRecord> key = new Screen.Key<>();
    Map<String, String> properties =
        Map.of(
            "rules.file", folder.resolve("numbers.json").toString(),
            "partitions", "12",
            "buckets", "32");
    key.configure(properties);

    for (int bucket : List.of(15, 31, 32)) {
      for (int partition = 0; partition < 12; partition++) {
        SinkRecord record =
            new SinkRecord("t", partition, null, Map.of("b", bucket, "id", id), null, null, 0);
        if (bucket == 31 && partition == right) {
          assertThat(key.apply(record)).isSameAs(record);
        } else {
          assertThatThrownBy(() -> key.apply(record))
              .isInstanceOf(DataException.class)
              .hasMessageStartingWith(bucket == 31 ? "Rule 'lies'" : "Rule 'bucket'");
        }
      }
    }
    for (Map.Entry<String, String> wrong : Map.of("partitions", "0", "buckets", "12").entrySet()) {
      Map<String, String> changed = new HashMap<>(properties);
      changed.putAll(Map.ofEntries(wrong));
      assertThatThrownBy(() -> new Screen.Key<SinkRecord>().configure(changed))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(wrong.getKey());
    }
  }

  private void refused(Schema schema, Object value, String message) {
    assertThatThrownBy(() -> screen("fail").apply(record(schema, value)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(message);
  }

  private Transformation<SinkRecord> screen(String onFailure) {
    Transformation<SinkRecord> screen = new Screen.Value<>(Clock.fixed(NOW, ZoneOffset.UTC));
    screen.configure(Map.of("rules.file", rules, "on.failure", onFailure));
    return screen;
  }

  private Transformation<SinkRecord> key() {
    Transformation<SinkRecord> screen = new Screen.Key<>();
    screen.configure(Map.of("rules.file", rules));
    return screen;
  }

  @Test
  void randomRecordsComeThroughAsEveryTransformPromises() throws IOException {
    Path rules =
        Files.writeString(
            folder.resolve("rules.json"),
            """
            {"rules": [{"name": "time", "field": "ts", "required": true},
                       {"name": "named", "field": "name", "type": "text", "pattern": "[^a]*"},
                       {"name": "north", "field": "latitude", "min": 0},
                       {"name": "within", "field": "inner.name", "max_length": 2},
                       {"name": "dotted", "field": "`b.c`", "type": "integer"}]}
            """);
    RandomRecords records = new RandomRecords(Promises.SEED);
    Transformation<SinkRecord> screen =
        Records.configured(
            new Screen.Value<>(), Map.of("rules.file", rules.toString(), "on.failure", "mark"));
    int passed = 0;
    Set<Object> broken = new TreeSet<>();
    for (int i = 0; i < Promises.RECORDS; i++) {
      SinkRecord before = records.next();
      try {
        SinkRecord after = screen.apply(before);
        assertThat(after.value()).isSameAs(before.value());
        assertThat(after.valueSchema()).isSameAs(before.valueSchema());
        assertThat(before.headers()).isEmpty();
        Header mark = after.headers().lastWithName("screen.rule");
        if (mark == null) {
          assertThat(after).isSameAs(before);
          passed++;
        } else {
          broken.add(mark.value());
        }
      } catch (DataException e) {
        assertThat(before.value()).isNotInstanceOf(Struct.class);
      }
    }
    assertThat(passed).isGreaterThan(Promises.FEWEST_MADE);
    assertThat(broken).containsExactly("dotted", "named", "north", "time", "within");
  }

  private static Schema text() {
    return Schema.OPTIONAL_STRING_SCHEMA;
  }

  private static Struct sale(int quantity) {
    return new Struct(SALE).put("quantity", quantity);
  }

  private static Struct city(String name) {
    return new Struct(CITY).put("name", name);
  }

  private static SinkRecord record(Schema schema, Object value) {
    return new SinkRecord("t", 0, null, null, schema, value, 7);
  }
}
