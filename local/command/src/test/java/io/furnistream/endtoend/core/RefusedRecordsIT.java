package io.furnistream.endtoend.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.endtoend.records.Extra;
import io.furnistream.endtoend.records.HostileRecords;
import io.furnistream.endtoend.records.Letters;
import io.furnistream.endtoend.records.ReportTables;
import io.furnistream.endtoend.stack.CommandProcess;
import io.furnistream.endtoend.stack.CoreStack;
import io.furnistream.endtoend.stack.OnCoreStack;
import io.furnistream.endtoend.stack.RunningStack;
import io.furnistream.schemas.DeadLetterTopics;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.junit.jupiter.api.Test;

/** Records that no store may take cost themselves, and are accounted for. */
@OnCoreStack
class RefusedRecordsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final CoreStack stack;

  RefusedRecordsIT(CoreStack stack) {
    this.stack = stack;
  }

  @Test
  void whatTheScreenRefusesIsNotLandedAndIsAccountedFor() throws Exception {
    LocalDate day = LocalDate.parse("2024-04-07");
    LocalDate other = LocalDate.parse("2024-04-08");
    generateAndClose(day, other);
    RecordMetadata correction;
    RecordMetadata insert;
    RecordMetadata tombstone;
    RecordMetadata unreadable;
    JsonNode before = stack.verified();
    try (Extra sound = new Extra(stack.endpoints(), day);
        Extra never = new Extra(stack.endpoints(), other);
        CqlSession cassandra = stack.cassandra();
        Connection reader = stack.reader()) {
      sound.produce();
      correction = sound.produceUnsound();
      insert = never.produceUnsound();
      tombstone = never.takeBackUnsound();
      unreadable = Extra.produceUnreadable(stack.endpoints());
      stack.succeed("caught-up");

      assertThat(quantities(cassandra, day, sound)).as("what came before stays").containsExactly(1);
      assertThat(quantities(cassandra, other, never)).isEmpty();
      await()
          .atMost(RunningStack.LIMIT)
          .untilAsserted(() -> assertThat(unannounced(reader)).isEqualTo(Map.of(day, "10.0000")));
      sound.takeBack();
      assertThat(quarantine(cassandra))
          .contains(
              inQuarantine(correction, "quantity", "99.0000"),
              inQuarantine(insert, "quantity", "99.0000"),
              inQuarantine(tombstone, "key_bucket", null));
    }
    CommandProcess.Result judged = stack.verify();
    assertThat(judged.status()).as(judged.err()).isEqualTo(1);
    assertThat(judged.err())
        .contains("error: ", "records of daily_records are refused that no run announced, by rule");
    stack.addUnannounced(4);
    Map<String, Integer> screened = screened(before);
    List.of("key_bucket", "quantity", "quantity", "unreadable")
        .forEach(rule -> screened.merge(rule, 1, Integer::sum));
    assertThat(screened(stack.verified())).isEqualTo(screened);
    int all = screened.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(stack.verify().err())
        .contains(
            "warning: %d records of daily_records are screened out".formatted(all),
            screened.toString());

    Letters connect =
        new Letters(stack.endpoints(), DeadLetterTopics.RAW_RECORDS, "__connect.errors.");
    Letters aggregates =
        new Letters(stack.endpoints(), DeadLetterTopics.AGGREGATES, "__streams.errors.");
    for (RecordMetadata unsound : List.of(correction, insert)) {
      assertThat(aggregates.header(unsound, "rule")).isEqualTo("quantity");
      assertThat(aggregates.header(unsound, "message")).isEqualTo("Rule 'quantity': quantity is 0");
    }
    assertThat(connect.header(unreadable, "exception.message")).isNotBlank();
    assertThat(aggregates.header(unreadable, "message")).isNotBlank();

    // A letter that is lost is missed; one that came twice is one.
    aggregates.deleteAll();
    aggregates.sendAgainWithout(List.of(correction, insert, tombstone, unreadable));
    CommandProcess.Result missed;
    try {
      missed = stack.verify();
      assertThat(missed.status()).isEqualTo(1);
      assertThat(missed.err())
          .contains(
              "error: dead_letter_aggregates lacks 4 of the %d records".formatted(all),
              "partition %d, offset %d, rule quantity"
                  .formatted(correction.partition(), correction.offset()),
              "partition 2, offset %d, rule unreadable".formatted(unreadable.offset()));
    } finally {
      aggregates.sendAgainWithout(List.of());
      aggregates.sendAgainWithout(List.of());
    }
    stack.verified();

    // Nor does a row that is lost from the quarantine go unnoticed.
    try (CqlSession cassandra = stack.cassandra()) {
      Row row =
          cassandra
              .execute(
                  "SELECT record_date, customer_name FROM furniture.quarantine"
                      + " WHERE kafka_partition = ? AND kafka_offset = ? ALLOW FILTERING",
                  insert.partition(),
                  insert.offset())
              .one();
      assertThat(row.getString("customer_name")).matches("[0-9a-f]{32}");
      Object[] named = {
        row.getLocalDate("record_date"), "daily_records", insert.partition(), insert.offset()
      };
      String deleted =
          cassandra
              .execute(
                  "SELECT JSON * FROM furniture.quarantine WHERE record_date = ? AND topic = ?"
                      + " AND kafka_partition = ? AND kafka_offset = ?",
                  named)
              .one()
              .getString(0);
      cassandra.execute(
          "DELETE FROM furniture.quarantine WHERE record_date = ? AND topic = ?"
              + " AND kafka_partition = ? AND kafka_offset = ?",
          named);
      try {
        missed = stack.verify();
        assertThat(missed.status()).isEqualTo(1);
        assertThat(missed.err())
            .contains(
                "furniture.quarantine and dead_letter_cassandra-daily-records lack 1 of the %d"
                    .formatted(all),
                "offset %d, rule quantity".formatted(insert.offset()));
      } finally {
        cassandra.execute("INSERT INTO furniture.quarantine JSON ?", deleted);
      }
    }
    stack.verified();
  }

  @Test
  void aHostileRecordIsRefusedAndStopsNothing() throws Exception {
    LocalDate day = LocalDate.parse("2024-04-09");
    generateAndClose(day, day);
    JsonNode before = stack.verified();
    JsonNode connect = stack.service("connect");
    Map<RecordMetadata, String> refused;
    Map<RecordMetadata, String> unfit;
    List<RecordMetadata> keyless;
    List<RecordMetadata> postgres;
    try (HostileRecords hostile = new HostileRecords(stack.endpoints(), day);
        Connection reader = stack.reader()) {
      BigDecimal revenue = ReportTables.revenue(reader, day);
      refused = hostile.sendRefused();
      refused.putAll(hostile.sendCompressed(stack.endpoints()));
      assertThatThrownBy(() -> hostile.sendBomb(stack.endpoints()))
          .hasCauseInstanceOf(InvalidRecordException.class);
      unfit = hostile.sendUnfitForQuarantine();
      keyless = hostile.sendWithoutKey();
      postgres = hostile.sendToPostgres();
      hostile.sendSound();
      await("what is sound among them counts")
          .atMost(RunningStack.LIMIT)
          .untilAsserted(
              () ->
                  assertThat(ReportTables.revenue(reader, day))
                      .isEqualTo(
                          revenue.add(new BigDecimal("199999999999999.9998")).add(BigDecimal.TEN)));
      stack.assertDiffers(day.toString(), "kafka", "records", "3");
      hostile.takeBack();
    }
    stack.addUnannounced(refused.size() + unfit.size() + keyless.size());

    JsonNode after = stack.verified();
    Map<String, Integer> screened = screened(before);
    refused.values().forEach(rule -> screened.merge(rule, 1, Integer::sum));
    unfit.values().forEach(rule -> screened.merge(rule, 1, Integer::sum));
    screened.merge("unreadable", keyless.size(), Integer::sum);
    assertThat(screened(after)).isEqualTo(screened);
    assertThat(after.path("stores")).isEqualTo(before.path("stores"));

    Letters aggregates =
        new Letters(stack.endpoints(), DeadLetterTopics.AGGREGATES, "__streams.errors.");
    Map<String, String> quarantined = new HashMap<>();
    try (CqlSession cassandra = stack.cassandra()) {
      cassandra
          .execute(
              "SELECT kafka_partition, kafka_offset, rule, customer_name FROM furniture.quarantine")
          .forEach(
              row -> {
                quarantined.put(row.getInt(0) + "/" + row.getLong(1), row.getString("rule"));
                assertThat(row.getString("customer_name")).isNotEqualTo(HostileRecords.CUSTOMER);
              });
    }
    refused.forEach(
        (record, rule) -> {
          assertThat(aggregates.header(record, "rule")).isEqualTo(rule);
          assertThat(quarantined).containsEntry(record.partition() + "/" + record.offset(), rule);
        });
    Letters raw = new Letters(stack.endpoints(), DeadLetterTopics.RAW_RECORDS, "__connect.errors.");
    unfit.forEach(
        (record, rule) -> {
          assertThat(aggregates.header(record, "rule")).isEqualTo(rule);
          assertThat(raw.header(record, "exception.message")).isNotBlank();
        });
    for (RecordMetadata record : keyless) {
      assertThat(aggregates.header(record, "message")).isNotBlank();
      assertThat(raw.header(record, "exception.message")).isNotBlank();
    }
    Letters sink =
        new Letters(
            stack.endpoints(), DeadLetterTopics.of("postgres-daily-report"), "__connect.errors.");
    for (RecordMetadata row : postgres) {
      assertThat(sink.header(row, "exception.message")).as(row.topic()).isNotBlank();
    }
    stack.assertNothingFellOver();
    assertThat(stack.service("connect").path("repairs")).isEqualTo(connect.path("repairs"));
    stack.succeed("connectors", "status");
  }

  /** Days of a test's own, to which it adds what is refused. */
  private void generateAndClose(LocalDate from, LocalDate to) throws Exception {
    stack.succeed("generate", "--from", from.toString(), "--to", to.toString(), "--records", "50");
    stack.closeDays(from.toString(), to.toString());
  }

  /** How many records a report says that each rule has screened out. */
  private static Map<String, Integer> screened(JsonNode report) {
    return JSON.convertValue(
        report.path("screened"), new TypeReference<TreeMap<String, Integer>>() {});
  }

  /** The quantities that Cassandra's raw rows state of a record: one or none. */
  private static List<Integer> quantities(CqlSession cassandra, LocalDate day, Extra extra) {
    return cassandra
        .execute(
            "SELECT quantity FROM furniture.daily_records"
                + " WHERE ts_date = ? AND bucket = ? AND ts_id = ?",
            day,
            extra.id().bucket(),
            extra.id().uuid())
        .all()
        .stream()
        .map(row -> row.getInt("quantity"))
        .toList();
  }

  /** The revenue that PostgreSQL has for the product that is not in the ledger, by day. */
  private static Map<LocalDate, String> unannounced(Connection reader) throws SQLException {
    Map<LocalDate, String> revenue = new HashMap<>();
    try (Statement statement = reader.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT ts_date, daily_rev FROM daily_report.daily_category_product"
                    + " WHERE product_name = 'Unannounced chair'")) {
      while (rows.next()) {
        revenue.put(rows.getObject(1, LocalDate.class), rows.getBigDecimal(2).toPlainString());
      }
    }
    return revenue;
  }

  /** Each row as {@link #inQuarantine} says it. */
  private static List<String> quarantine(CqlSession cassandra) {
    return cassandra
        .execute("SELECT * FROM furniture.quarantine WHERE topic = 'daily_records' ALLOW FILTERING")
        .all()
        .stream()
        .map(
            row ->
                "%d/%d %s %s"
                    .formatted(
                        row.getInt("kafka_partition"),
                        row.getLong("kafka_offset"),
                        row.getString("rule"),
                        row.getBigDecimal("revenue")))
        .toList();
  }

  private static String inQuarantine(RecordMetadata record, String rule, String revenue) {
    return "%d/%d %s %s".formatted(record.partition(), record.offset(), rule, revenue);
  }
}
