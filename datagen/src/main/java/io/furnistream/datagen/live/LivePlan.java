package io.furnistream.datagen.live;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.WrongInputException;
import io.furnistream.datagen.sales.LiveDataset;
import io.furnistream.datagen.sales.LiveSales;
import io.furnistream.producing.Ledger;
import io.furnistream.schemas.RunLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/**
 * What a live run does first, by what the ledger says of those before it.
 *
 * @param first what is made up for, in order
 * @param begin from when on sales come in as time passes
 */
record LivePlan(List<Step> first, Instant begin) {

  /** A run that was killed less than this ago goes on where it was, at any rate. */
  static final Duration LONGEST_GAP = Duration.ofHours(1);

  /**
   * How far beyond what the ledger says a run may have come: an entry is acknowledged before the
   * minute after the next is sent.
   */
  static final Duration MOST_BEYOND = LiveSales.MINUTE.multipliedBy(2);

  /** How far the clocks of two machines may be apart. */
  private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

  /**
   * A part of a day.
   *
   * @param ends whether the day has nothing more
   */
  record Step(LocalDate day, Spans.Span span, boolean ends) {}

  /**
   * Plans.
   *
   * <ul>
   *   <li>With {@code --demand}, today is always whole: what today has had until now comes first.
   *   <li>With {@code --rate}, sales begin now.
   *   <li>Days of runs that were killed are completed: with {@code --demand} to their end; with
   *       {@code --rate} as far as the run may have come, or, when it was less than {@link
   *       #LONGEST_GAP} ago, on from there.
   * </ul>
   *
   * @param stated the latest entries of the dataset, by day
   * @throws WrongInputException when one is not of a live run
   * @throws CannotRunException when the latest is of later than now
   */
  static LivePlan of(
      LiveDataset dataset,
      LiveSales sales,
      NavigableMap<LocalDate, RunLedger> stated,
      Instant present) {
    Instant now = present.truncatedTo(ChronoUnit.MILLIS);
    LocalDate today = sales.dayOf(now);
    List<Step> first = new ArrayList<>();
    Instant begin = dataset.modelled() ? sales.startOf(today) : now;
    for (var each : stated.entrySet()) {
      LocalDate day = each.getKey();
      Instant until = untilOf(day, each.getValue());
      boolean isLast = day.equals(stated.lastKey());
      if (isLast) {
        requireNotAhead(until, now);
      }
      if (isLast && dataset.modelled() && day.equals(today)) {
        begin = until;
      } else if (!each.getValue().getStatus().equals(Ledger.COMPLETE)) {
        Instant end = sales.startOf(day.plusDays(1));
        Instant most = dataset.modelled() ? end : until.plus(MOST_BEYOND);
        Instant come = earliest(most, latest(until, now), end);
        boolean goesOn =
            !dataset.modelled()
                && isLast
                && Duration.between(until, now).compareTo(LONGEST_GAP) <= 0;
        first.add(new Step(day, new Spans.Span(until, come), !goesOn || come.equals(end)));
        begin = goesOn ? come : begin;
      } else if (isLast) {
        begin = latest(begin, until);
      }
    }
    if (dataset.modelled() && begin.isBefore(now)) {
      first.add(new Step(today, new Spans.Span(begin, now), false));
      begin = now;
    }
    return new LivePlan(List.copyOf(first), begin);
  }

  private static void requireNotAhead(Instant until, Instant now) {
    if (until.isAfter(now.plus(CLOCKS_APART))) {
      throw new CannotRunException(
          "The ledger has sales of this dataset until %s, and the clock of this machine says %s. Set it right, or choose another --seed."
              .formatted(until, now));
    }
  }

  private static Instant untilOf(LocalDate day, RunLedger entry) {
    if (entry.getUntil() == null) {
      throw new WrongInputException(
          "The ledger has an entry of this dataset for %s that is not of a live run (it is of %s). Choose another --seed."
              .formatted(day, entry.getProducer()));
    }
    return entry.getUntil();
  }

  private static Instant earliest(Instant first, Instant second, Instant third) {
    Instant earlier = first.isBefore(second) ? first : second;
    return earlier.isBefore(third) ? earlier : third;
  }

  private static Instant latest(Instant left, Instant right) {
    return left.isAfter(right) ? left : right;
  }
}
