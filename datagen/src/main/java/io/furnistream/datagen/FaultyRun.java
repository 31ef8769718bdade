package io.furnistream.datagen;

import io.furnistream.cli.Endpoints;
import io.furnistream.cli.Progress;
import io.furnistream.datagen.faults.FaultySales;
import io.furnistream.datagen.faults.Sale;
import io.furnistream.datagen.sales.Dataset;
import io.furnistream.datagen.sales.DayGenerator;
import io.furnistream.producing.Delivery;
import io.furnistream.producing.Ledger;
import io.furnistream.producing.Publisher;
import io.furnistream.producing.Readiness;
import io.furnistream.producing.SchemaIds;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DayFigures;
import io.furnistream.schemas.Faults;
import io.furnistream.schemas.SchemaRegistrar;
import io.furnistream.schemas.Topic;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Produces days of a dataset that has faults, one record after the other: their order is part of
 * them. A day is COMPLETE once its last late record was acknowledged, which may be after the next
 * day's; a run that fails leaves such days STARTED.
 */
final class FaultyRun {

  private final Dataset dataset;
  private final Endpoints endpoints;
  private final Clock clock;
  private final Consumer<String> messages;

  private record Produced(LocalDate day, Instant startedAt, DayFigures figures, Faults faults) {}

  /**
   * A run of a dataset.
   *
   * @param clock gives the ledger the times when days start and end
   * @param messages is told what was registered
   */
  FaultyRun(Dataset dataset, Endpoints endpoints, Clock clock, Consumer<String> messages) {
    this.dataset = dataset;
    this.endpoints = endpoints;
    this.clock = clock;
    this.messages = messages;
  }

  /**
   * Produces the days from {@code from} to {@code to}, both included.
   *
   * @return what they came to
   * @throws io.furnistream.cli.CannotRunException when Kafka or the registry do not answer, lack
   *     something, or do not take a record
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
        Progress progress = Progress.start("Generating", "records", total)) {
      Delivery sent = publisher.delivery();
      Ledger ledger = new Ledger(publisher, dataset.producing(), clock);
      FaultySales sales =
          new FaultySales(
              dataset.faults(),
              dataset.name(),
              ledger.runId(),
              new SchemaRegistrar(endpoints.registryClient()),
              (partition, time, key, value, headers) ->
                  publisher.send(
                      List.of(
                          new ProducerRecord<>(
                              Topic.DAILY_RECORDS.topicName(),
                              partition,
                              time.toEpochMilli(),
                              key,
                              value,
                              headers)),
                      sent),
              messages);
      CompletedDays completed = new CompletedDays(summary, progress);
      Deque<Produced> open = new ArrayDeque<>();
      for (LocalDate day : days) {
        Instant startedAt = ledger.start(day);
        DayFigures figures = new DayFigures();
        sales.startDay(day);
        generator.generate(
            day,
            sale -> {
              sales.put(new Sale(sale.id(), sale.key(), sale.value()));
              figures.add(sale.value());
              progress.advance(1);
            });
        open.add(new Produced(day, startedAt, figures, sales.endDay()));
        publisher.drain();
        // The day before has nothing left; this one may.
        while (open.size() > (sales.holdsRecords() ? 1 : 0)) {
          complete(open.remove(), ledger, completed, summary);
        }
      }
      sales.end();
      publisher.drain();
      open.forEach(produced -> complete(produced, ledger, completed, summary));
    }
    return summary;
  }

  private static void complete(
      Produced produced, Ledger ledger, CompletedDays completed, RunSummary summary) {
    ledger.complete(produced.day(), produced.startedAt(), produced.figures(), produced.faults());
    completed.accept(produced.day(), produced.figures());
    summary.add(produced.faults());
  }
}
