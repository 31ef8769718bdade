package io.furnistream.datagen;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Progress;
import io.furnistream.datagen.pipeline.Batches;
import io.furnistream.datagen.pipeline.Lane;
import io.furnistream.datagen.pipeline.OrderedWorkers;
import io.furnistream.datagen.sales.Dataset;
import io.furnistream.datagen.sales.DayGenerator;
import io.furnistream.datagen.sales.GeneratedRecord;
import io.furnistream.datagen.sink.Sink;
import io.furnistream.datagen.sink.SinkTarget;
import io.furnistream.schemas.DayFigures;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Produces days of a dataset into a file, in their order: the records that {@link DatasetRun} sends
 * to Kafka. Several threads generate, one writes; memory does not grow with the number of records.
 */
final class SinkRun {

  /** Parts under way: enough that the thread which writes them seldom waits, and few in memory. */
  private static final int PARTS_AHEAD = 8;

  private final Dataset dataset;
  private final SinkTarget target;

  SinkRun(Dataset dataset, SinkTarget target) {
    this.dataset = dataset;
    this.target = target;
  }

  /**
   * Produces the days from {@code from} to {@code to}, both included.
   *
   * @return what they came to
   * @throws CannotRunException when they cannot be written, or this thread is interrupted; there is
   *     no new file then
   */
  RunSummary produce(LocalDate from, LocalDate to) {
    DayGenerator generator = new DayGenerator(dataset);
    List<LocalDate> days = from.datesUntil(to.plusDays(1)).toList();
    RunSummary summary = new RunSummary(dataset, from, to);
    try (Sink sink = target.open();
        Progress progress = Progress.start("Generating", "records", generator.records(days));
        OrderedWorkers workers = OrderedWorkers.onEveryProcessor("generate")) {
      Iterator<DayPart> parts =
          days.stream().flatMap(day -> DayPart.of(day, generator.plan(day).work())).iterator();
      write(parts, workers, sink, progress, summary);
      sink.finish();
    } catch (IOException e) {
      throw target.cannotWrite(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRunException(
          "Interrupted; no file was written. Run the same command again.", e);
    }
    return summary;
  }

  private static void write(
      Iterator<DayPart> parts,
      OrderedWorkers workers,
      Sink sink,
      Progress progress,
      RunSummary summary)
      throws IOException, InterruptedException {
    Deque<Part> ahead = new ArrayDeque<>();
    DayFigures figures = new DayFigures();
    while (parts.hasNext() || !ahead.isEmpty()) {
      while (parts.hasNext() && ahead.size() < PARTS_AHEAD) {
        ahead.add(start(parts.next(), workers));
      }
      Part part = ahead.remove();
      write(part.lane(), sink, figures, progress);
      if (part.last()) {
        summary.add(figures);
        figures = new DayFigures();
      }
    }
  }

  private static Part start(DayPart part, OrderedWorkers workers) {
    return new Part(
        part.last(),
        workers.start(
            results -> {
              Batches<GeneratedRecord> batches = new Batches<>(results);
              part.chunk().run(batches::add);
              batches.handOn();
            }));
  }

  private static void write(
      Lane<List<GeneratedRecord>> lane, Sink sink, DayFigures figures, Progress progress)
      throws IOException, InterruptedException {
    for (List<GeneratedRecord> records = lane.take(); records != null; records = lane.take()) {
      for (GeneratedRecord each : records) {
        sink.write(each.value());
        figures.add(each.id().uuid(), each.value());
      }
      progress.advance(records.size());
    }
  }

  /** A part of a day that is being generated, and whether the day ends with it. */
  private record Part(boolean last, Lane<List<GeneratedRecord>> lane) {}
}
