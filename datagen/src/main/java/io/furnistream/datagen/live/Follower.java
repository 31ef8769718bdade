package io.furnistream.datagen.live;

import io.furnistream.cli.StopSignal;
import io.furnistream.cli.Stopwatch;
import io.furnistream.datagen.sales.GeneratedRecord;
import io.furnistream.datagen.sales.LiveDataset;
import io.furnistream.datagen.sales.LiveSales;
import io.furnistream.producing.Delivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Goes through the minutes of a live run: sends each, waits until Kafka has it, and has the ledger
 * say so. An entry is acknowledged before the minute after the next is sent. Not thread-safe.
 */
final class Follower {

  private static final Duration WORTH_SAYING = Duration.ofSeconds(1);

  private final LiveDataset dataset;
  private final LiveSales sales;
  private final LiveDays days;
  private final LiveSender sender;
  private final Duration onTheWay;
  private final Clock clock;
  private final Stopwatch stopwatch;
  private final StopSignal stop;
  private final Consumer<String> messages;
  private Delivery entry;

  /**
   * A follower.
   *
   * @param onTheWay the records of so much time may be on their way to Kafka at once
   */
  Follower(
      LiveDataset dataset,
      LiveSales sales,
      LiveDays days,
      LiveSender sender,
      Duration onTheWay,
      Clock clock,
      Stopwatch stopwatch,
      StopSignal stop,
      Consumer<String> messages) {
    this.dataset = dataset;
    this.sales = sales;
    this.days = days;
    this.sender = sender;
    this.onTheWay = onTheWay;
    this.clock = clock;
    this.stopwatch = stopwatch;
    this.stop = stop;
    this.messages = messages;
  }

  /** Does what the plan says, and goes on until the run is asked to stop. */
  LiveSummary follow(LivePlan plan) {
    Instant begun = plan.begin();
    for (LivePlan.Step step : plan.first()) {
      Spans.Span missed = step.span();
      begun = earlier(begun, missed.from());
      days.goOnAt(step.day(), missed.from());
      makeUp(missed.from(), missed.to());
      if (step.ends() && sales.dayOf(missed.to()).equals(step.day())) {
        days.complete(missed.to());
      }
    }
    Instant until = followNow(plan.begin());
    return new LiveSummary(dataset.name(), begun, until, sender.sums());
  }

  /** Sends what comes in; returns up to when, once the run was asked to stop. */
  private Instant followNow(Instant begin) {
    Instant from = begin;
    messages.accept("Sales come in from " + from + " on");
    ClockPace pace = paceFrom(from);
    while (true) {
      Instant end = endOfMinute(from);
      long before = sender.sums().records();
      Instant reached = produce(from, end, pace);
      if (reached.isBefore(end)) {
        sender.awaitRecords();
        days.complete(reached);
        tellOfRest(reached, pace.behind());
        return reached;
      }
      tell(end, sender.sums().records() - before, pace.behind());
      from = end;
      if (pace.behind().compareTo(LivePlan.LONGEST_GAP) > 0) {
        from = skipToNow(from);
        pace = paceFrom(from);
      }
    }
  }

  private ClockPace paceFrom(Instant start) {
    return new ClockPace(new LiveClock(clock, stopwatch, start), sender, stop);
  }

  private void makeUp(Instant from, Instant to) {
    messages.accept("Making up for " + from + " to " + to);
    produce(from, to, Pace.atOnce(stop));
  }

  /** After a long pause, such as of a laptop that slept; returns where it goes on. */
  private Instant skipToNow(Instant from) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (dataset.modelled()) {
      makeUp(from, now);
    } else {
      messages.accept("Nothing came in from " + from + " to " + now);
      if (!sales.dayOf(now).equals(days.date()) && sales.dayOf(from).equals(days.date())) {
        days.complete(from);
      }
    }
    return now;
  }

  /** Sends what comes in within a time; returns up to when, if the run is asked to stop before. */
  private Instant produce(Instant from, Instant to, Pace pace) {
    for (Instant at = from; at.isBefore(to); at = endOfMinute(at)) {
      if (at.equals(from) || !sales.dayOf(at).equals(days.date())) {
        days.goOnAt(sales.dayOf(at), at);
      }
      Instant end = earlier(endOfMinute(at), to);
      Instant unsent = sendUntilStop(at, end, pace);
      if (unsent.isBefore(end) || !pace.await(end, 1)) {
        return earlier(unsent, pace.reached());
      }
      if (isToBeStated(end, pace.statedEvery()) || end.equals(to)) {
        state(end);
        pace.hold();
      }
    }
    return to;
  }

  /** Returns when the first order that was not sent comes in, or the end. */
  private Instant sendUntilStop(Instant from, Instant end, Pace pace) {
    Instant minute = from.truncatedTo(ChronoUnit.MINUTES);
    long most =
        Math.max(1, sales.lines(minute) * onTheWay.toMillis() / LiveSales.MINUTE.toMillis());
    Instant last = null;
    for (List<GeneratedRecord> order : sales.orders(minute)) {
      Instant ts = order.get(0).value().getTs();
      if (!ts.isBefore(from) && ts.isBefore(end)) {
        // Nothing ends between two orders of the same millisecond.
        if (!ts.equals(last) && !pace.await(ts, most)) {
          return ts;
        }
        order.forEach(days::add);
        sender.send(order);
        last = ts;
      }
    }
    return end;
  }

  private boolean isToBeStated(Instant end, Duration every) {
    return end.toEpochMilli() % every.toMillis() == 0 || !sales.dayOf(end).equals(days.date());
  }

  private void state(Instant end) {
    sender.awaitRecords();
    if (entry != null) {
      sender.await(entry);
    }
    entry = days.state(end);
  }

  private void tell(Instant end, long records, Duration behind) {
    String late = behind.compareTo(WORTH_SAYING) < 0 ? "" : ", " + behind.toSeconds() + " s behind";
    messages.accept(
        String.format(
            Locale.ROOT,
            "Until %s: %,d records in this minute, %,d on %s%s",
            end,
            records,
            days.records(),
            days.date(),
            late));
  }

  private void tellOfRest(Instant reached, Duration behind) {
    if (behind.compareTo(WORTH_SAYING) > 0) {
      messages.accept(
          "Stopped %d s behind: what came in since %s was not sent"
              .formatted(behind.toSeconds(), reached));
    }
  }

  private static Instant endOfMinute(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MINUTES).plus(LiveSales.MINUTE);
  }

  private static Instant earlier(Instant left, Instant right) {
    return left.isBefore(right) ? left : right;
  }
}
