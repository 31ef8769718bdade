package io.furnistream.datagen.live;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.StopSignal;
import io.furnistream.cli.Stopwatch;
import io.furnistream.datagen.sales.LiveDataset;
import io.furnistream.datagen.sales.LiveSales;
import io.furnistream.producing.Ledger;
import io.furnistream.producing.Publisher;
import io.furnistream.producing.Readiness;
import io.furnistream.producing.SchemaIds;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.RunLedger;
import io.furnistream.stores.kafka.DatasetLedger;
import io.furnistream.stores.kafka.Kafka;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.function.Consumer;

/**
 * Produces sales as they come in, until it is asked to stop. The ledger's entry of the day is
 * replaced each minute; a run that was killed is gone on with where the ledger says that it was.
 */
public final class LiveRun {

  /** A broker may be away this long; then the run fails, and can be gone on with. */
  private static final Duration GIVE_UP_AFTER = Duration.ofHours(1);

  /**
   * What may be on its way to Kafka at once. With what comes in while it catches up, that is less
   * than twice the rate, and more than a round trip to a cluster takes.
   */
  private static final Duration ON_THE_WAY = Duration.ofMillis(350);

  private static final int MOST_ATTEMPTS = 5;

  private final LiveDataset dataset;
  private final Endpoints endpoints;
  private final Clock clock;
  private final Stopwatch stopwatch;
  private final Duration onTheWay;
  private final StopSignal stop;
  private final Consumer<String> messages;

  /**
   * A run of a dataset.
   *
   * @param clock tells what now is
   * @param stopwatch tells how much time passes
   * @param stop ends it
   * @param messages is told once a minute what came in
   */
  public LiveRun(
      LiveDataset dataset,
      Endpoints endpoints,
      Clock clock,
      Stopwatch stopwatch,
      StopSignal stop,
      Consumer<String> messages) {
    this(dataset, endpoints, clock, stopwatch, ON_THE_WAY, stop, messages);
  }

  /** A run in a time of its own, in which other records are on their way at once. */
  LiveRun(
      LiveDataset dataset,
      Endpoints endpoints,
      Clock clock,
      Stopwatch stopwatch,
      Duration onTheWay,
      StopSignal stop,
      Consumer<String> messages) {
    this.dataset = dataset;
    this.endpoints = endpoints;
    this.clock = clock;
    this.stopwatch = stopwatch;
    this.onTheWay = onTheWay;
    this.stop = stop;
    this.messages = messages;
  }

  /**
   * Produces until it is asked to stop.
   *
   * @return what it has produced
   * @throws CannotRunException when Kafka or the registry do not answer, lack something, do not
   *     take a record, or have not acknowledged all of them soon after the run was asked to stop;
   *     when the run was asked to stop while it made up for what came in before
   */
  public LiveSummary produce() {
    SchemaIds ids = new Readiness(endpoints).require();
    LiveSales sales = new LiveSales(dataset);
    AvroClients clients = new AvroClients(endpoints.kafkaClient(), endpoints.registryClient());
    try (Kafka kafka = new Kafka(endpoints);
        Publisher publisher = new Publisher(clients, ids, GIVE_UP_AFTER)) {
      Ledger ledger = new Ledger(publisher, dataset.producing(), clock);
      try (DatasetLedger entries =
          new DatasetLedger(kafka, endpoints, dataset.name(), ledger.runId())) {
        OtherRuns others = new OtherRuns(entries);
        LiveSender sender = new LiveSender(dataset.name(), publisher, stop);
        return produce(sales, ledger, others, sender);
      }
    }
  }

  /** Of runs that begin at the same time, each takes over from those whose entries it overtook. */
  private LiveSummary produce(LiveSales sales, Ledger ledger, OtherRuns others, LiveSender sender) {
    for (int attempt = 1; ; attempt++) {
      NavigableMap<LocalDate, RunLedger> stated = others.stated();
      LivePlan plan = LivePlan.of(dataset, sales, stated, clock.instant());
      LiveDays days = new LiveDays(ledger, sales, stated, clock, others, sender::await);
      try {
        return new Follower(
                dataset, sales, days, sender, onTheWay, clock, stopwatch, stop, messages)
            .follow(plan);
      } catch (OtherRuns.YoungerRunException e) {
        if (sender.sums().records() > 0 || attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
