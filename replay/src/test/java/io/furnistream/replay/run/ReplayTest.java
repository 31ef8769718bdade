package io.furnistream.replay.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.WrongInputException;
import io.furnistream.producing.Ledger;
import io.furnistream.producing.Producing;
import io.furnistream.producing.Publisher;
import io.furnistream.producing.Readiness;
import io.furnistream.replay.mapping.MappingReader;
import io.furnistream.replay.places.Places;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.DaySums;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.schemas.Topic;
import io.furnistream.testing.PlatformBroker;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay leaves in Kafka, on a real broker, counted by a plain loop over the topics. */
class ReplayTest {

  private static final String MAPPING =
      """
      key: [no]
      fields:
        ts: {column: day, formats: [yyyy-MM-dd]}
        product_name: item
        quantity: pieces
        price: price
      """;

  private static final String HEADER = "no,day,item,pieces,price\n";
  private static final String THREE =
      """
      no,day,item,pieces,price
      1,2020-01-02,Chair,2,3.00
      2,2020-01-02,Desk,1,100.10
      3,2020-01-03,Lamp,4,20.00
      """;

  @TempDir private Path folder;
  @TempDir private Path brokerFolder;
  private PlatformBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = PlatformBroker.startWithLogs(brokerFolder);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void linesLandByTheirDayAndTheLedgerStatesThem() throws Exception {
    JsonNode summary = replay("shop", false, THREE);

    assertThat(summary.path("written").asInt()).isEqualTo(3);
    assertThat(summary.path("changed_days").toString())
        .isEqualTo("[\"2020-01-02\",\"2020-01-03\"]");
    assertThat(revenues()).isEqualTo(Map.of("2020-01-02", "106.1000", "2020-01-03", "80.0000"));
    assertThatTheLedgerAgrees();
  }

  /**
   * A try that was killed after its last day has changed days, and the next one has nothing to do.
   */
  @Test
  void whatAnEarlierTryCompletedCountsAsChanged() throws Exception {
    replay("shop", false, HEADER + "9,2019-05-05,Bed,1,9.00\n");
    List<ConsumerRecord<RunLedgerKey, RunLedger>> stated = broker.read(Topic.RUN_LEDGER);
    Instant began = stated.get(stated.size() - 1).value().getCompletedAt().plusMillis(1);
    replay("shop", false, THREE);

    JsonNode again = replay(MAPPING, "shop", false, began, THREE);

    assertThat(again.path("written").asInt()).isZero();
    assertThat(again.path("changed_days").toString()).isEqualTo("[\"2020-01-02\",\"2020-01-03\"]");
  }

  @Test
  void theSameFileAgainWritesNothing() throws Exception {
    replay("shop", false, THREE);
    long records = broker.count(Topic.DAILY_RECORDS);
    long entries = broker.count(Topic.RUN_LEDGER);

    JsonNode again = replay("shop", false, THREE);

    assertThat(again.path("records").asInt()).isEqualTo(3);
    assertThat(again.path("revenue").asText()).isEqualTo("186.1000");
    assertThat(again.path("written").asInt()).isZero();
    assertThat(again.path("changed_days")).isEmpty();
    assertThat(broker.count(Topic.DAILY_RECORDS)).isEqualTo(records);
    assertThat(broker.count(Topic.RUN_LEDGER)).isEqualTo(entries);
  }

  @Test
  void aCorrectedFileUpdatesItsLinesAndMovesThem() throws Exception {
    replay("shop", false, THREE);

    JsonNode summary =
        replay(
            "shop",
            false,
            THREE.replace("Desk,1,100.10", "Desk,1,90").replace("3,2020-01-03", "3,2020-01-05"));

    assertThat(summary.path("written").asInt()).isEqualTo(2);
    assertThat(summary.path("taken_back").asInt()).isOne();
    assertThat(revenues()).isEqualTo(Map.of("2020-01-02", "96.0000", "2020-01-05", "80.0000"));
    assertThatTheLedgerAgrees();
  }

  @Test
  void linesThatVanishedStayUnlessTheyAreToBeReplaced() throws Exception {
    replay("shop", false, THREE);
    String two = THREE.replace("2,2020-01-02,Desk,1,100.10\n", "").replace("Chair,2", "Chair,1");

    replay("shop", false, two);
    assertThat(revenues()).isEqualTo(Map.of("2020-01-02", "103.1000", "2020-01-03", "80.0000"));
    assertThatTheLedgerAgrees();

    JsonNode replaced = replay("shop", true, two);
    assertThat(replaced.path("taken_back").asInt()).isOne();
    assertThat(revenues()).isEqualTo(Map.of("2020-01-02", "3.0000", "2020-01-03", "80.0000"));
    assertThatTheLedgerAgrees();

    replay("shop", true, THREE);
    assertThat(revenues()).isEqualTo(Map.of("2020-01-02", "106.1000", "2020-01-03", "80.0000"));
    assertThatTheLedgerAgrees();
  }

  @Test
  void aDayOfWhichNothingIsLeftHoldsNothing() throws Exception {
    replay("shop", false, THREE);

    replay("shop", true, THREE.replace("3,2020-01-03,Lamp,4,20.00\n", ""));

    assertThat(revenues()).isEqualTo(Map.of("2020-01-02", "106.1000"));
    assertThat(ledger().get(new RunLedgerKey("shop", LocalDate.parse("2020-01-03"))).getRecords())
        .isZero();
    assertThatTheLedgerAgrees();
  }

  @Test
  void aDatasetIsEmptiedOnPurposeOnly() throws Exception {
    replay("shop", false, THREE);
    replay("other", false, THREE);

    assertThatThrownBy(() -> replay("shop", true, THREE.replace("2020-", "20.20-")))
        .isInstanceOf(WrongInputException.class)
        .hasMessageContaining("No row of these files is a sale (3 rejected)");
    assertThat(revenues()).hasSize(2);

    assertThat(replay("shop", true, HEADER).path("taken_back").asInt()).isEqualTo(3);
    assertThat(revenues()).isEqualTo(Map.of("2020-01-02", "106.1000", "2020-01-03", "80.0000"));
    assertThatTheLedgerAgrees();
  }

  @Test
  void rowsThatAreNoSalesAreCountedInTheLedger() throws Exception {
    String bad =
        HEADER + "9,never,Chair,1,1\n" + THREE.substring(HEADER.length()) + "4,,Desk,1,1\n";
    RunLedgerKey first = new RunLedgerKey("shop", LocalDate.parse("2020-01-02"));
    RunLedgerKey second = new RunLedgerKey("shop", LocalDate.parse("2020-01-03"));

    JsonNode summary = replay("shop", false, bad);

    assertThat(summary.path("rejected").asInt()).isEqualTo(2);
    assertThat(ledger().get(first).getRejected()).isEqualTo(1);
    assertThat(ledger().get(second).getRejected()).isEqualTo(1);

    replay("shop", false, THREE);
    assertThat(ledger().get(first).getRejected()).isZero();
    assertThat(ledger().get(second).getRejected()).isZero();
    assertThatTheLedgerAgrees();
  }

  @Test
  void twoDatasetsAddUp() throws Exception {
    replay("shop", false, THREE);
    replay("other", false, THREE);
    replay("other", true, HEADER + "1,2020-01-02,Chair,1,1\n");

    assertThat(revenues()).isEqualTo(Map.of("2020-01-02", "107.1000", "2020-01-03", "80.0000"));
    assertThatTheLedgerAgrees();
  }

  @Test
  void aRunThatWasCutShortIsCompletedByTheNext() throws Exception {
    replay("shop", false, THREE.replace("3,2020-01-03,Lamp,4,20.00\n", ""));
    try (Publisher publisher = publisher()) {
      new Ledger(publisher, new Producing("shop", "replay 1", ""), Clock.systemUTC())
          .start(LocalDate.parse("2020-01-02"));
    }

    replay("shop", false, THREE);

    assertThat(revenues()).isEqualTo(Map.of("2020-01-02", "106.1000", "2020-01-03", "80.0000"));
    assertThatTheLedgerAgrees();
  }

  @Test
  void recordsThatKafkaLostAreNotStatedAway() throws Exception {
    replay("shop", false, THREE);
    state("shop", "replay 1", "2020-01-03", 2);

    assertThatThrownBy(() -> replay("shop", false, THREE))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("Kafka lacks records of 2020-01-03: the ledger states 2")
        .hasMessageContaining("there are 1");

    replay("shop", true, THREE);
    assertThatTheLedgerAgrees();
  }

  @Test
  void whatTheLedgerStatesWronglyIsStatedAgain() throws Exception {
    replay("shop", false, THREE);
    state("shop", "replay 1", "2020-01-02", 1);

    JsonNode again = replay("shop", false, THREE);

    assertThat(again.path("written").asInt()).isZero();
    assertThat(again.path("changed_days").toString()).isEqualTo("[\"2020-01-02\"]");
    assertThatTheLedgerAgrees();
  }

  @Test
  void aDatasetOfAnotherProgramIsLeftAlone() throws Exception {
    state("shop", "datagen 1", "2020-01-02", 1);

    assertThatThrownBy(() -> replay("shop", true, THREE))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("'shop' is one that datagen 1 has made");
    assertThat(sales()).isEmpty();
  }

  @Test
  void customersAreCountedOnceADay() throws Exception {
    RunLedgerKey first = new RunLedgerKey("shop", LocalDate.parse("2020-01-02"));
    String mapping = MAPPING + "  customer_id: who\n";
    String header = "no,day,item,pieces,price,who\n";

    replay(
        mapping,
        "shop",
        false,
        header
            + "1,2020-01-02,Chair,1,1,Ada\n2,2020-01-02,Desk,1,1,Ada\n3,2020-01-02,Desk,1,1,Bea\n");
    assertThat(ledger().get(first).getCustomers()).isEqualTo(2);

    // Ada's first line stays, as it is not in the file; the others are somebody else's now.
    replay(
        mapping, "shop", false, header + "2,2020-01-02,Desk,1,1,Cyd\n3,2020-01-02,Desk,1,1,Cyd\n");
    assertThat(ledger().get(first).getCustomers()).isEqualTo(2);

    replay(mapping, "shop", true, header + "3,2020-01-02,Desk,1,1,Cyd\n");
    assertThat(ledger().get(first).getCustomers()).isOne();
  }

  private Publisher publisher() {
    return new Publisher(clients(), new Readiness(broker.endpoints()).require());
  }

  /** States records of a day that nobody has written. */
  private void state(String dataset, String producer, String day, int records) {
    DaySums sums = new DaySums();
    for (int i = 0; i < records; i++) {
      sums.add(new UUID(0, i), 1, BigDecimal.ONE, null);
    }
    try (Publisher publisher = publisher()) {
      Ledger ledger =
          new Ledger(publisher, new Producing(dataset, producer, ""), Clock.systemUTC());
      LocalDate date = LocalDate.parse(day);
      ledger.complete(date, ledger.start(date), sums, records, null);
    }
  }

  private JsonNode replay(String dataset, boolean replace, String text) throws IOException {
    return replay(MAPPING, dataset, replace, Instant.MAX, text);
  }

  private JsonNode replay(String mapping, String dataset, boolean replace, String text)
      throws IOException {
    return replay(mapping, dataset, replace, Instant.MAX, text);
  }

  private JsonNode replay(
      String mapping, String dataset, boolean replace, Instant since, String text)
      throws IOException {
    Path file = Files.writeString(folder.resolve("shop.csv"), text);
    ReplayRun.Options options =
        new ReplayRun.Options(dataset, "shop", replace, false, false, 0, since, folder);
    return new ReplayRun(
            options,
            MappingReader.read("shop.yaml", mapping),
            Places.NONE,
            ZoneId.of("America/New_York"))
        .replay(List.of(file), broker::endpoints)
        .json();
  }

  private AvroClients clients() {
    return new AvroClients(broker.endpoints().bootstrapServers(), broker.endpoints().registryUrl());
  }

  /** What each day sold, by the last record of each key. */
  private Map<String, String> revenues() {
    Map<String, BigDecimal> days = new TreeMap<>();
    sales()
        .values()
        .forEach(s -> days.merge(s.getTsDate().toString(), s.getRevenue(), BigDecimal::add));
    Map<String, String> text = new TreeMap<>();
    days.forEach((day, revenue) -> text.put(day, revenue.toPlainString()));
    return text;
  }

  private Map<DailyRecordKey, DailyRecord> sales() {
    Map<DailyRecordKey, DailyRecord> last = new HashMap<>();
    List<ConsumerRecord<DailyRecordKey, DailyRecord>> all = broker.read(Topic.DAILY_RECORDS);
    for (ConsumerRecord<DailyRecordKey, DailyRecord> each : all) {
      if (each.value() == null) {
        last.remove(each.key());
      } else {
        last.put(each.key(), each.value());
      }
    }
    return last;
  }

  private Map<RunLedgerKey, RunLedger> ledger() {
    Map<RunLedgerKey, RunLedger> last = new HashMap<>();
    List<ConsumerRecord<RunLedgerKey, RunLedger>> all = broker.read(Topic.RUN_LEDGER);
    all.forEach(each -> last.put(each.key(), each.value()));
    return last;
  }

  /** Every entry is complete, and all of a day add up to what the topic has of it. */
  private void assertThatTheLedgerAgrees() {
    Map<String, BigDecimal> revenue = new TreeMap<>();
    Map<String, Long> records = new TreeMap<>();
    ledger()
        .forEach(
            (key, entry) -> {
              assertThat(entry.getStatus()).as(key.toString()).isEqualTo("COMPLETE");
              revenue.merge(key.getTsDate().toString(), entry.getRevenue(), BigDecimal::add);
              records.merge(key.getTsDate().toString(), entry.getRecords(), Long::sum);
            });
    Map<String, Long> counted = new TreeMap<>();
    sales().values().forEach(s -> counted.merge(s.getTsDate().toString(), 1L, Long::sum));
    Map<String, String> present = revenues();
    Set<String> days = new HashSet<>(revenue.keySet());
    days.addAll(present.keySet());
    for (String day : days) {
      assertThat(records.get(day)).as(day).isEqualTo(counted.getOrDefault(day, 0L));
      assertThat(revenue.get(day).toPlainString())
          .as(day)
          .isEqualTo(present.getOrDefault(day, "0.0000"));
    }
  }
}
