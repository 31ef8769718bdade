package io.furnistream.datagen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.datagen.sales.Dataset;
import io.furnistream.datagen.sales.Days;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.schemas.Topic;
import io.furnistream.testing.PlatformBroker;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command against a real broker. */
class ProducingTest {

  private static final int PARTITIONS = Topic.DAILY_RECORDS.partitions();

  /** Of a topic: every record of ours is larger. */
  private static final Map<String, String> REFUSES_ALL = Map.of("max.message.bytes", "100");

  /** Days that are started and not complete: a run of a year has more days. */
  private static final int MOST_OPEN_DAYS = 100;

  @TempDir private Path folder;
  private PlatformBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = PlatformBroker.start(folder);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void recordsAndLedgerLandAsPromised() throws Exception {
    createTopics(Map.of());
    Instant before = Instant.ofEpochMilli(Instant.now().toEpochMilli());
    GenerateCommandTest.Outcome outcome =
        generate("--from 2023-11-04 --to 2023-11-06 --records 300 --seed 7 --json");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isEqualTo(ExitStatus.DONE);

    List<ConsumerRecord<DailyRecordKey, DailyRecord>> sales = broker.read(Topic.DAILY_RECORDS);
    assertThat(sales).hasSize(900);
    Map<LocalDate, Counted> days = new HashMap<>();
    for (ConsumerRecord<DailyRecordKey, DailyRecord> each : sales) {
      assertThat(each.timestamp()).isEqualTo(each.value().getTs().toEpochMilli());
      assertThat(each.key().getTsId()).isEqualTo(each.value().getTsId());
      byte[] id = each.value().getTsId().getBytes(StandardCharsets.UTF_8);
      assertThat(each.partition()).isEqualTo((Utils.murmur2(id) & 0x7fffffff) % PARTITIONS);
      days.computeIfAbsent(each.value().getTsDate(), day -> new Counted()).count(each.value());
    }
    assertThat(days).hasSize(3);

    Map<LocalDate, List<RunLedger>> ledger = ledger();
    assertThat(ledger.keySet()).isEqualTo(days.keySet());
    Set<String> runs = new HashSet<>();
    BigDecimal revenue = BigDecimal.ZERO;
    BigDecimal profit = BigDecimal.ZERO;
    for (Map.Entry<LocalDate, Counted> day : days.entrySet()) {
      List<RunLedger> entries = ledger.get(day.getKey());
      assertThat(entries).hasSize(2);
      RunLedger started = entries.get(0);
      assertThat(started.getStatus()).isEqualTo("STARTED");
      assertThat(started.getStartedAt()).isBetween(before, Instant.now());
      assertThat(
              new Object[] {
                started.getCompletedAt(),
                started.getRecords(),
                started.getQuantity(),
                started.getRevenue(),
                started.getProfit(),
                started.getCustomers(),
                started.getIdChecksum()
              })
          .containsOnlyNulls();
      RunLedger complete = entries.get(1);
      assertThat(complete.getStatus()).isEqualTo("COMPLETE");
      assertThat(complete.getStartedAt()).isEqualTo(started.getStartedAt());
      assertThat(complete.getCompletedAt()).isBetween(started.getStartedAt(), Instant.now());
      assertThat(complete.getProducer()).isEqualTo("datagen " + Dataset.GENERATOR_VERSION);
      assertThat(complete.getArguments()).isEqualTo("--store furniture --records 300 --seed 7");
      day.getValue().requireEqual(complete);
      runs.add(started.getRunId());
      runs.add(complete.getRunId());
      revenue = revenue.add(day.getValue().revenue);
      profit = profit.add(day.getValue().profit);
    }
    assertThat(runs).hasSize(1);

    JsonNode summary = new ObjectMapper().readTree(outcome.out());
    assertThat(summary.get("dataset").textValue()).isEqualTo(Days.dataset(7, 300).name());
    assertThat(summary.get("from").textValue()).isEqualTo("2023-11-04");
    assertThat(summary.get("to").textValue()).isEqualTo("2023-11-06");
    assertThat(summary.get("days").longValue()).isEqualTo(3);
    assertThat(summary.get("records").longValue()).isEqualTo(900);
    assertThat(summary.get("revenue").textValue()).isEqualTo(revenue.toPlainString());
    assertThat(summary.get("profit").textValue()).isEqualTo(profit.toPlainString());
  }

  @Test
  void daysThatOverlapAreTheSameRecordsOneAfterTheOtherAndAtOnce() throws Exception {
    createTopics(Map.of());
    assertThat(generate("--from 2023-12-01 --to 2023-12-03 --records 200").err()).isEmpty();
    Map<DailyRecordKey, DailyRecord> first = compacted();
    assertThat(first).hasSize(600);

    CompletableFuture<GenerateCommandTest.Outcome> other =
        CompletableFuture.supplyAsync(
            () -> generate("--from 2023-12-02 --to 2023-12-04 --records 200"));
    GenerateCommandTest.Outcome outcome =
        generate("--from 2023-12-02 --to 2023-12-04 --records 200");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isEqualTo(ExitStatus.DONE);
    assertThat(other.get(60, TimeUnit.SECONDS).status()).isEqualTo(ExitStatus.DONE);
    assertThat(outcome.out())
        .contains("Days     3 (2023-12-02 to 2023-12-04)")
        .contains("Records  600");

    assertThat(broker.count(Topic.DAILY_RECORDS)).isEqualTo(1_800);
    Map<DailyRecordKey, DailyRecord> all = compacted();
    assertThat(all).hasSize(800).containsAllEntriesOf(first);
    Map<LocalDate, Counted> days = new HashMap<>();
    all.values()
        .forEach(sale -> days.computeIfAbsent(sale.getTsDate(), day -> new Counted()).count(sale));
    ledger()
        .forEach(
            (day, entries) -> {
              for (RunLedger entry : entries) {
                if (entry.getStatus().equals("COMPLETE")) {
                  days.get(day).requireEqual(entry);
                }
              }
              assertThat(entries.get(entries.size() - 1).getStatus()).isEqualTo("COMPLETE");
            });
  }

  /** Many records fail while they are sent; a single one fails when all have been. */
  @ParameterizedTest
  @ValueSource(ints = {1, 300})
  void aRecordThatKafkaRefusesFailsTheRunAndNoDayIsComplete(int records) throws Exception {
    createTopics(REFUSES_ALL);
    GenerateCommandTest.Outcome outcome =
        generate("--from 2023-12-01 --to 2024-11-30 --records " + records);
    assertThat(outcome.status()).isEqualTo(ExitStatus.CANNOT_RUN);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith("Kafka at " + broker.endpoints().bootstrapServers())
        .contains("did not take a record")
        .contains("run the same command again");
    assertThat(statuses())
        .containsKey(LocalDate.parse("2023-12-01"))
        .hasSizeLessThan(MOST_OPEN_DAYS)
        .allSatisfy((day, entries) -> assertThat(entries).containsExactly("STARTED"));
  }

  @Test
  void manySmallDaysAreEachStartedAndCompletedInTheirOrder() throws Exception {
    createTopics(Map.of());
    assertThat(generate("--from 2023-01-01 --to 2023-12-31 --records 3").err()).isEmpty();

    Map<LocalDate, Counted> days = new HashMap<>();
    Map<Integer, LocalDate> latest = new HashMap<>();
    for (ConsumerRecord<DailyRecordKey, DailyRecord> each :
        broker.<DailyRecordKey, DailyRecord>read(Topic.DAILY_RECORDS)) {
      LocalDate day = each.value().getTsDate();
      days.computeIfAbsent(day, any -> new Counted()).count(each.value());
      assertThat(latest.getOrDefault(each.partition(), day)).isBeforeOrEqualTo(day);
      latest.put(each.partition(), day);
    }
    assertThat(days).hasSize(365);
    assertThat(statuses())
        .hasSize(365)
        .allSatisfy((day, entries) -> assertThat(entries).containsExactly("STARTED", "COMPLETE"));
    ledger().forEach((day, entries) -> days.get(day).requireEqual(entries.get(1)));
    assertThat(mostOpenDays()).isBetween(2, MOST_OPEN_DAYS);
  }

  @Test
  void noRecordIsSentBeforeKafkaHasTheEntryThatStartsItsDay() throws Exception {
    broker.create(Topic.DAILY_RECORDS);
    broker.create(Topic.RUN_LEDGER, 1, REFUSES_ALL);
    broker.register(Topic.RUN_LEDGER);

    GenerateCommandTest.Outcome outcome =
        generate("--from 2023-12-01 --to 2023-12-02 --records 3000");

    assertThat(outcome.status()).isEqualTo(ExitStatus.CANNOT_RUN);
    assertThat(outcome.err()).contains("did not take a record");
    assertThat(broker.count(Topic.DAILY_RECORDS)).isZero();
  }

  @Test
  void aRunThatIsEndedLeavesItsDayStarted() throws Exception {
    createTopics(Map.of());
    String arguments = "--from 2023-12-01 --to 2023-12-01 --records 20000";
    Process child =
        GenerateInChild.start(broker.endpoints(), arguments.replace("20000", "3000000"));
    try {
      await("records of the child")
          .atMost(Duration.ofSeconds(60))
          .until(() -> broker.count(Topic.DAILY_RECORDS) > 0);
      child.destroy();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    assertThat(child.exitValue()).isEqualTo(128 + 15);
    assertThat(statuses()).isEqualTo(Map.of(LocalDate.parse("2023-12-01"), List.of("STARTED")));
  }

  @Test
  void aMissingTopicIsNamed() throws Exception {
    broker.create(Topic.DAILY_RECORDS, PARTITIONS, Map.of());
    GenerateCommandTest.Outcome outcome = generate("--from 2023-12-01 --to 2023-12-01");
    assertThat(outcome.status()).isEqualTo(ExitStatus.CANNOT_RUN);
    assertThat(outcome.err()).contains("run_ledger").contains("furnistream up");
    assertThat(broker.count(Topic.DAILY_RECORDS)).isZero();
  }

  /** Every other part checks a record's partition with the contract's number of partitions. */
  @Test
  void aTopicOfOtherPartitionsIsNamedBeforeAnythingIsProduced() throws Exception {
    broker.create(Topic.DAILY_RECORDS, PARTITIONS + 1, Map.of());
    broker.create(Topic.RUN_LEDGER, 1, Map.of());
    GenerateCommandTest.Outcome outcome = generate("--from 2023-12-01 --to 2023-12-01");
    assertThat(outcome.status()).isEqualTo(ExitStatus.CANNOT_RUN);
    assertThat(outcome.err())
        .startsWith("Topic daily_records at " + broker.endpoints().bootstrapServers())
        .contains("has 7 partitions, and must have 6")
        .contains("furnistream up");
    assertThat(broker.count(Topic.DAILY_RECORDS)).isZero();
    assertThat(broker.count(Topic.RUN_LEDGER)).isZero();
  }

  @Test
  void aMissingSchemaIsNamedBeforeAnythingIsProduced() throws Exception {
    createTopics(Map.of());
    // Another registry: one in which only the first topic was registered.
    Endpoints other =
        PlatformBroker.endpoints(
            broker.endpoints().bootstrapServers(), broker.endpoints().registryUrl() + "-half");
    PlatformBroker.register(other.registryUrl(), Topic.DAILY_RECORDS);
    GenerateCommandTest.Outcome outcome =
        GenerateCommandTest.run(
            new GenerateCommand(() -> other), "--from 2023-12-01 --to 2023-12-01");
    assertThat(outcome.status()).isEqualTo(ExitStatus.CANNOT_RUN);
    assertThat(outcome.err()).contains("run_ledger-key").contains("furnistream up");
    assertThat(broker.count(Topic.RUN_LEDGER)).isZero();
  }

  @Test
  void aRegistryThatDoesNotAnswerIsNamedInTime() throws Exception {
    createTopics(Map.of());
    HttpServer hanging =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    // It takes the connection and never says a word: it is not started.
    try {
      for (int port : List.of(GenerateCommandTest.closedPort(), hanging.getAddress().getPort())) {
        Endpoints endpoints =
            PlatformBroker.endpoints(
                broker.endpoints().bootstrapServers(), "http://127.0.0.1:" + port);
        Instant start = Instant.now();
        GenerateCommandTest.Outcome outcome =
            GenerateCommandTest.run(
                new GenerateCommand(() -> endpoints), "--from 2023-12-01 --to 2023-12-01");
        assertThat(outcome.status()).isEqualTo(ExitStatus.CANNOT_RUN);
        assertThat(outcome.err())
            .startsWith("The registry does not answer at http://127.0.0.1:" + port)
            .contains("furnistream up")
            .contains(Endpoints.REGISTRY_URL);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
      }
    } finally {
      hanging.stop(0);
    }
    assertThat(broker.count(Topic.RUN_LEDGER)).isZero();
  }

  @Test
  void aBrokerThatAsksForTlsAndAPasswordGetsThemFromTheClientProperties(@TempDir Path other)
      throws Exception {
    try (PlatformBroker secured = PlatformBroker.startSecured(other)) {
      secured.create(Topic.DAILY_RECORDS);
      secured.create(Topic.RUN_LEDGER);
      String day = "--from 2023-11-04 --to 2023-11-04 --records 30 --seed 7";

      GenerateCommandTest.Outcome outcome =
          GenerateCommandTest.run(new GenerateCommand(secured::endpoints), day);
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.status()).isEqualTo(ExitStatus.DONE);
      assertThat(secured.count(Topic.DAILY_RECORDS)).isEqualTo(30);

      Endpoints inPlainText =
          PlatformBroker.endpoints(
              secured.endpoints().bootstrapServers(), secured.endpoints().registryUrl());
      GenerateCommandTest.Outcome refused =
          GenerateCommandTest.run(new GenerateCommand(() -> inPlainText), day);
      assertThat(refused.status()).isEqualTo(ExitStatus.CANNOT_RUN);
      assertThat(refused.err()).contains(inPlainText.bootstrapServers());
    }
  }

  private GenerateCommandTest.Outcome generate(String arguments) {
    return GenerateCommandTest.run(new GenerateCommand(broker::endpoints), arguments);
  }

  private void createTopics(Map<String, String> recordSettings) throws Exception {
    broker.create(Topic.DAILY_RECORDS, PARTITIONS, recordSettings);
    broker.create(Topic.RUN_LEDGER, 1, Map.of());
    broker.register(Topic.DAILY_RECORDS);
    broker.register(Topic.RUN_LEDGER);
  }

  /** The ledger is one partition, and so tells what came first. */
  private int mostOpenDays() {
    int open = 0;
    int most = 0;
    for (ConsumerRecord<RunLedgerKey, RunLedger> each :
        broker.<RunLedgerKey, RunLedger>read(Topic.RUN_LEDGER)) {
      open += each.value().getStatus().equals("STARTED") ? 1 : -1;
      most = Math.max(most, open);
    }
    return most;
  }

  /** What stays of daily_records when compaction is done: the last value of each key. */
  private Map<DailyRecordKey, DailyRecord> compacted() {
    Map<DailyRecordKey, DailyRecord> last = new HashMap<>();
    broker
        .<DailyRecordKey, DailyRecord>read(Topic.DAILY_RECORDS)
        .forEach(each -> last.put(each.key(), each.value()));
    return last;
  }

  private Map<LocalDate, List<RunLedger>> ledger() {
    Map<LocalDate, List<RunLedger>> entries = new HashMap<>();
    Set<String> datasets = new HashSet<>();
    for (ConsumerRecord<RunLedgerKey, RunLedger> each :
        broker.<RunLedgerKey, RunLedger>read(Topic.RUN_LEDGER)) {
      entries.computeIfAbsent(each.key().getTsDate(), day -> new ArrayList<>()).add(each.value());
      datasets.add(each.key().getDataset());
    }
    assertThat(datasets).hasSize(1);
    return entries;
  }

  private Map<LocalDate, List<String>> statuses() {
    Map<LocalDate, List<String>> statuses = new HashMap<>();
    ledger()
        .forEach(
            (day, entries) ->
                statuses.put(day, entries.stream().map(RunLedger::getStatus).toList()));
    return statuses;
  }

  /** A plain loop over what was read back. */
  private static final class Counted {
    private final Set<String> customers = new HashSet<>();
    private long records;
    private long quantity;
    private BigDecimal revenue = BigDecimal.ZERO;
    private BigDecimal profit = BigDecimal.ZERO;
    private BigInteger ids = BigInteger.ZERO;

    private void count(DailyRecord sale) {
      records++;
      quantity += sale.getQuantity();
      revenue = revenue.add(sale.getRevenue());
      profit = profit.add(sale.getProfit());
      ids = ids.add(new BigInteger(sale.getTsId().replace("-", ""), 16));
      customers.add(sale.getCustomerId());
    }

    private void requireEqual(RunLedger entry) {
      assertThat(entry.getRecords()).isEqualTo(records);
      assertThat(entry.getQuantity()).isEqualTo(quantity);
      assertThat(entry.getRevenue()).isEqualTo(revenue);
      assertThat(entry.getProfit()).isEqualTo(profit);
      assertThat(entry.getCustomers()).isEqualTo(customers.size());
      assertThat(new BigInteger(entry.getIdChecksum(), 16))
          .isEqualTo(ids.mod(BigInteger.TWO.pow(128)));
    }
  }
}
