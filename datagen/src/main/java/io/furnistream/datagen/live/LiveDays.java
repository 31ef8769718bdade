package io.furnistream.datagen.live;

import io.furnistream.datagen.sales.GeneratedRecord;
import io.furnistream.datagen.sales.LiveSales;
import io.furnistream.producing.Delivery;
import io.furnistream.producing.Ledger;
import io.furnistream.schemas.RunLedger;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The days of a live run, one at a time: which one is being added to, and what the ledger says of
 * it. No record of a span may be sent before the entry that begins it is acknowledged. Not
 * thread-safe.
 */
final class LiveDays {

  private final Ledger ledger;
  private final LiveSales sales;
  private final Map<LocalDate, RunLedger> stated;
  private final Clock clock;
  private final OtherRuns others;
  private final Consumer<Delivery> acknowledgement;
  private LiveDay day;

  /**
   * No day yet.
   *
   * @param stated what the ledger says of the dataset's days before the run
   * @param others none of which may have begun since
   * @param acknowledgement waits for that of an entry
   */
  LiveDays(
      Ledger ledger,
      LiveSales sales,
      Map<LocalDate, RunLedger> stated,
      Clock clock,
      OtherRuns others,
      Consumer<Delivery> acknowledgement) {
    this.ledger = ledger;
    this.sales = sales;
    this.stated = stated;
    this.clock = clock;
    this.others = others;
    this.acknowledgement = acknowledgement;
  }

  /**
   * Makes a day the one that is added to; the one before has ended.
   *
   * @param from the next sales are of this time or later
   */
  void goOnAt(LocalDate date, Instant from) {
    if (day == null || !day.date().equals(date)) {
      day = new LiveDay(date, ledger, sales, stated.get(date), from, clock.instant());
    } else if (!day.goOnAt(from)) {
      return;
    }
    acknowledgement.accept(day.state(Ledger.STARTED, from));
    others.requireNoYounger();
  }

  /** Counts a record that was sent. */
  void add(GeneratedRecord sale) {
    day.add(sale);
  }

  /** Records of the day so far. */
  long records() {
    return day.records();
  }

  LocalDate date() {
    return day.date();
  }

  /**
   * States what the day has come to; its records are acknowledged. The end of a day completes it.
   *
   * @param end everything before this was produced
   * @return the entry, which is acknowledged if the day has ended
   * @throws OtherRuns.YoungerRunException when another run goes on; nothing was stated then
   */
  Delivery state(Instant end) {
    if (!sales.dayOf(end).equals(day.date())) {
      return complete(end);
    }
    others.requireNoYounger();
    return day.state(Ledger.STARTED, end);
  }

  /**
   * States that the day has nothing more, until the next run adds to it.
   *
   * @throws OtherRuns.YoungerRunException when another run goes on; nothing was stated then
   */
  Delivery complete(Instant end) {
    others.requireNoYounger();
    Delivery entry = day.state(Ledger.COMPLETE, end);
    acknowledgement.accept(entry);
    return entry;
  }
}
