package io.furnistream.datagen;

import io.furnistream.cli.Progress;
import io.furnistream.datagen.pipeline.Lane;
import io.furnistream.datagen.pipeline.OrderedWorkers;
import io.furnistream.datagen.sales.GeneratedRecord;
import io.furnistream.producing.Publisher;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Has days generated part by part in several threads, and sends their records in order. */
final class DaySender {

  /**
   * Parts under way, of this day and the next: enough that the entry which starts a small day has
   * long been acknowledged when its first record is to be sent.
   */
  private static final int PARTS_AHEAD = 32;

  private final Function<LocalDate, List<OrderedWorkers.Work<GeneratedRecord>>> chunks;
  private final Publisher publisher;
  private final OrderedWorkers workers;
  private final OpenDays open;
  private final Progress progress;
  private final Deque<Part> ahead = new ArrayDeque<>();

  /**
   * A sender.
   *
   * @param chunks the parts of a day, which make up the day one after the other
   */
  DaySender(
      Function<LocalDate, List<OrderedWorkers.Work<GeneratedRecord>>> chunks,
      Publisher publisher,
      OrderedWorkers workers,
      OpenDays open,
      Progress progress) {
    this.chunks = chunks;
    this.publisher = publisher;
    this.workers = workers;
    this.open = open;
    this.progress = progress;
  }

  /**
   * Sends days and completes them.
   *
   * @throws InterruptedException when this thread is interrupted
   */
  void send(List<LocalDate> days) throws InterruptedException {
    Iterator<DayPart> plans =
        days.stream().flatMap(day -> DayPart.of(day, chunks.apply(day))).iterator();
    OpenDay newest = null;
    while (plans.hasNext() || !ahead.isEmpty()) {
      while (plans.hasNext() && ahead.size() < PARTS_AHEAD) {
        DayPart plan = plans.next();
        newest = plan.first() ? open.open(plan.day()) : newest;
        ahead.add(start(plan, newest));
      }
      send(ahead.remove());
    }
    open.completeAll();
  }

  private Part start(DayPart plan, OpenDay day) {
    EncodedChunk chunk = new EncodedChunk(plan.chunk(), publisher.encoder());
    return new Part(day, plan.last(), chunk, workers.start(chunk));
  }

  private void send(Part part) throws InterruptedException {
    OpenDay day = part.day();
    publisher.await(day.opening().entry());
    for (List<ProducerRecord<byte[], byte[]>> records = part.lane().take();
        records != null;
        records = part.lane().take()) {
      publisher.send(records, day.records());
      progress.advance(records.size());
      open.completeAcknowledged();
    }
    day.figures().add(part.chunk().figures());
    if (part.last()) {
      open.sent(day);
    }
  }

  /** A part of a day that is being generated. */
  private record Part(
      OpenDay day,
      boolean last,
      EncodedChunk chunk,
      Lane<List<ProducerRecord<byte[], byte[]>>> lane) {}
}
