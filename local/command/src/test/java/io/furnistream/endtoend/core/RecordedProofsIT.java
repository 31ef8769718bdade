package io.furnistream.endtoend.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.endtoend.records.Extra;
import io.furnistream.endtoend.records.ForeignClient;
import io.furnistream.endtoend.records.Letters;
import io.furnistream.endtoend.stack.CoreStack;
import io.furnistream.endtoend.stack.OnCoreStack;
import io.furnistream.endtoend.stack.RunningStack;
import io.furnistream.schemas.DeadLetterTopics;
import io.furnistream.schemas.Proofs;
import io.furnistream.schemas.ProofsKey;
import io.furnistream.schemas.Sink;
import io.furnistream.schemas.Topic;
import io.furnistream.stores.kafka.Kafka;
import io.furnistream.verify.VerifyCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What verify found stands in the report, with its time, and is no part of what it finds. */
@OnCoreStack
class RecordedProofsIT {

  private static final String DAY = "2023-12-06";

  private final CoreStack stack;

  RecordedProofsIT(CoreStack stack) {
    this.stack = stack;
  }

  @Test
  void theLastVerdictStandsInTheReportWithItsTime() throws Exception {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    JsonNode report = stack.verified();
    Proof all = last(before);
    assertThat(all.scope).isEqualTo("all");
    assertThat(all.verdict).isEqualTo("PROVED");
    assertThat(all.days).isEqualTo(report.path("days").size());
    assertThat(all.records).isEqualTo(report.at("/stores/kafka/records").asLong());
    assertThat(all.differences).isZero();
    assertThat(all.compared).isEqualTo("kafka, cassandra, postgres, parquet");

    try (Connection admin = stack.admin();
        Statement statement = admin.createStatement()) {
      plant(statement, "+");
      try {
        JsonNode differences = stack.differences("--from", DAY, "--to", DAY);
        Proof day = last(all.at.plusMillis(1));
        assertThat(day.scope).isEqualTo(DAY + "/" + DAY);
        assertThat(day.verdict).isEqualTo("NOT_PROVED");
        assertThat(day.days).isOne();
        assertThat(day.records).isEqualTo(CoreStack.RECORDS);
        assertThat(day.differences).isEqualTo(differences.size());
      } finally {
        plant(statement, "-");
      }
    }
    Instant mended = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    stack.verified("--from", DAY, "--to", DAY);
    Proof again = last(mended);
    assertThat(again.verdict).isEqualTo("PROVED");
    assertThat(again.differences).isZero();
  }

  @Test
  void aVerifyThatCannotRunRecordsNothing() throws Exception {
    long before = recorded();
    Endpoints right = stack.endpoints();
    Endpoints wrong =
        Endpoints.fromEnvironment(
            Map.of(
                Endpoints.BOOTSTRAP_SERVERS, right.bootstrapServers(),
                Endpoints.REGISTRY_URL, right.registryUrl(),
                Endpoints.CASSANDRA_CONTACT_POINTS, right.cassandraContactPoints(),
                Endpoints.POSTGRES_URL, "jdbc:postgresql://127.0.0.1:1/furnistream"));
    StringWriter printed = new StringWriter();
    int status =
        new CommandLine(
                new VerifyCommand(
                    () -> wrong,
                    () -> stack.state().resolve("export"),
                    Optional::empty,
                    Optional::empty))
            .setExecutionExceptionHandler((e, line, parsed) -> ExitStatus.CANNOT_RUN)
            .setOut(new PrintWriter(printed))
            .setErr(new PrintWriter(printed))
            .execute("--timeout", "0");

    assertThat(status).as(printed.toString()).isEqualTo(ExitStatus.CANNOT_RUN);
    assertThat(recorded()).isEqualTo(before);
  }

  @Test
  void aHostileRecordCostsItselfAlone() throws Exception {
    List<RecordMetadata> hostile;
    try (ForeignClient client = new ForeignClient(stack.endpoints())) {
      GenericRecord value = ForeignClient.plain(proof());
      hostile =
          List.of(
              Extra.produceUnreadable(stack.endpoints(), Topic.PROOFS.topicName(), 0),
              client.send(Topic.PROOFS.topicName(), 0, key("hostile\0scope"), value),
              client.send(Topic.PROOFS.topicName(), 0, key("hostile"), without(value, "verdict")));
      assertThatThrownBy(() -> client.send(Topic.PROOFS.topicName(), 0, null, value))
          .as("it could not be compacted")
          .hasCauseInstanceOf(InvalidRecordException.class);
      // It removes its row, of which there is none.
      client.send(Topic.PROOFS.topicName(), 0, key("hostile"), null);
    }
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    stack.verified();

    assertThat(last(before).verdict).isEqualTo("PROVED");
    Letters letters =
        new Letters(
            stack.endpoints(),
            DeadLetterTopics.of(Sink.POSTGRES_REPORT.connector()),
            "__connect.errors.");
    for (RecordMetadata record : hostile) {
      assertThat(letters.header(record, "exception.message")).isNotBlank();
    }
    try (Connection reader = stack.reader();
        Statement statement = reader.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM daily_report.proofs WHERE scope LIKE 'hostile%'")) {
      rows.next();
      assertThat(rows.getLong(1)).isZero();
    }
    stack.succeed("connectors", "status");
  }

  private record Proof(
      String scope,
      Instant at,
      String verdict,
      long days,
      long records,
      long differences,
      String compared) {}

  /** The last proof, once one has landed that was reached no earlier. */
  private Proof last(Instant notBefore) throws SQLException, IOException {
    try (Connection reader = stack.reader();
        Statement statement = reader.createStatement()) {
      return await("a proof to land")
          .atMost(RunningStack.LIMIT)
          .until(() -> last(statement), proof -> proof != null && !proof.at.isBefore(notBefore));
    }
  }

  private static Proof last(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT scope, proved_at, verdict, days, records, differences, compared"
                + " FROM daily_report.last_proof WHERE proved_at IS NOT NULL")) {
      return row.next()
          ? new Proof(
              row.getString(1),
              row.getTimestamp(2).toInstant(),
              row.getString(3),
              row.getLong(4),
              row.getLong(5),
              row.getLong(6),
              row.getString(7))
          : null;
    }
  }

  private long recorded() {
    try (Kafka kafka = new Kafka(stack.endpoints())) {
      TopicPartition proofs = new TopicPartition(Topic.PROOFS.topicName(), 0);
      return kafka.writtenOffsets(List.of(proofs)).get(proofs);
    }
  }

  private static void plant(Statement statement, String sign) throws SQLException {
    statement.execute(
        "UPDATE daily_report.daily_pu_rev SET daily_rev = daily_rev %s 0.0001 WHERE ts_date = '%s'"
            .formatted(sign, DAY));
  }

  private static GenericRecord key(String scope) throws IOException {
    return ForeignClient.plain(new ProofsKey(scope));
  }

  private static Proofs proof() {
    return new Proofs(
        Instant.parse("2099-01-01T00:00:00Z"), "PROVED", null, null, 1L, 1L, 0L, 0L, "nothing");
  }

  /** The record under a schema that has no such field. */
  private static GenericRecord without(GenericRecord whole, String field) {
    List<Schema.Field> left =
        whole.getSchema().getFields().stream()
            .filter(each -> !each.name().equals(field))
            .map(each -> new Schema.Field(each, each.schema()))
            .toList();
    Schema schema =
        Schema.createRecord(
            whole.getSchema().getName(), null, whole.getSchema().getNamespace(), false, left);
    GenericRecord less = new GenericData.Record(schema);
    schema.getFields().forEach(each -> less.put(each.pos(), whole.get(each.name())));
    return less;
  }
}
