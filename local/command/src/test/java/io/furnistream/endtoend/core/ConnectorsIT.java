package io.furnistream.endtoend.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.furnistream.endtoend.stack.CommandProcess;
import io.furnistream.endtoend.stack.CoreStack;
import io.furnistream.endtoend.stack.OnCoreStack;
import io.furnistream.schemas.DailyPuRev;
import io.furnistream.schemas.SchemaRegistrar;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Connect on the running stack: what runs there, what it shows, and what it takes. */
@OnCoreStack
class ConnectorsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final CoreStack stack;

  ConnectorsIT(CoreStack stack) {
    this.stack = stack;
  }

  @Test
  void connectorsRunAndShowNoSecret() throws Exception {
    CommandProcess.Result status = stack.succeed("connectors", "status", "--json");
    JsonNode connectors = JSON.readTree(status.out()).path("connectors");
    assertThat(connectors.findValuesAsText("name"))
        .contains("cassandra-daily-records", "cassandra-daily-report", "postgres-daily-report");
    String[] hidden = {stack.secret("SINK_WRITER_PASSWORD"), stack.secret("PSEUDONYM_KEY")};
    for (String name : connectors.findValuesAsText("name")) {
      for (String path : List.of("", "/config", "/tasks", "/status")) {
        assertThat(stack.connect("/connectors/" + name + path).toString()).doesNotContain(hidden);
      }
    }
    assertThat(stack.connect("/connectors?expand=info&expand=status").toString())
        .doesNotContain(hidden);
    assertThat(stack.connect("/connectors/postgres-daily-report/config").toString())
        .contains("${env:");

    CommandProcess.Result again = stack.run("connectors", "apply");
    assertThat(again.out().lines()).isNotEmpty().allMatch(line -> line.endsWith(" UNCHANGED"));

    String sink = "io.furnistream.connectors.cassandra.CassandraSinkConnector";
    HttpResponse<String> validated =
        stack.putToConnect(
            "/connector-plugins/CassandraSinkConnector/config/validate",
            Map.of(
                "connector.class", sink,
                "topics", "daily_records",
                "loadBalancing.localDc", "${env:FURNISTREAM_PSEUDONYM_KEY}",
                "contactPoints", "${env:FURNISTREAM_SINK_WRITER_PASSWORD}"));
    assertThat(validated.statusCode()).isEqualTo(200);
    assertThat(validated.body()).contains("[hidden]").doesNotContain(hidden);
    Map<String, Map<String, String>> sinks =
        Map.of(
            sink,
            Map.of(
                "contactPoints", "127.0.0.1",
                "loadBalancing.localDc", "datacenter1",
                "kafka.bootstrap.servers", stack.endpoints().bootstrapServers()),
            "io.furnistream.connectors.postgres.PostgresSinkConnector",
            Map.of("connection.url", "jdbc:postgresql://127.0.0.1/none", "insert.mode", "upsert"));
    for (Map.Entry<String, Map<String, String>> each : sinks.entrySet()) {
      Map<String, String> config = new HashMap<>(each.getValue());
      config.put("connector.class", each.getKey());
      config.put("topics", "daily_records");
      config.put("transforms", "day");
      config.put("transforms.day.type", "io.furnistream.transforms.DateParts$Value");
      config.put("transforms.day.feild", "ts");
      HttpResponse<String> misspelled = stack.putToConnect("/connectors/misspelled/config", config);
      assertThat(misspelled.statusCode()).as(each.getKey()).isEqualTo(400);
      assertThat(misspelled.body()).contains("transforms.day.feild", "transforms.day.field");
    }
  }

  @Test
  void aPreviewShowsWhatTheChainDoesToTheNewestSales() throws Exception {
    Path connector =
        Path.of(System.getProperty("furnistream.home"), "connectors/cassandra-daily-records.json");

    // After the days of all other tests, whose newest records may be refused ones.
    String day = "2024-05-01";
    stack.succeed("generate", "--from", day, "--to", day, "--records", "30");
    stack.closeDays(day, day);

    CommandProcess.Result preview =
        stack.succeed(
            "preview", connector.toString(), "--topic", "daily_records", "--last", "3", "--json");

    JsonNode records = JSON.readTree(preview.out()).path("records");
    assertThat(records).hasSize(3);
    assertThat(records)
        .allSatisfy(
            record -> {
              assertThat(record.path("lands").asBoolean()).isTrue();
              assertThat(record.path("tables").findValuesAsText("table"))
                  .containsExactly("furniture.daily_records");
            });
  }

  @Test
  void aContractMayGrowButNotBreak() throws Exception {
    SchemaRegistrar registrar = new SchemaRegistrar(stack.endpoints().registryClient());
    Schema present = DailyPuRev.getClassSchema();
    Schema incompatible = copy(present, field("refunds", Schema.create(Schema.Type.LONG), null));
    Schema compatible =
        copy(
            present,
            field(
                "refunds",
                Schema.createUnion(
                    Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.LONG)),
                Schema.Field.NULL_DEFAULT_VALUE));

    assertThatThrownBy(() -> registrar.register("daily_pu_rev-value", incompatible))
        .isInstanceOfSatisfying(
            RestClientException.class, e -> assertThat(e.getStatus()).isEqualTo(409));
    String rehearsal = "rehearsal-value";
    int first = registrar.register(rehearsal, present);
    assertThat(registrar.register(rehearsal, compatible)).isGreaterThan(first);
  }

  private static Schema.Field field(String name, Schema type, Object defaultValue) {
    return new Schema.Field(name, type, "Refunds. Unit: refunds.", defaultValue);
  }

  private static Schema copy(Schema schema, Schema.Field extra) {
    List<Schema.Field> fields = new ArrayList<>();
    schema.getFields().forEach(each -> fields.add(new Schema.Field(each, each.schema())));
    fields.add(extra);
    return Schema.createRecord(
        schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
  }
}
