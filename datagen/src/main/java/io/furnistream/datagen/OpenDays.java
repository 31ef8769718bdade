package io.furnistream.datagen;

import io.furnistream.producing.Ledger;
import io.furnistream.producing.Publisher;
import io.furnistream.schemas.DayFigures;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;

/**
 * The days of a run that are started and not complete. A day is completed once Kafka has
 * acknowledged its own records, while those of later days are under way.
 */
final class OpenDays {

  /** Days whose records are all sent; with one record a day, they take 64 days to a round trip. */
  private static final int MOST_WAITING = 64;

  private final Publisher publisher;
  private final Ledger ledger;
  private final BiConsumer<LocalDate, DayFigures> completed;
  private final Deque<OpenDay> waiting = new ArrayDeque<>();

  /**
   * No day yet.
   *
   * @param completed is told what each completed day holds
   */
  OpenDays(Publisher publisher, Ledger ledger, BiConsumer<LocalDate, DayFigures> completed) {
    this.publisher = publisher;
    this.ledger = ledger;
    this.completed = completed;
  }

  /** States that a day is being produced, without waiting for Kafka to have it. */
  OpenDay open(LocalDate day) {
    return new OpenDay(day, ledger.open(day), publisher.delivery(), new DayFigures());
  }

  /** Takes a day whose records were all sent, after those before it. */
  void sent(OpenDay day) {
    waiting.add(day);
    if (waiting.size() > MOST_WAITING) {
      completeOldest();
    }
  }

  /** Completes the days whose records Kafka has, without waiting for any. */
  void completeAcknowledged() {
    while (!waiting.isEmpty() && publisher.isAcknowledged(waiting.peek().records())) {
      completeOldest();
    }
  }

  /** Completes all days that were sent, and waits until Kafka has what the ledger says of them. */
  void completeAll() {
    while (!waiting.isEmpty()) {
      completeOldest();
    }
    publisher.drain();
  }

  private void completeOldest() {
    OpenDay oldest = waiting.remove();
    publisher.await(oldest.records());
    ledger.close(oldest.day(), oldest.opening(), oldest.figures());
    completed.accept(oldest.day(), oldest.figures());
  }
}
