package io.furnistream.endtoend.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import io.furnistream.endtoend.records.Extra;
import io.furnistream.endtoend.records.KafkaReader;
import io.furnistream.endtoend.records.ReportTables;
import io.furnistream.endtoend.stack.CommandProcess;
import io.furnistream.endtoend.stack.CoreStack;
import io.furnistream.endtoend.stack.OnCoreStack;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.schemas.Topic;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Verify names what differs in any store, and a reset makes the aggregates again. */
@OnCoreStack
class DifferencesIT {

  private static final List<String> AGGREGATED =
      Topic.AGGREGATED.stream().map(Topic::topicName).toList();

  private final CoreStack stack;

  DifferencesIT(CoreStack stack) {
    this.stack = stack;
  }

  @Test
  void aDifferenceInCassandraIsNamed() throws Exception {
    try (CqlSession cassandra = stack.cassandra()) {
      Row row =
          cassandra
              .execute(
                  "SELECT ts_date, bucket, ts_id, revenue FROM furniture.daily_records"
                      + " WHERE ts_date = ? AND bucket = ? LIMIT 1",
                  CoreStack.FIRST,
                  3)
              .one();
      BigDecimal revenue = row.getBigDecimal("revenue");
      String update =
          "UPDATE furniture.daily_records SET revenue = ?"
              + " WHERE ts_date = ? AND bucket = ? AND ts_id = ?";
      BigDecimal more = revenue.add(new BigDecimal("0.0001"));
      cassandra.execute(update, more, CoreStack.FIRST, 3, row.getUuid("ts_id"));
      try {
        stack.assertDiffers("2023-12-01", "cassandra", "revenue", "0.0001");
      } finally {
        cassandra.execute(update, revenue, CoreStack.FIRST, 3, row.getUuid("ts_id"));
      }
    }
    stack.verified();
  }

  @Test
  void whatNoFigureShowsIsNamed() throws Exception {
    JsonNode proved = stack.verified();
    Map<String, Long> agreeing = new HashMap<>();
    for (JsonNode table : proved.path("tables")) {
      assertThat(table.path("agree")).isEqualTo(table.path("rows"));
      agreeing.put(table.path("name").asText(), table.path("agree").asLong());
    }
    assertThat(agreeing)
        .containsEntry("cassandra.daily_records", proved.at("/stores/ledger/records").asLong())
        .containsEntry("postgres.recent_records", 100L);
    try (Connection reader = stack.reader()) {
      for (String table : AGGREGATED) {
        assertThat(agreeing.get("postgres." + table))
            .isEqualTo((long) ReportTables.rows(reader, table).size());
      }
    }
    try (CqlSession cassandra = stack.cassandra()) {
      Row row =
          cassandra
              .execute(
                  "SELECT ts_id, customer_name, state FROM furniture.daily_records"
                      + " WHERE ts_date = ? AND bucket = ? LIMIT 1",
                  CoreStack.FIRST,
                  4)
              .one();
      String update =
          "UPDATE furniture.daily_records SET customer_name = ?, state = ?"
              + " WHERE ts_date = ? AND bucket = ? AND ts_id = ?";
      cassandra.execute(update, "No one", "Nowhere", CoreStack.FIRST, 4, row.getUuid("ts_id"));
      try {
        assertThat(stack.differences())
            .anySatisfy(
                each -> assertFound(each, "cassandra.daily_records", "customer_name", "No one"))
            .anySatisfy(each -> assertFound(each, "cassandra.daily_records", "state", "Nowhere"));
      } finally {
        cassandra.execute(
            update,
            row.getString("customer_name"),
            row.getString("state"),
            CoreStack.FIRST,
            4,
            row.getUuid("ts_id"));
      }
    }
    stack.verified();
  }

  @Test
  void aDifferenceInPostgresIsNamed() throws Exception {
    try (Connection admin = stack.admin()) {
      add(admin, new BigDecimal("0.0001"));
      try {
        stack.assertDiffers("2023-12-05", "postgres", "revenue", "0.0001");
      } finally {
        add(admin, new BigDecimal("-0.0001"));
      }
    }
    stack.verified();
  }

  @Test
  void aResetGivesTheSameTables() throws Exception {
    try (Connection reader = stack.reader();
        Connection admin = stack.admin();
        CqlSession cassandra = stack.cassandra()) {
      Map<String, List<String>> before = new HashMap<>();
      for (String table : AGGREGATED) {
        before.put(table, ReportTables.rows(reader, table));
      }
      long places = count(cassandra);
      // Rows that should not be there, one that says something else, and one that is missing.
      try (Statement statement = admin.createStatement()) {
        statement.execute(
            "INSERT INTO daily_report.daily_state VALUES (DATE '1999-01-01', 'X', 'Y', 1, 1, 1, 1)");
        statement.execute("UPDATE daily_report.daily_customer SET orders = orders + 1");
        statement.execute("DELETE FROM daily_report.live_kpis WHERE ts_date = DATE '2023-12-02'");
      }
      cassandra.execute(
          "INSERT INTO furniture.daily_address (ts_date, latitude, longitude, daily_pu)"
              + " VALUES (?, 1, 1, 1)",
          LocalDate.parse("1999-01-01"));

      stack.succeed("aggregates", "reset");

      stack.verified();
      for (String table : AGGREGATED) {
        assertThat(ReportTables.rows(reader, table)).as(table).isEqualTo(before.get(table));
      }
      assertThat(count(cassandra)).isEqualTo(places);
    }
  }

  @Test
  void aRecordThatNoLedgerKnowsIsNamed() throws Exception {
    try (Extra extra = new Extra(stack.endpoints(), LocalDate.parse("2023-12-03"))) {
      extra.produce();
      try {
        stack.assertDiffers("2023-12-03", "kafka", "records", "1");
      } finally {
        extra.takeBack();
      }
    }
    stack.verified();
  }

  @Test
  void aDifferenceInTheLedgerIsNamed() throws Exception {
    AvroClients clients =
        new AvroClients(stack.endpoints().kafkaClient(), stack.endpoints().registryClient());
    RunLedgerKey key;
    RunLedger entry;
    try (KafkaReader reader = new KafkaReader(clients)) {
      Map.Entry<RunLedgerKey, RunLedger> found = reader.ledgerEntry(LocalDate.parse("2023-12-04"));
      key = found.getKey();
      entry = found.getValue();
    }
    RunLedger tampered = RunLedger.newBuilder(entry).setRecords(entry.getRecords() + 1).build();
    try (KafkaProducer<Object, Object> producer = new KafkaProducer<>(clients.producer())) {
      producer.send(new ProducerRecord<>("run_ledger", key, tampered)).get(30, TimeUnit.SECONDS);
      try {
        CommandProcess.Result verify = stack.verify();
        assertThat(verify.status()).isEqualTo(1);
        assertThat(verify.out()).contains("2023-12-04", "records", "expected 301, found 300");
      } finally {
        producer.send(new ProducerRecord<>("run_ledger", key, entry)).get(30, TimeUnit.SECONDS);
      }
    }
    stack.verified();
  }

  private static void assertFound(JsonNode difference, String table, String column, String found) {
    assertThat(difference.path("store").asText()).isEqualTo(table);
    assertThat(difference.path("column").asText()).isEqualTo(column);
    assertThat(difference.path("found").asText()).isEqualTo(found);
  }

  private static long count(CqlSession cassandra) {
    return cassandra.execute("SELECT count(*) FROM furniture.daily_address").one().getLong(0);
  }

  private static void add(Connection admin, BigDecimal amount) throws SQLException {
    try (PreparedStatement update =
        admin.prepareStatement(
            "UPDATE daily_report.daily_pu_rev SET daily_rev = daily_rev + ?"
                + " WHERE ts_date = DATE '2023-12-05'")) {
      update.setBigDecimal(1, amount);
      assertThat(update.executeUpdate()).isOne();
    }
  }
}
