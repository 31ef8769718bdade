package io.furnistream.endtoend.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.endtoend.records.Extra;
import io.furnistream.endtoend.stack.CommandProcess;
import io.furnistream.endtoend.stack.CoreStack;
import io.furnistream.endtoend.stack.OnCoreStack;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** Faults that were asked for cost nothing but what the ledger says; one more is found. */
@OnCoreStack
class FaultsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FROM = "2024-05-10";
  private static final String TO = "2024-05-12";
  private static final LocalDate DAY = LocalDate.parse("2024-05-11");

  private final CoreStack stack;

  FaultsIT(CoreStack stack) {
    this.stack = stack;
  }

  @Test
  void whatTheLedgerAnnouncesIsRefusedAndNothingElse() throws Exception {
    Map<String, Long> screened = counts(stack.verified().path("screened"));
    JsonNode generated = generate();
    stack.closeDays(FROM, TO);

    JsonNode proved = stack.verified();
    Map<String, Long> injected = counts(generated.at("/faults/refused"));
    // Every rule of a sale and of its key, and what cannot be read.
    assertThat(injected).hasSizeGreaterThan(25);
    injected.forEach((rule, records) -> screened.merge(rule, records, Long::sum));
    assertThat(counts(proved.path("screened"))).isEqualTo(screened);
    assertThat(stack.verify("--from", FROM, "--to", TO).err())
        .contains("%d of them as the ledger says".formatted(sum(injected)));
    try (Connection reader = stack.reader();
        Statement statement = reader.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT (SELECT sum(daily_records) FROM daily_report.daily_pu_rev
                         WHERE ts_date BETWEEN '2024-05-10' AND '2024-05-12'),
                       (SELECT sum(daily_rev) FROM daily_report.daily_pu_rev
                         WHERE ts_date BETWEEN '2024-05-10' AND '2024-05-12'),
                       sum(refused),
                       sum((faults::jsonb ->> 'late')::int),
                       sum((faults::jsonb ->> 'drift')::int)
                  FROM daily_report.run_ledger
                 WHERE ts_date BETWEEN '2024-05-10' AND '2024-05-12'
                """)) {
      assertThat(row.next()).isTrue();
      assertThat(row.getLong(1)).isEqualTo(6_000);
      assertThat(row.getBigDecimal(2)).isEqualByComparingTo(generated.path("revenue").asText());
      assertThat(row.getLong(3)).isEqualTo(sum(injected));
      assertThat(row.getLong(4)).isEqualTo(generated.at("/faults/late").asLong()).isPositive();
      assertThat(row.getLong(5)).isEqualTo(generated.at("/faults/drift").asLong()).isPositive();
    }

    RecordMetadata hostile;
    try (Extra extra = new Extra(stack.endpoints(), DAY)) {
      hostile = extra.produceUnsound();
    }
    CommandProcess.Result found = stack.verify();
    assertThat(found.status()).as(found.out() + found.err()).isEqualTo(1);
    assertThat(found.err())
        .contains(
            "records of daily_records are refused that no run announced, by rule {",
            "partition %d, offset %d, rule quantity"
                .formatted(hostile.partition(), hostile.offset()));

    // As the message advises.
    state();
    screened.merge("quantity", 1L, Long::sum);
    assertThat(counts(stack.verified().path("screened"))).isEqualTo(screened);
    stack.assertNothingFellOver();
  }

  private JsonNode generate() throws Exception {
    return JSON.readTree(
        stack
            .succeed(
                "generate",
                "--from",
                FROM,
                "--to",
                TO,
                "--records",
                "2000",
                "--late",
                "1%",
                "--duplicates",
                "0.5%",
                "--corrections",
                "1%",
                "--poison",
                "5%",
                "--drift",
                "--json")
            .out());
  }

  /** An entry for the one record that is not announced. */
  private void state() throws Exception {
    BigDecimal nothing = new BigDecimal("0.0000");
    RunLedger entry =
        RunLedger.newBuilder()
            .setStatus("COMPLETE")
            .setRunId("by hand")
            .setProducer("FaultsIT")
            .setArguments("")
            .setStartedAt(Instant.parse("2024-06-01T00:00:00Z"))
            .setCompletedAt(Instant.parse("2024-06-01T00:00:00Z"))
            .setRecords(0L)
            .setQuantity(0L)
            .setRevenue(nothing)
            .setProfit(nothing)
            .setCustomers(0L)
            .setIdChecksum("0".repeat(32))
            .setRefused(1L)
            .build();
    try (KafkaProducer<RunLedgerKey, RunLedger> producer =
        new KafkaProducer<>(
            new AvroClients(stack.endpoints().kafkaClient(), stack.endpoints().registryClient())
                .producer())) {
      producer
          .send(new ProducerRecord<>("run_ledger", new RunLedgerKey("by hand", DAY), entry))
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static Map<String, Long> counts(JsonNode byRule) {
    Map<String, Long> counts = new TreeMap<>();
    byRule.properties().forEach(rule -> counts.put(rule.getKey(), rule.getValue().asLong()));
    return counts;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
