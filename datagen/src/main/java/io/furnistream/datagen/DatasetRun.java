package io.furnistream.datagen;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.Progress;
import io.furnistream.datagen.pipeline.OrderedWorkers;
import io.furnistream.datagen.sales.Dataset;
import io.furnistream.datagen.sales.DayGenerator;
import io.furnistream.producing.Ledger;
import io.furnistream.producing.Publisher;
import io.furnistream.producing.Readiness;
import io.furnistream.producing.SchemaIds;
import io.furnistream.schemas.AvroClients;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;

/**
 * Produces days of a dataset into Kafka, in their order. A day that is not completed, whatever the
 * reason, stays STARTED in the ledger; producing it again replaces it.
 */
final class DatasetRun {

  private final Dataset dataset;
  private final Endpoints endpoints;
  private final Clock clock;

  /**
   * A run of a dataset.
   *
   * @param clock gives the ledger the times when days start and end
   */
  DatasetRun(Dataset dataset, Endpoints endpoints, Clock clock) {
    this.dataset = dataset;
    this.endpoints = endpoints;
    this.clock = clock;
  }

  /**
   * Produces the days from {@code from} to {@code to}, both included.
   *
   * @return what they came to
   * @throws CannotRunException when Kafka or the registry do not answer, lack something, or do not
   *     take a record; when this thread is interrupted
   */
  RunSummary produce(LocalDate from, LocalDate to) {
    SchemaIds ids = new Readiness(endpoints).require();
    DayGenerator generator = new DayGenerator(dataset);
    RunSummary summary = new RunSummary(dataset, from, to);
    List<LocalDate> days = from.datesUntil(to.plusDays(1)).toList();
    long total = generator.records(days);
    try (Publisher publisher =
            new Publisher(
                new AvroClients(endpoints.kafkaClient(), endpoints.registryClient()), ids);
        Progress progress = Progress.start("Generating", "records", total);
        OrderedWorkers workers = OrderedWorkers.onEveryProcessor("generate")) {
      Ledger ledger = new Ledger(publisher, dataset.producing(), clock);
      OpenDays open = new OpenDays(publisher, ledger, new CompletedDays(summary, progress));
      new DaySender(day -> generator.plan(day).work(), publisher, workers, open, progress)
          .send(days);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRunException(
          "Interrupted. The last days are not complete; run the same command again: it replaces them.",
          e);
    }
    return summary;
  }
}
