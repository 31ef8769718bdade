package io.furnistream.datagen.live;

import io.furnistream.cli.WrongInputException;
import io.furnistream.datagen.sales.GeneratedRecord;
import io.furnistream.datagen.sales.LiveSales;
import io.furnistream.producing.Delivery;
import io.furnistream.producing.Ledger;
import io.furnistream.schemas.DayFigures;
import io.furnistream.schemas.RunLedger;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/** A day of live sales: what it has come to, and the entries of the ledger that say so. */
final class LiveDay {

  private final LocalDate date;
  private final Ledger ledger;
  private final Instant startedAt;
  private final Spans spans;
  private final DayFigures figures = new DayFigures();
  private Instant until;

  /**
   * A day on which nothing was produced yet, or, with an entry, what that states.
   *
   * @param entry null when the ledger has none
   * @param from the next sales are of this time or later
   * @throws WrongInputException when the entry does not state what its spans come to, so that
   *     whatever was added to it would be wrong
   */
  LiveDay(
      LocalDate date, Ledger ledger, LiveSales sales, RunLedger entry, Instant from, Instant now) {
    this.date = date;
    this.ledger = ledger;
    if (entry == null) {
      this.startedAt = now.truncatedTo(ChronoUnit.MILLIS);
      this.spans = new Spans();
    } else {
      this.startedAt = entry.getStartedAt();
      this.spans = spansOf(entry);
      spans.all().forEach(span -> count(sales, span));
      require(isStatedBy(entry), "states other figures than its spans come to");
    }
    goOnAt(from);
  }

  /**
   * Goes on with it, after a pause or without one.
   *
   * @param from the next sales are of this time or later
   * @return whether there was a pause, after which the ledger must know where it goes on
   * @throws WrongInputException when the day had too many pauses
   */
  boolean goOnAt(Instant from) {
    if (from.equals(until)) {
      return false;
    }
    until = from;
    require(spans.add(from, from), "has sales of after " + from);
    require(spans.all().size() <= Spans.MOST, "was interrupted too often");
    return true;
  }

  LocalDate date() {
    return date;
  }

  /** Counts a record that was sent. */
  void add(GeneratedRecord sale) {
    figures.add(sale.id().uuid(), sale.value());
  }

  /** Records of the day so far. */
  long records() {
    return figures.records();
  }

  /**
   * States what the day has come to; its records are acknowledged. An entry overtakes no earlier
   * one of the day: all of them are of one partition.
   *
   * @param status whether the day goes on
   * @param end everything before this was produced
   */
  Delivery state(String status, Instant end) {
    require(spans.add(until, end), "has sales of after " + until);
    until = end;
    return ledger.state(date, status, startedAt, figures, until, spans.json());
  }

  private void count(LiveSales sales, Spans.Span span) {
    for (Instant minute = span.from().truncatedTo(ChronoUnit.MINUTES);
        minute.isBefore(span.to());
        minute = minute.plus(LiveSales.MINUTE)) {
      for (List<GeneratedRecord> order : sales.orders(minute)) {
        Instant ts = order.get(0).value().getTs();
        if (!ts.isBefore(span.from()) && ts.isBefore(span.to())) {
          order.forEach(this::add);
        }
      }
    }
  }

  private Spans spansOf(RunLedger entry) {
    try {
      return Spans.parse(entry.getSpans() == null ? "" : entry.getSpans());
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(inWords("has no spans that can be read"), e);
    }
  }

  private boolean isStatedBy(RunLedger entry) {
    return Objects.equals(entry.getRecords(), figures.records())
        && Objects.equals(entry.getQuantity(), figures.quantity())
        && is(entry.getRevenue(), figures.revenue())
        && is(entry.getProfit(), figures.profit())
        && Objects.equals(entry.getCustomers(), figures.customers())
        && Objects.equals(entry.getIdChecksum(), figures.idChecksum().toString());
  }

  private static boolean is(BigDecimal stated, BigDecimal counted) {
    return stated != null && stated.compareTo(counted) == 0;
  }

  private void require(boolean sound, String otherwise) {
    if (!sound) {
      throw new WrongInputException(inWords(otherwise));
    }
  }

  private String inWords(String what) {
    return "The ledger's entry of this dataset for %s %s: it cannot be gone on with. Choose another --seed for the rest of the day."
        .formatted(date, what);
  }
}
