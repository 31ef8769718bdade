package io.furnistream.preview;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.cli.Commands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command over the plugin folders that the build made, with no stack running. */
class PreviewCommandIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path HOME = Path.of(System.getProperty("furnistream.home"));
  private static final List<Path> PLUGINS =
      List.of(HOME.resolve("transforms/target/plugins"), HOME.resolve("connectors/target/plugins"));
  private static final Path SAMPLE = HOME.resolve("transforms/examples/daily_record.json");

  private static final Map<String, String> WORKER =
      Map.of(
          "FURNISTREAM_RULES",
          HOME.resolve("schemas/src/main/rules").toString(),
          "FURNISTREAM_REFERENCE",
          HOME.resolve("connectors/reference").toString(),
          "FURNISTREAM_STORE_ZONE",
          "America/New_York",
          "FURNISTREAM_PSEUDONYM_KEY",
          "a key of this test, and therefore no secret");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aRunningConnectorIsShownStepByStep() throws IOException {
    int status =
        run(
            WORKER,
            HOME.resolve("connectors/cassandra-daily-records.json"),
            "--sample",
            SAMPLE.toString(),
            "--json");

    assertThat(status).as(err.toString()).isZero();
    JsonNode document = JSON.readTree(out.toString());
    assertThat(document.path("connector").asText()).isEqualTo("cassandra-daily-records");
    JsonNode record = document.path("records").path(0);
    JsonNode day = step(record, "day");
    assertThat(day.path("outcome").asText()).isEqualTo("changed");
    assertThat(after(day, "value.ts_year").path("value").asText()).isEqualTo("2016");
    assertThat(after(day, "value.ts_day").path("value").asText()).isEqualTo("6");
    assertThat(after(day, "value.ts_weekday").path("type").asText()).isEqualTo("int32");
    assertThat(record.path("before").path("value.revenue").path("value").asText())
        .isEqualTo("233.8200");
    assertThat(after(step(record, "name"), "value.customer_name").path("value").asText())
        .matches("[0-9a-f]{32}");
    assertThat(after(step(record, "region"), "value.region").path("value").asText())
        .isEqualTo("West");
    assertThat(step(record, "quarantine").path("outcome").asText()).isEqualTo("passed_by");
    JsonNode table = record.path("tables").path(0);
    assertThat(table.path("table").asText()).isEqualTo("furniture.daily_records");
    assertThat(table.path("columns").findValuesAsText("column"))
        .contains("ts_date", "bucket", "ts_weekday", "revenue")
        .doesNotHaveDuplicates();
    assertThat(record.path("lands").asBoolean()).isTrue();
  }

  /** For a sample with a partition: Kafka's own partitioner says which it should be in. */
  @Test
  void aRecordInAnotherPartitionThanItsIdChoosesIsShownOnItsWayIntoTheQuarantine()
      throws IOException {
    ObjectNode sale = (ObjectNode) JSON.readTree(SAMPLE.toFile());
    byte[] id = sale.at("/key/payload/ts_id").asText().getBytes(StandardCharsets.UTF_8);
    int right = BuiltInPartitioner.partitionForKey(id, 6);
    int wrong = (right + 1) % 6;
    Path sample = folder.resolve("partitions.jsonl");
    String sound = JSON.writeValueAsString(sale.put("partition", right));
    Files.writeString(sample, sound + "\n" + sale.put("partition", wrong));

    int status =
        run(
            WORKER,
            HOME.resolve("connectors/cassandra-daily-records.json"),
            "--sample",
            sample.toString(),
            "--json");

    assertThat(status).as(err.toString()).isZero();
    JsonNode records = JSON.readTree(out.toString()).path("records");
    assertThat(records.path(0).at("/tables/0/table").asText()).isEqualTo("furniture.daily_records");
    JsonNode refused = records.path(1);
    assertThat(refused.path("before").path("partition").path("value").asInt()).isEqualTo(wrong);
    assertThat(after(step(refused, "screenKey"), "header screen.rule").path("value").asText())
        .isEqualTo("key_partition");
    assertThat(refused.at("/tables/0/table").asText()).isEqualTo("furniture.quarantine");
  }

  @Test
  void whatTheScreenRefusesIsShownOnItsWayIntoTheQuarantine() throws IOException {
    ObjectNode sale = (ObjectNode) JSON.readTree(SAMPLE.toFile());
    ((ObjectNode) sale.path("value").path("payload")).put("quantity", 0);
    Path sample = folder.resolve("unsound.json");
    JSON.writeValue(sample.toFile(), sale);

    int status =
        run(
            WORKER,
            HOME.resolve("connectors/cassandra-daily-records.json"),
            "--sample",
            sample.toString(),
            "--json");

    assertThat(status).as(err.toString()).isZero();
    JsonNode record = JSON.readTree(out.toString()).path("records").path(0);
    assertThat(after(step(record, "screen"), "header screen.rule").path("value").asText())
        .isEqualTo("quantity");
    assertThat(after(step(record, "quarantine"), "topic").path("value").asText())
        .isEqualTo("quarantine");
    JsonNode table = record.path("tables").path(0);
    assertThat(table.path("table").asText()).isEqualTo("furniture.quarantine");
    assertThat(table.path("columns").toString())
        .contains("header.screen.rule", "record.offset", "value.customer_name")
        .doesNotContain("cell_latitude");
    assertThat(record.path("lands").asBoolean()).isTrue();
  }

  @Test
  void kafkasOwnTransformsAndPredicatesRunInTheChain() throws IOException {
    Path connector =
        cassandra(
            Map.ofEntries(
                Map.entry("transforms", "mark,keep,drop,rename"),
                Map.entry(
                    "transforms.mark.type",
                    "org.apache.kafka.connect.transforms.InsertField$Value"),
                Map.entry("transforms.mark.static.field", "shop"),
                Map.entry("transforms.mark.static.value", "main"),
                Map.entry(
                    "transforms.keep.type",
                    "org.apache.kafka.connect.transforms.InsertField$Value"),
                Map.entry("transforms.keep.static.field", "never"),
                Map.entry("transforms.keep.static.value", "x"),
                Map.entry("transforms.keep.predicate", "other"),
                Map.entry("transforms.drop.type", "org.apache.kafka.connect.transforms.Filter"),
                Map.entry("transforms.drop.predicate", "gone"),
                Map.entry(
                    "transforms.rename.type", "org.apache.kafka.connect.transforms.RegexRouter"),
                Map.entry("transforms.rename.regex", "sales"),
                Map.entry("transforms.rename.replacement", "sold"),
                Map.entry("predicates", "other,gone"),
                Map.entry(
                    "predicates.other.type",
                    "org.apache.kafka.connect.transforms.predicates.TopicNameMatches"),
                Map.entry("predicates.other.pattern", "other"),
                Map.entry(
                    "predicates.gone.type",
                    "org.apache.kafka.connect.transforms.predicates.RecordIsTombstone"),
                Map.entry("topic.sold.shop.sales.mapping", "id=key.id, amount=value.amount")));
    Path sample =
        write(
            "sample.json",
            "[{\"topic\": \"sales\", \"key\": {\"id\": 7}, \"value\": {\"amount\": 1.50}},"
                + " {\"topic\": \"sales\", \"key\": {\"id\": 7}, \"value\": null}]");

    assertThat(run(Map.of(), connector, "--sample", sample.toString())).as(err.toString()).isZero();

    assertThat(out.toString())
        .contains("+ value.shop = main")
        .contains(
            "keep (org.apache.kafka.connect.transforms.InsertField$Value, if other): passed by")
        .contains("~ topic: sales -> sold")
        .contains("table shop.sales")
        .contains("value.amount")
        .contains("drop (org.apache.kafka.connect.transforms.Filter, if gone): drops the record")
        .doesNotContain("never =");
  }

  /** A table that cannot be read is not a fault of the record's: it is not a dead letter. */
  @Test
  void aRecordThatWouldBeTriedAgainIsSaidToBe() throws IOException {
    Path connector =
        cassandra(
            Map.ofEntries(
                Map.entry("transforms", "state"),
                Map.entry("transforms.state.type", "io.furnistream.transforms.Lookup$Value"),
                Map.entry("transforms.state.table.topic", "states"),
                Map.entry("transforms.state.table.consumer.bootstrap.servers", "127.0.0.1:1"),
                Map.entry("transforms.state.key.fields", "state"),
                Map.entry("transforms.state.columns", "region:string"),
                Map.entry("transforms.state.start.seconds", "1"),
                Map.entry("errors.tolerance", "all"),
                Map.entry("errors.retry.timeout", "-1"),
                Map.entry("errors.deadletterqueue.topic.name", "dead_letters")));

    assertThat(run(Map.of(), connector, "--sample", SAMPLE.toString())).isEqualTo(1);

    assertThat(out.toString())
        .contains("fails: RetriableException: The reference topic states")
        .contains("it would be tried again")
        .doesNotContain("dead_letters");
  }

  @Test
  void aRecordThatFailsSaysWhereItWouldGo() throws IOException {
    Path connector =
        cassandra(
            Map.of(
                "transforms", "day",
                "transforms.day.type", "io.furnistream.transforms.DateParts$Value",
                "transforms.day.field", "when",
                "errors.tolerance", "all",
                "errors.deadletterqueue.topic.name", "dead_letters"));

    assertThat(run(Map.of(), connector, "--sample", SAMPLE.toString())).isEqualTo(1);

    assertThat(out.toString())
        .contains("fails: DataException: Field 'when' is missing")
        .contains("it would go to dead_letters");
  }

  @Test
  void aColumnWhoseFieldIsMissingIsNamed() throws IOException {
    Path connector =
        cassandra(
            Map.of("topic.daily_records.shop.sales.mapping", "id=key.ts_id, colour=value.colour"));

    assertThat(run(Map.of(), connector, "--sample", SAMPLE.toString())).isEqualTo(1);

    assertThat(out.toString()).contains("colour", "MISSING: the record has no value.colour");
  }

  @Test
  void aTopicWithoutATableIsNamed() throws IOException {
    Path connector = cassandra(Map.of("topic.other.shop.sales.mapping", "*"));

    assertThat(run(Map.of(), connector, "--sample", SAMPLE.toString())).isEqualTo(1);

    assertThat(out.toString()).contains("No table is named for topic daily_records");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.debezium.connector.jdbc.JdbcSinkConnector",
        "io.furnistream.connectors.postgres.PostgresSinkConnector"
      })
  void theJdbcSinksListSaysWhatLands(String connectorClass) throws IOException {
    Path connector =
        connector(
            Map.of(
                "connector.class", connectorClass,
                "topics", "daily_records",
                "primary.key.mode", "record_key",
                "collection.name.format", "report.${topic}",
                "field.include.list",
                    "daily_records:ts_id,daily_records:revenue,daily_records:colour,other:x"));

    assertThat(run(Map.of(), connector, "--sample", SAMPLE.toString(), "--json")).isEqualTo(1);

    JsonNode table = JSON.readTree(out.toString()).path("records").path(0).path("tables").path(0);
    assertThat(table.path("table").asText()).isEqualTo("report.daily_records");
    assertThat(table.path("columns").findValuesAsText("column"))
        .containsExactly("ts_date", "bucket", "ts_id", "revenue", "colour");
    assertThat(table.path("columns").path(2).path("primary_key").asBoolean()).isTrue();
    assertThat(table.path("columns").path(4).path("found").asBoolean()).isFalse();
  }

  @Test
  void aSecretComesFromTheEnvironmentAndIsNotShown() throws IOException {
    String secret = "a secret of more than thirty-two bytes";
    Path connector =
        cassandra(
            Map.of(
                "transforms", "who",
                "transforms.who.type", "io.furnistream.transforms.Pseudonymise$Value",
                "transforms.who.fields", "customer_name",
                "transforms.who.key", "${env:PSEUDONYM_KEY}",
                "auth.password", "${env:NOT_NEEDED_HERE}"));

    assertThat(run(Map.of(), connector, "--sample", SAMPLE.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("transforms.who.key", "PSEUDONYM_KEY", "not set");

    assertThat(run(Map.of("PSEUDONYM_KEY", secret), connector, "--sample", SAMPLE.toString()))
        .isZero();
    assertThat(out.toString()).contains("~ value.customer_name: Eve Example (string) -> ");
    assertThat(out.toString() + err).doesNotContain(secret);

    assertThat(run(Map.of("PSEUDONYM_KEY", "short"), connector, "--sample", SAMPLE.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("32 bytes").doesNotContain("short");
  }

  @Test
  void whatAWorkerWouldRefuseIsRefused() throws IOException {
    Path wrong =
        cassandra(
            Map.of(
                "transforms", "day",
                "transforms.day.type", "io.furnistream.transforms.DateParts$Value",
                "transforms.day.field", "ts",
                "transforms.day.zone", "Mars"));
    assertThat(run(Map.of(), wrong, "--sample", SAMPLE.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("zone", "Mars", "America/New_York");

    Path unknown = cassandra(Map.of("transforms", "x", "transforms.x.type", "com.example.Nothing"));
    assertThat(run(Map.of(), unknown, "--sample", SAMPLE.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("com.example.Nothing");

    assertThat(run(Map.of(), write("x.json", "{}"), "--sample", SAMPLE.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is not a connector");
    for (String last : List.of("0", "101")) {
      assertThat(run(Map.of(), cassandra(Map.of()), "--topic", "t", "--last", last)).isEqualTo(2);
      assertThat(err.toString()).contains("--last takes 1 to 100, not " + last);
    }
    assertThat(run(Map.of(), cassandra(Map.of()), "--sample", SAMPLE.toString(), "--last", "5"))
        .as("a number that would be left out of account")
        .isEqualTo(2);
    assertThat(err.toString()).contains("--sample");
    assertThat(run(Map.of(), cassandra(Map.of()), "--sample", "/nowhere")).isEqualTo(2);
    assertThat(err.toString()).contains("There is no file /nowhere");
  }

  /** An array was once read as no transforms at all. */
  @Test
  void aPropertyThatIsNotTextIsRefused() throws IOException {
    ObjectNode json =
        (ObjectNode)
            JSON.readTree(HOME.resolve("connectors/cassandra-daily-records.json").toFile());
    ((ObjectNode) json.path("config")).putArray("transforms").add("unmark").add("screen");
    Path connector =
        write("array.json", JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));

    assertThat(run(WORKER, connector, "--sample", SAMPLE.toString())).isEqualTo(2);

    assertThat(err.toString())
        .contains("array.json, line 7, column 20", "'transforms' is an array", "\"unmark,screen\"");
  }

  @Test
  void propertiesThatNothingReadsAreNamed() throws IOException {
    Map<String, String> meant =
        Map.ofEntries(
            Map.entry("transforms.screen.rule.file", "transforms.screen.rules.file"),
            Map.entry("transforms.day.feild", "transforms.day.field"),
            Map.entry("transforms.cell.resolutions", "transforms.cell.resolution"),
            Map.entry("transforms.name.kei", "transforms.name.key"),
            Map.entry("transforms.quarantine.tpoic", "transforms.quarantine.topic"),
            Map.entry("transforms.region.key.feilds", "transforms.region.key.fields"),
            Map.entry(
                "transforms.region.table.consumer.group_id",
                "transforms.region.table.consumer.group.id"),
            Map.entry("transform.day.type", "transforms.day.type"),
            Map.entry("contactPoint", "contactPoints"),
            Map.entry("kafka.bootstrap.server", "kafka.bootstrap.servers"),
            Map.entry("error.tolerance", "errors.tolerance"),
            Map.entry("tasks.maxx", "tasks.max"),
            Map.entry("consumer.overide.max.poll.records", "consumer.override.max.poll.records"));
    ObjectNode json =
        (ObjectNode)
            JSON.readTree(HOME.resolve("connectors/cassandra-daily-records.json").toFile());
    ObjectNode config = (ObjectNode) json.path("config");
    meant.keySet().forEach(property -> config.put(property, "x"));
    config
        .put("transforms.scren.type", "x")
        .put("transforms.region.table.consumer.fetch.max.bytes", "1000")
        .put("value.converter", "io.furnistream.connectors.avro.RetryingAvroConverter")
        .put("value.converter.schema.registry.ulr", "x")
        .put("value.converter.schema.registry.ssl.truststore.location", "x");

    assertThat(run(WORKER, write("x.json", json.toString()), "--sample", SAMPLE.toString()))
        .isEqualTo(2);

    meant.forEach(
        (property, name) ->
            assertThat(err.toString())
                .contains(
                    "Nothing reads the property '%s'. Did you mean '%s'?"
                        .formatted(property, name)));
    assertThat(err.toString())
        .contains("'transforms' does not list 'scren'. It lists 'screen'")
        .contains("Did you mean 'value.converter.schema.registry.url'?");
    assertThat(err.toString().lines()).as(err.toString()).hasSize(1 + meant.size() + 2);
  }

  /** Whatever property it is given to, and whatever the property's type. */
  @Test
  void aSecretIsShownNowhere() throws IOException {
    String secret = "aSecret/of+More==";
    Map<String, String> environment = Map.of("FURNISTREAM_PSEUDONYM_KEY", secret);
    Path shown =
        cassandra(
            Map.of(
                "transforms", "mark",
                "transforms.mark.type", "org.apache.kafka.connect.transforms.InsertField$Value",
                "transforms.mark.static.field", "mark",
                "transforms.mark.static.value", "<${env:FURNISTREAM_PSEUDONYM_KEY}>"));
    for (String form : List.of("--sample", "--json")) {
      List<String> arguments = new ArrayList<>(List.of("--sample", SAMPLE.toString()));
      if (form.equals("--json")) {
        arguments.add(form);
      }
      assertThat(run(environment, shown, arguments.toArray(String[]::new))).isZero();
      assertThat(out.toString()).contains("<[hidden]>").doesNotContain(secret);
    }

    Path refused =
        cassandra(
            Map.of(
                "transforms", "day",
                "transforms.day.type", "io.furnistream.transforms.DateParts$Value",
                "transforms.day.field", "ts",
                "transforms.day.zone", "${env:FURNISTREAM_PSEUDONYM_KEY}"));
    assertThat(run(environment, refused, "--sample", SAMPLE.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("[hidden]", "zone").doesNotContainIgnoringCase(secret);
  }

  @Test
  void aFileOfTwoRecordsALineEachShowsBothAndOneOfMoreThanAHundredSaysSo() throws IOException {
    Path connector =
        cassandra(
            Map.of(
                "topic.daily_records.shop.sales.mapping", "id=value.id",
                "transforms", "when",
                "transforms.when.type", "org.apache.kafka.connect.transforms.InsertField$Value",
                "transforms.when.timestamp.field", "at"));
    Path two =
        write(
            "two.jsonl",
            """
            {"timestamp": "2023-12-01T05:00:00Z", "headers": {"source": "shop"}, "value": {"id": 1}}
            {"topic": "daily_records", "partition": 1, "offset": 9, "tstype": "create", "ts": 1701406800000, "broker": 0, "key": "k", "payload": "{\\"id\\": 2}"}
            """);

    assertThat(run(Map.of(), connector, "--sample", two.toString(), "--json"))
        .as(err.toString())
        .isZero();
    JsonNode document = JSON.readTree(out.toString());
    assertThat(document.path("records")).hasSize(2);
    assertThat(document.path("more").asBoolean()).isFalse();
    for (JsonNode record : document.path("records")) {
      assertThat(after(step(record, "when"), "value.at").path("value").asText())
          // 2023-12-01T05:00:00Z: a number where a record has no schema.
          .isEqualTo("1701406800000");
    }
    assertThat(document.path("records").path(0).path("before").path("header source").toString())
        .contains("shop");
    assertThat(
            document.path("records").path(1).path("after").path("value.id").path("value").asText())
        .isEqualTo("2");

    Path many = write("many.jsonl", "{\"value\": {\"id\": 1}}\n".repeat(101));
    assertThat(run(Map.of(), connector, "--sample", many.toString())).isZero();
    assertThat(out.toString())
        .contains("Record 100 of 100")
        .contains("The first 100 records are shown; the file holds more.");
  }

  @Test
  void aLookupThatFindsNoRowNamesTheKey() throws IOException {
    Path table = write("regions.csv", "state,region\nMichoacán,West\n");
    Path connector =
        cassandra(
            Map.of(
                "topic.daily_records.shop.sales.mapping", "id=value.state",
                "transforms", "region",
                "transforms.region.type", "io.furnistream.transforms.Lookup$Value",
                "transforms.region.table.file", table.toString(),
                "transforms.region.key.fields", "state",
                "transforms.region.columns", "region:string"));
    Path sample =
        write(
            "sample.jsonl",
            "{\"value\": {\"state\": \"Texas \"}} {\"value\": {\"state\": \" Michoaca\u0301n\"}}");

    assertThat(run(Map.of(), connector, "--sample", sample.toString())).isZero();
    assertThat(out.toString())
        .containsOnlyOnce("! no row for 'state=Texas ' in " + table)
        .contains("+ value.region = West");
    assertThat(run(Map.of(), connector, "--sample", sample.toString(), "--json")).isZero();
    JsonNode records = JSON.readTree(out.toString()).path("records");
    assertThat(step(records.path(0), "region").path("notes").path(0).asText())
        .startsWith("no row for 'state=Texas '");
    assertThat(step(records.path(1), "region").path("notes")).isEmpty();

    Files.write(table, "state,region\nMichoacán,West\n".getBytes(Charset.forName("windows-1252")));
    assertThat(run(Map.of(), connector, "--sample", sample.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            table + " cannot be read: line 2, character 8: byte 0xE1 is not UTF-8. Save it as")
        .doesNotContain("Input length");
  }

  @Test
  void avroContainerFilesAreSamplesToo() throws IOException {
    Schema schema =
        SchemaBuilder.record("Sale")
            .namespace("io.example")
            .fields()
            .requiredString("ts_id")
            .name("price")
            .type(
                org.apache.avro.LogicalTypes.decimal(18, 4)
                    .addToSchema(Schema.create(Schema.Type.BYTES)))
            .noDefault()
            .optionalInt("quantity")
            .endRecord();
    Path sample = folder.resolve("sales.avro");
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      writer.create(schema, sample.toFile());
      writer.append(
          new GenericRecordBuilder(schema)
              .set("ts_id", "a")
              .set("price", java.nio.ByteBuffer.wrap(new byte[] {1, 0}))
              .set("quantity", null)
              .build());
    }

    int status =
        run(
            Map.of(),
            cassandra(
                Map.of(
                    "topic.daily_records.shop.sales.mapping", "id=value.ts_id, price=value.price")),
            "--sample",
            sample.toString(),
            "--json");

    assertThat(status).as(err.toString()).isZero();
    JsonNode before = JSON.readTree(out.toString()).path("records").path(0).path("before");
    assertThat(before.path("value.price").path("type").asText()).isEqualTo("Decimal");
    // 256 units of a ten-thousandth
    assertThat(before.path("value.price").path("value").asText()).isEqualTo("0.0256");
    assertThat(before.path("value.quantity").path("value").isNull()).isTrue();
  }

  private static JsonNode step(JsonNode record, String name) {
    for (JsonNode step : record.path("steps")) {
      if (step.path("name").asText().equals(name)) {
        return step;
      }
    }
    throw new AssertionError("No step " + name + " in " + record);
  }

  private static JsonNode after(JsonNode step, String field) {
    for (JsonNode change : step.path("changes")) {
      if (change.path("field").asText().equals(field)) {
        return change.path("after");
      }
    }
    throw new AssertionError("No change of " + field + " in " + step);
  }

  private Path cassandra(Map<String, String> further) throws IOException {
    Map<String, String> config =
        new java.util.HashMap<>(
            Map.of(
                "connector.class", "io.furnistream.connectors.cassandra.CassandraSinkConnector",
                "topics", "daily_records"));
    config.putAll(further);
    if (config.keySet().stream().noneMatch(property -> property.startsWith("topic."))) {
      config.put("topic.daily_records.furniture.daily_records.mapping", "*");
    }
    return connector(config);
  }

  private Path connector(Map<String, String> config) throws IOException {
    ObjectNode json = JSON.createObjectNode().put("name", "tried");
    ObjectNode properties = json.putObject("config");
    config.forEach(properties::put);
    return write("connector.json", json.toString());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private int run(Map<String, String> environment, Path connector, String... further) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> arguments = new ArrayList<>(List.of(connector.toString()));
    arguments.addAll(List.of(further));
    CommandLine commandLine =
        Commands.commandLine(
            new PreviewCommand(
                () -> PLUGINS,
                () -> {
                  throw new AssertionError("No stack is needed");
                },
                () -> environment));
    return commandLine
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }
}
