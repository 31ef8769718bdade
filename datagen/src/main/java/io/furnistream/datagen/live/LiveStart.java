package io.furnistream.datagen.live;

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
import java.util.Map;
import java.util.NavigableMap;

/**
 * Where a live run begins, by what the ledger says of the one before.
 *
 * @param first what is produced at once, in order: what came in already
 * @param from from when on sales come in as time passes
 */
record LiveStart(List<Spans.Span> first, Instant from) {

  /** A run that was killed less than this ago goes on where it was, at any rate. */
  static final Duration LONGEST_GAP = Duration.ofHours(1);

  /**
   * How far beyond what the ledger says a run may have come: an entry is acknowledged before the
   * minute after the next begins.
   */
  static final Duration MOST_BEYOND = LiveSales.MINUTE.multipliedBy(2);

  /**
   * Decides.
   *
   * <ul>
   *   <li>With {@code --demand}, today is always whole: what today has had until now comes first.
   *   <li>With {@code --rate}, sales begin now.
   *   <li>A run that was killed is completed: with {@code --rate} it goes on where it was, or,
   *       after more than {@link #LONGEST_GAP}, only as far as it may have come; with {@code
   *       --demand} to the end of its day.
   * </ul>
   *
   * @param stated the latest entries of the dataset, by day
   * @throws WrongInputException when the latest is not of a live run
   */
  static LiveStart of(
      LiveDataset dataset,
      LiveSales sales,
      NavigableMap<LocalDate, RunLedger> stated,
      Instant present) {
    Instant now = present.truncatedTo(ChronoUnit.MILLIS);
    LocalDate today = sales.dayOf(now);
    Map.Entry<LocalDate, RunLedger> last = stated.floorEntry(today);
    List<Spans.Span> first = new ArrayList<>();
    Instant begin = dataset.modelled() ? sales.startOf(today) : now;
    if (last != null) {
      Instant until = untilOf(last.getKey(), last.getValue());
      boolean killed = !last.getValue().getStatus().equals(Ledger.COMPLETE);
      boolean isToday = last.getKey().equals(today);
      if (dataset.modelled()) {
        if (isToday) {
          begin = until;
        } else if (killed) {
          add(first, until, sales.startOf(last.getKey().plusDays(1)));
        }
      } else if (killed) {
        Instant come = earlier(until.plus(MOST_BEYOND), now);
        add(first, until, come);
        boolean goesOn = Duration.between(until, now).compareTo(LONGEST_GAP) <= 0;
        begin = goesOn ? come : now;
      }
    }
    if (dataset.modelled()) {
      add(first, begin, now);
      begin = begin.isAfter(now) ? begin : now;
    }
    return new LiveStart(List.copyOf(first), begin);
  }

  private static Instant untilOf(LocalDate day, RunLedger entry) {
    if (entry.getUntil() == null) {
      throw new WrongInputException(
          "The ledger has an entry of this dataset for %s that is not of a live run (it is of %s). Choose another --seed."
              .formatted(day, entry.getProducer()));
    }
    return entry.getUntil();
  }

  private static void add(List<Spans.Span> spans, Instant from, Instant to) {
    if (from.isBefore(to)) {
      spans.add(new Spans.Span(from, to));
    }
  }

  private static Instant earlier(Instant left, Instant right) {
    return left.isBefore(right) ? left : right;
  }
}
