package io.furnistream.datagen.live;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.StopSignal;
import io.furnistream.cli.Stopwatch;
import io.furnistream.datagen.sales.GeneratedRecord;
import io.furnistream.datagen.sales.LiveDataset;
import io.furnistream.datagen.sales.LiveSales;
import io.furnistream.producing.Delivery;
import io.furnistream.producing.Ledger;
import io.furnistream.producing.Publisher;
import io.furnistream.producing.RecordEncoder;
import io.furnistream.schemas.DatasetHeader;
import io.furnistream.schemas.DaySums;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Sends the orders of a live run in their order, and states each minute in the ledger once Kafka
 * has acknowledged it. Not thread-safe.
 */
final class LiveSender {

  /** Less than Airflow gives a task that it stops. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);
  private static final Duration ACKNOWLEDGED_SOON = Duration.ofMillis(5);

  private static final Duration WORTH_SAYING = Duration.ofSeconds(1);

  private final LiveDataset dataset;
  private final LiveSales sales;
  private final Publisher publisher;
  private final Ledger ledger;
  private final Duration onTheWay;
  private final Map<LocalDate, RunLedger> stated;
  private final Clock clock;
  private final Stopwatch stopwatch;
  private final StopSignal stop;
  private final Consumer<String> messages;
  private final RecordEncoder encoder;
  private final List<Header> headers;
  private final Delivery records;
  private final DaySums sums = new DaySums();
  private Instant begun;
  private LiveDay day;
  private Delivery entry;

  /**
   * A sender.
   *
   * @param onTheWay the records of so much time may be on their way to Kafka at once
   * @param stated what the ledger says of the dataset's days before the run
   */
  LiveSender(
      LiveDataset dataset,
      LiveSales sales,
      Publisher publisher,
      Ledger ledger,
      Duration onTheWay,
      Map<LocalDate, RunLedger> stated,
      Clock clock,
      Stopwatch stopwatch,
      StopSignal stop,
      Consumer<String> messages) {
    this.dataset = dataset;
    this.sales = sales;
    this.publisher = publisher;
    this.ledger = ledger;
    this.onTheWay = onTheWay;
    this.stated = stated;
    this.clock = clock;
    this.stopwatch = stopwatch;
    this.stop = stop;
    this.messages = messages;
    this.encoder = publisher.encoder();
    this.headers = List.of(new DatasetHeader(dataset.name()).header());
    this.records = publisher.delivery();
    this.entry = publisher.delivery();
  }

  /**
   * Sends what came in within a time that has passed, as fast as Kafka takes it.
   *
   * @throws CannotRunException when the run was asked to stop before all of it was sent
   */
  void makeUp(Spans.Span missed) {
    messages.accept("Making up for " + missed.from() + " to " + missed.to());
    goOnAt(missed.from());
    for (Instant from = missed.from(); from.isBefore(missed.to()); from = endOfMinute(from)) {
      if (stop.isRequested()) {
        throw new CannotRunException(
            "Stopped while it made up for what came in until now. Start it again: it goes on.");
      }
      for (List<GeneratedRecord> order : sales.orders(minuteOf(from))) {
        Instant ts = timeOf(order);
        if (!ts.isBefore(from) && ts.isBefore(missed.to())) {
          send(order);
        }
      }
    }
    publisher.await(records);
    state(missed.to());
  }

  /**
   * Sends what comes in, until the run is asked to stop.
   *
   * @param start all that came in before was sent
   * @throws CannotRunException when Kafka has not acknowledged all of it soon after that; the
   *     ledger then has the day STARTED, up to its latest minute
   */
  LiveSummary follow(Instant start) {
    LiveClock time = new LiveClock(clock, stopwatch, start);
    Instant from = start;
    while (true) {
      goOnAt(from);
      long before = day.records();
      Instant end = endOfMinute(from);
      Instant unsent = sendUntilStop(time, from, end);
      if (unsent.isBefore(end) || !awaitDue(time, end, 1)) {
        return stopAt(time, earlier(unsent, justAfter(time.position())));
      }
      awaitAcknowledged(time);
      state(end);
      tell(end, day.records() - before, time.behind());
      from = end;
    }
  }

  /**
   * Sends a minute's orders as they come in; returns when the first unsent one does, or the end.
   */
  private Instant sendUntilStop(LiveClock time, Instant from, Instant end) {
    Instant minute = minuteOf(from);
    long most =
        Math.max(1, sales.lines(minute) * onTheWay.toMillis() / LiveSales.MINUTE.toMillis());
    for (List<GeneratedRecord> order : sales.orders(minute)) {
      Instant ts = timeOf(order);
      if (!ts.isBefore(from)) {
        if (!awaitDue(time, ts, most)) {
          return ts;
        }
        send(order);
      }
    }
    return end;
  }

  /**
   * Waits until something comes in. While too much is on its way to Kafka, time stands still: what
   * comes in then waits here, and not in the producer, which would send it all at once.
   *
   * @param most records that may be on their way
   * @return false when the run was asked to stop
   */
  private boolean awaitDue(LiveClock time, Instant due, long most) {
    while (!stop.isRequested()) {
      if (publisher.unacknowledged(records) >= most
          && !publisher.await(records, ACKNOWLEDGED_SOON)) {
        time.hold();
      } else if (time.advance().isBefore(due)) {
        Duration left = Duration.between(time.position(), due);
        stop.await(left.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : left.plus(SHORTEST_WAIT));
      } else {
        return true;
      }
    }
    return false;
  }

  private void awaitAcknowledged(LiveClock time) {
    Duration stopping = Duration.ZERO;
    while (!publisher.await(records, ACKNOWLEDGED_SOON)
        || !publisher.await(entry, ACKNOWLEDGED_SOON)) {
      time.hold();
      stopping = stop.isRequested() ? stopping.plus(ACKNOWLEDGED_SOON) : Duration.ZERO;
      if (stopping.compareTo(STOP_WITHIN) > 0) {
        throw notAcknowledged();
      }
    }
  }

  private LiveSummary stopAt(LiveClock time, Instant end) {
    awaitAcknowledged(time);
    entry = day.state(Ledger.COMPLETE, end);
    if (!publisher.await(entry, STOP_WITHIN)) {
      throw notAcknowledged();
    }
    return new LiveSummary(dataset.name(), begun, end, sums);
  }

  /** Makes the day of an instant the one that is produced; the one before has ended then. */
  private void goOnAt(Instant from) {
    LocalDate date = sales.dayOf(from);
    if (begun == null) {
      begun = from;
    }
    if (day != null && day.date().equals(date)) {
      day.goOnAt(from);
      return;
    }
    if (day != null) {
      day.end();
    }
    day = new LiveDay(date, ledger, sales, stated.get(date), from, clock.instant());
    state(from);
    publisher.await(entry);
  }

  private void state(Instant end) {
    entry = day.state(Ledger.STARTED, end);
  }

  private void send(List<GeneratedRecord> order) {
    List<ProducerRecord<byte[], byte[]>> encoded = new ArrayList<>(order.size());
    for (GeneratedRecord sale : order) {
      day.add(sale);
      sums.add(sale.id().uuid(), sale.value());
      encoded.add(
          encoder.encode(
              Topic.DAILY_RECORDS,
              sale.id().partition(Topic.DAILY_RECORDS.partitions()),
              sale.value().getTs(),
              sale.key(),
              sale.value(),
              headers));
    }
    publisher.send(encoded, records);
  }

  private void tell(Instant end, long lines, Duration behind) {
    String late = behind.compareTo(WORTH_SAYING) < 0 ? "" : ", " + behind.toSeconds() + " s behind";
    messages.accept(
        String.format(
            Locale.ROOT,
            "Until %s: %,d records in this minute, %,d on %s%s",
            end,
            lines,
            day.records(),
            day.date(),
            late));
  }

  private static CannotRunException notAcknowledged() {
    return new CannotRunException(
        "Stopped before Kafka had acknowledged everything: the ledger has the day up to its latest minute. Start the same again, and it goes on from there.");
  }

  private static Instant timeOf(List<GeneratedRecord> order) {
    return order.get(0).value().getTs();
  }

  private static Instant minuteOf(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MINUTES);
  }

  private static Instant endOfMinute(Instant instant) {
    return minuteOf(instant).plus(LiveSales.MINUTE);
  }

  private static Instant justAfter(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
  }

  private static Instant earlier(Instant left, Instant right) {
    return left.isBefore(right) ? left : right;
  }
}
