package io.furnistream.datagen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.furnistream.cli.Progress;
import io.furnistream.datagen.pipeline.OrderedWorkers;
import io.furnistream.datagen.sales.Dataset;
import io.furnistream.datagen.sales.DayGenerator;
import io.furnistream.datagen.sales.Days;
import io.furnistream.datagen.sales.GeneratedRecord;
import io.furnistream.producing.Ledger;
import io.furnistream.producing.Publisher;
import io.furnistream.producing.Readiness;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.schemas.Topic;
import io.furnistream.testing.PlatformBroker;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days that are cut into parts, on a real broker. */
class DaySenderTest {

  private static final LocalDate FIRST = LocalDate.parse("2023-12-01");
  private static final LocalDate SECOND = LocalDate.parse("2023-12-02");
  private static final String THREADS = "day-sender-test";

  @TempDir private Path folder;
  private final Dataset dataset = Days.dataset(1, 3_000);
  private final DayGenerator generator = new DayGenerator(dataset);
  private final List<BigDecimal> completed = new ArrayList<>();
  private PlatformBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = PlatformBroker.startWithLogs(folder);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void partsMakeUpTheDayInItsOrderAndItsFigures() throws Exception {
    send(this::parts, List.of(FIRST, SECOND));

    Map<Integer, List<DailyRecord>> expected = new HashMap<>();
    BigDecimal revenue = BigDecimal.ZERO;
    for (LocalDate day : List.of(FIRST, SECOND)) {
      for (GeneratedRecord each : Days.generate(generator, day.toString())) {
        expected
            .computeIfAbsent(each.id().partition(6), any -> new ArrayList<>())
            .add(each.value());
        revenue = revenue.add(each.value().getRevenue());
      }
    }
    Map<Integer, List<DailyRecord>> found = new HashMap<>();
    for (ConsumerRecord<DailyRecordKey, DailyRecord> each :
        broker.<DailyRecordKey, DailyRecord>read(Topic.DAILY_RECORDS)) {
      found.computeIfAbsent(each.partition(), any -> new ArrayList<>()).add(each.value());
    }
    assertThat(found).isEqualTo(expected);

    BigDecimal stated = BigDecimal.ZERO;
    for (ConsumerRecord<RunLedgerKey, RunLedger> each :
        broker.<RunLedgerKey, RunLedger>read(Topic.RUN_LEDGER)) {
      if (each.value().getStatus().equals("COMPLETE")) {
        assertThat(each.value().getRecords()).isEqualTo(3_000);
        stated = stated.add(each.value().getRevenue());
      }
    }
    assertThat(stated).isEqualTo(revenue);
    assertThat(completed.stream().reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualTo(revenue);
  }

  @Test
  void aDayWithoutPartsIsStatedToHoldNothing() throws Exception {
    send(day -> day.equals(FIRST) ? List.of() : parts(day), List.of(FIRST, SECOND));

    assertThat(statuses(FIRST)).containsExactly("STARTED", "COMPLETE");
    assertThat(statuses(SECOND)).containsExactly("STARTED", "COMPLETE");
    assertThat(broker.<RunLedgerKey, RunLedger>read(Topic.RUN_LEDGER))
        .filteredOn(each -> each.key().getTsDate().equals(FIRST))
        .last()
        .extracting(each -> each.value().getRecords())
        .isEqualTo(0L);
    assertThat(broker.count(Topic.DAILY_RECORDS)).isEqualTo(3_000);
  }

  @Test
  void aPartThatFailsEndsTheRunAndItsDayStaysStarted() {
    Function<LocalDate, List<OrderedWorkers.Work<GeneratedRecord>>> failing =
        day -> {
          List<OrderedWorkers.Work<GeneratedRecord>> parts = new ArrayList<>(parts(day));
          if (day.equals(SECOND)) {
            parts.set(
                3,
                sink -> {
                  throw new IllegalStateException("no such product");
                });
          }
          return parts;
        };

    assertThatThrownBy(() -> send(failing, List.of(FIRST, SECOND)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no such product");

    assertThat(statuses(SECOND)).containsExactly("STARTED");
    await("threads to end").atMost(Duration.ofSeconds(10)).until(() -> threads().isEmpty());
  }

  @Test
  void anInterruptEndsTheRunAndTheDayStaysStarted() {
    Thread sender = Thread.currentThread();
    Function<LocalDate, List<OrderedWorkers.Work<GeneratedRecord>>> interrupting =
        day -> {
          List<OrderedWorkers.Work<GeneratedRecord>> parts = new ArrayList<>(parts(day));
          // Endless, so that only the interrupt can end it.
          parts.set(
              1,
              sink -> {
                await("the day to be started").until(() -> !statuses(day).isEmpty());
                sender.interrupt();
                while (true) {
                  generator.generate(day, sink);
                }
              });
          return parts;
        };

    assertThatThrownBy(() -> send(interrupting, List.of(FIRST)));

    // Kafka's clients set it again.
    Thread.interrupted();
    assertThat(statuses(FIRST)).containsExactly("STARTED");
    await("threads to end").atMost(Duration.ofSeconds(10)).until(() -> threads().isEmpty());
  }

  private void send(
      Function<LocalDate, List<OrderedWorkers.Work<GeneratedRecord>>> chunks, List<LocalDate> days)
      throws InterruptedException {
    AvroClients clients =
        new AvroClients(broker.endpoints().kafkaClient(), broker.endpoints().registryClient());
    try (Publisher publisher = new Publisher(clients, new Readiness(broker.endpoints()).require());
        Progress progress = Progress.start("Testing", "records", 6_000);
        OrderedWorkers workers = new OrderedWorkers(THREADS, 3)) {
      Ledger ledger = new Ledger(publisher, dataset.producing(), Clock.systemUTC());
      OpenDays open =
          new OpenDays(publisher, ledger, (day, figures) -> completed.add(figures.revenue()));
      new DaySender(chunks, publisher, workers, open, progress).send(days);
    }
  }

  /** Ten parts of a day, some of them without a record. */
  private List<OrderedWorkers.Work<GeneratedRecord>> parts(LocalDate day) {
    List<GeneratedRecord> all = Days.generate(generator, day.toString());
    List<OrderedWorkers.Work<GeneratedRecord>> parts = new ArrayList<>();
    int from = 0;
    for (int to : List.of(0, 1, 2, 500, 999, 1_000, 1_000, 2_000, 2_999, 3_000)) {
      List<GeneratedRecord> part = all.subList(from, to);
      parts.add(part::forEach);
      from = to;
    }
    return parts;
  }

  private List<String> statuses(LocalDate day) {
    return broker.<RunLedgerKey, RunLedger>read(Topic.RUN_LEDGER).stream()
        .filter(each -> each.key().getTsDate().equals(day))
        .map(each -> each.value().getStatus())
        .toList();
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(THREADS))
        .toList();
  }
}
