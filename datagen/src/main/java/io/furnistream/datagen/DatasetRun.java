package io.furnistream.datagen;

import io.furnistream.cli.Endpoints;
import io.furnistream.cli.Progress;
import io.furnistream.producing.Ledger;
import io.furnistream.producing.Publisher;
import io.furnistream.producing.Readiness;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DayFigures;
import io.furnistream.schemas.Topic;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * Produces days of a dataset into Kafka, one after the other. A day that is not completed, whatever
 * the reason, stays STARTED in the ledger; producing it again replaces it.
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
   * @throws io.furnistream.cli.CannotRunException when Kafka or the registry do not answer, lack
   *     something, or do not take a record
   */
  RunSummary produce(LocalDate from, LocalDate to) {
    new Readiness(endpoints).require(List.of(Topic.DAILY_RECORDS, Topic.RUN_LEDGER));
    DayGenerator generator = new DayGenerator(dataset);
    RunSummary summary = new RunSummary(dataset, from, to);
    List<LocalDate> days = from.datesUntil(to.plusDays(1)).toList();
    long total = days.stream().mapToLong(generator::records).sum();
    try (Publisher publisher =
            new Publisher(new AvroClients(endpoints.kafkaClient(), endpoints.registryClient()));
        Progress progress = Progress.start("Generating", "records", total)) {
      Ledger ledger = new Ledger(publisher, dataset.producing(), clock);
      for (LocalDate day : days) {
        Instant startedAt = ledger.start(day);
        DayFigures figures = new DayFigures();
        generator.generate(
            day,
            sale -> {
              publish(publisher, sale);
              figures.add(sale.value());
              progress.advance(1);
            });
        publisher.drain();
        ledger.complete(day, startedAt, figures);
        summary.add(figures);
      }
    }
    return summary;
  }

  private static void publish(Publisher publisher, GeneratedRecord sale) {
    publisher.send(
        Topic.DAILY_RECORDS,
        sale.id().partition(Topic.DAILY_RECORDS.partitions()),
        sale.value().getTs(),
        sale.key(),
        sale.value());
  }
}
