package io.furnistream.datagen.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.furnistream.cli.StopSignal;
import io.furnistream.datagen.sales.Days;
import io.furnistream.datagen.sales.LiveDataset;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.DatasetHeader;
import io.furnistream.schemas.DayFigures;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.schemas.Topic;
import io.furnistream.testing.PlatformBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs against a real broker, in a time that passes sixty times as fast. */
class LiveRunTest {

  private static final int SPEED = 60;
  private static final int RATE = 20;

  /** In New York, 12:00:30. */
  private static final Instant NOON = Instant.parse("2027-11-26T17:00:30Z");

  private static final LiveDataset AT_RATE = new LiveDataset(Days.furniture(), 7, false, RATE);

  @TempDir private Path folder;
  private PlatformBroker broker;
  private final List<String> messages = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    broker = PlatformBroker.startWithLogs(folder);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void whatCameInIsStatedToTheRecord() {
    LiveSummary summary = run(AT_RATE, NOON, 3);

    RunLedger entry = ledger().get(LocalDate.parse("2027-11-26"));
    assertThat(entry.getStatus()).isEqualTo("COMPLETE");
    assertThat(entry.getUntil()).isEqualTo(summary.until());
    assertThat(Duration.between(NOON, summary.from())).isLessThan(Duration.ofMinutes(1));
    requireStated(entry);
    assertThat(summary.sums().records()).isEqualTo(entry.getRecords());
    // Half a minute, two whole ones, and what came in until it was stopped.
    double seconds = Duration.between(summary.from(), summary.until()).toMillis() / 1_000.0;
    assertThat((double) entry.getRecords())
        .isBetween(RATE * seconds - 2 * RATE, RATE * seconds + 2 * RATE);
    assertThat(messages).hasSize(3).allMatch(line -> line.contains("records in this minute"));
  }

  @Test
  void aKilledRunIsGoneOnWithWithoutAGapOrADouble() {
    killAt(AT_RATE, NOON, NOON.plusSeconds(170));
    RunLedger left = ledger().get(LocalDate.parse("2027-11-26"));
    assertThat(left.getStatus()).isEqualTo("STARTED");
    assertThat(left.getUntil()).isAfter(NOON.plusSeconds(20));
    assertThat(sales().size()).as("records beyond the entry").isGreaterThan(records(left));

    // Fourteen minutes later.
    LiveSummary summary = run(AT_RATE, NOON.plus(Duration.ofMinutes(16)), 5);

    RunLedger entry = ledger().get(LocalDate.parse("2027-11-26"));
    assertThat(entry.getStatus()).isEqualTo("COMPLETE");
    assertThat(entry.getSpans().chars().filter(c -> c == '[').count())
        .as("one span, and the list: " + entry.getSpans())
        .isEqualTo(2);
    requireStated(entry);
    assertThat(summary.from()).isEqualTo(left.getUntil());
    Map<Instant, Integer> minutes = new HashMap<>();
    sales()
        .values()
        .forEach(
            sale -> minutes.merge(sale.getTs().truncatedTo(ChronoUnit.MINUTES), 1, Integer::sum));
    for (Instant minute = Instant.parse("2027-11-26T17:01:00Z");
        minute.isBefore(summary.until().minusSeconds(60));
        minute = minute.plusSeconds(60)) {
      assertThat(minutes.get(minute)).as(minute.toString()).isEqualTo(60 * RATE);
    }
  }

  @Test
  void aRunThatWasStoppedBeginsAnewAtARateAndMakesUpWithDemand() {
    run(AT_RATE, NOON, 1);
    run(AT_RATE, NOON.plus(Duration.ofMinutes(30)), 1);
    RunLedger entry = ledger().get(LocalDate.parse("2027-11-26"));
    requireStated(entry);
    assertThat(entry.getSpans().chars().filter(c -> c == '[').count()).isEqualTo(3);

    LiveDataset modelled = new LiveDataset(Days.furniture(), 7, true, 2_000);
    LiveSummary first = run(modelled, NOON, 1);
    assertThat(first.from()).isEqualTo("2027-11-26T05:00:00Z");
    LiveSummary second = run(modelled, NOON.plus(Duration.ofMinutes(30)), 1);
    assertThat(second.from()).isEqualTo(first.until());
  }

  @Test
  void midnightClosesADayAndOpensTheNext() {
    // In New York, 23:58:30.
    LiveSummary summary = run(AT_RATE, Instant.parse("2027-11-27T04:58:30Z"), 3);

    RunLedger first = ledger().get(LocalDate.parse("2027-11-26"));
    RunLedger second = ledger().get(LocalDate.parse("2027-11-27"));
    assertThat(first.getStatus()).isEqualTo("COMPLETE");
    assertThat(first.getUntil()).isEqualTo("2027-11-27T05:00:00Z");
    assertThat(second.getStatus()).isEqualTo("COMPLETE");
    assertThat(second.getUntil()).isEqualTo(summary.until());
    assertThat(records(first) + records(second)).isEqualTo(sales().size());
    assertThat(records(second)).isPositive();
  }

  @Test
  void aDayThatWasKilledLongAgoIsBroughtToAnEnd() {
    killAt(AT_RATE, NOON, NOON.plusSeconds(170));
    run(AT_RATE, NOON.plus(Duration.ofDays(2)), 1);
    RunLedger first = ledger().get(LocalDate.parse("2027-11-26"));
    assertThat(first.getStatus()).isEqualTo("COMPLETE");
    requireStated(first);
    assertThat(ledger().get(LocalDate.parse("2027-11-28")).getStatus()).isEqualTo("COMPLETE");
    assertThat(ledger()).hasSize(2);
  }

  /** Killed again while it goes on after a long time: what that sent is stated in the end, too. */
  @Test
  void aSecondKillSoonAfterTheFirstLosesNothing() {
    killAt(AT_RATE, NOON, NOON.plusSeconds(170));
    Instant later = NOON.plus(Duration.ofMinutes(90));
    killAt(AT_RATE, later, later.plusSeconds(100));
    int sent = sales().size();
    run(AT_RATE, later.plus(Duration.ofMinutes(3)), 1);
    RunLedger entry = ledger().get(LocalDate.parse("2027-11-26"));
    assertThat(entry.getStatus()).isEqualTo("COMPLETE");
    requireStated(entry);
    assertThat(records(entry)).isGreaterThanOrEqualTo(sent);
  }

  @Test
  void ofTwoRunsTheElderEndsAndTheYoungerStatesWhatBothHaveSent() throws Exception {
    FastTime time = new FastTime(NOON, SPEED);
    StopSignal never = new StopSignal();
    CompletableFuture<LiveSummary> elder =
        CompletableFuture.supplyAsync(() -> produce(AT_RATE, time, never, line -> {}));
    await("sales of the elder").until(() -> broker.count(Topic.DAILY_RECORDS) > 0);

    StopSignal stop = new StopSignal();
    LiveSummary younger =
        produce(
            AT_RATE,
            time,
            stop,
            line -> {
              if (line.startsWith("Until") && elder.isDone()) {
                stop.request();
              }
            });

    assertThatThrownBy(() -> elder.get(10, TimeUnit.SECONDS))
        .hasMessageContaining("Another run of this dataset has begun");
    RunLedger entry = ledger().get(LocalDate.parse("2027-11-26"));
    assertThat(entry.getStatus()).isEqualTo("COMPLETE");
    assertThat(entry.getUntil()).isEqualTo(younger.until());
    requireStated(entry);
  }

  private LiveSummary run(LiveDataset dataset, Instant start, int minutes) {
    return run(dataset, new FastTime(start, SPEED), minutes);
  }

  /** Runs until so many minutes have been told of. */
  private LiveSummary run(LiveDataset dataset, FastTime time, int minutes) {
    StopSignal stop = new StopSignal();
    messages.clear();
    return produce(
        dataset,
        time,
        stop,
        line -> {
          if (line.startsWith("Until")) {
            messages.add(line);
            if (messages.size() == minutes) {
              stop.request();
            }
          }
        });
  }

  private LiveSummary produce(
      LiveDataset dataset, FastTime time, StopSignal stop, Consumer<String> told) {
    Duration onTheWay = Duration.ofMillis(350).multipliedBy(SPEED);
    return new LiveRun(dataset, broker.endpoints(), time, time, onTheWay, stop, told).produce();
  }

  private void killAt(LiveDataset dataset, Instant start, Instant end) {
    FastTime time = new FastTime(start, SPEED);
    time.endAt(end);
    assertThatThrownBy(() -> run(dataset, time, Integer.MAX_VALUE))
        .isInstanceOf(FastTime.Killed.class);
  }

  private void requireStated(RunLedger entry) {
    DayFigures figures = new DayFigures();
    sales().values().stream()
        .filter(sale -> sale.getTsDate().equals(LocalDate.parse("2027-11-26")))
        .forEach(figures::add);
    assertThat(entry.getRecords()).isEqualTo(figures.records());
    assertThat(entry.getQuantity()).isEqualTo(figures.quantity());
    assertThat(entry.getRevenue()).isEqualByComparingTo(figures.revenue());
    assertThat(entry.getProfit()).isEqualByComparingTo(figures.profit());
    assertThat(entry.getCustomers()).isEqualTo(figures.customers());
    assertThat(entry.getIdChecksum()).isEqualTo(figures.idChecksum().toString());
  }

  private static int records(RunLedger entry) {
    return Math.toIntExact(entry.getRecords());
  }

  private Map<String, DailyRecord> sales() {
    Map<String, DailyRecord> sales = new HashMap<>();
    for (ConsumerRecord<DailyRecordKey, DailyRecord> each :
        broker.<DailyRecordKey, DailyRecord>read(Topic.DAILY_RECORDS)) {
      assertThat(DatasetHeader.datasetOf(each.headers())).isPresent();
      sales.put(each.key().getTsId(), each.value());
    }
    return sales;
  }

  private Map<LocalDate, RunLedger> ledger() {
    Map<LocalDate, RunLedger> days = new TreeMap<>();
    for (ConsumerRecord<RunLedgerKey, RunLedger> each :
        broker.<RunLedgerKey, RunLedger>read(Topic.RUN_LEDGER)) {
      days.put(each.key().getTsDate(), each.value());
    }
    return days;
  }
}
