package io.furnistream.replay.run;

import io.furnistream.cli.WrongInputException;
import io.furnistream.producing.Ledger;
import io.furnistream.replay.spool.Spool;
import io.furnistream.schemas.DaySums;
import io.furnistream.schemas.RunLedger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** What the ledger states of a dataset's days before a run. */
final class Stated {

  /** None of a dataset that is new. */
  static final Stated NOTHING = new Stated(Map.of());

  private static final Spool.Day EMPTY = new Spool.Day(false, 0, 0, 0);

  private final Map<LocalDate, RunLedger> days;

  Stated(Map<LocalDate, RunLedger> days) {
    this.days = new TreeMap<>(days);
  }

  boolean isEmpty() {
    return days.isEmpty();
  }

  /**
   * Makes sure that a replay made it all.
   *
   * @throws WrongInputException when another program did, whose lines a replay does not know
   */
  void requireMadeBy(String program, String dataset) {
    days.forEach(
        (day, entry) -> {
          if (!entry.getProducer().startsWith(program + " ")) {
            throw new WrongInputException(
                "The dataset '%s' is one that %s has made, on %s. Choose another name with --dataset."
                    .formatted(dataset, entry.getProducer(), day));
          }
        });
  }

  /**
   * Makes sure that the records are there, or come again, which the ledger states: to state fewer
   * would hide a loss.
   *
   * @param planned what the days hold in the end
   * @throws WrongInputException when some are in neither
   */
  void requireNothingLost(Map<LocalDate, Spool.Day> planned) {
    days.forEach(
        (day, entry) -> {
          Spool.Day end = planned.getOrDefault(day, EMPTY);
          if (isComplete(entry) && entry.getRecords() > end.records() + end.takenBack()) {
            throw new WrongInputException(
                "Kafka lacks records of %s: the ledger states %d, and there are %d, those of these files included. Nothing was written. Replay all files of the dataset, with --replace."
                    .formatted(day, entry.getRecords(), end.records() + end.takenBack()));
          }
        });
  }

  /** The days that a run has begun and not completed, or of which other rows are rejected now. */
  List<LocalDate> toStateAgain(RejectedRows rejected) {
    return daysWhere((day, entry) -> !isComplete(entry) || rejectedRows(entry) != rejected.of(day));
  }

  /** The days that were completed from a time on. */
  List<LocalDate> completedSince(Instant time) {
    return daysWhere(
        (day, entry) ->
            isComplete(entry)
                && entry.getCompletedAt() != null
                && !entry.getCompletedAt().isBefore(time));
  }

  /** Whether the ledger states just that of a day. */
  boolean says(LocalDate day, DaySums sums, long customers) {
    RunLedger entry = days.get(day);
    return entry != null
        && isComplete(entry)
        && entry.getRecords() == sums.records()
        && entry.getQuantity() == sums.quantity()
        && entry.getRevenue().compareTo(sums.revenue()) == 0
        && entry.getProfit().compareTo(sums.profit()) == 0
        && entry.getCustomers() == customers
        && entry.getIdChecksum().equals(sums.idChecksum().toString());
  }

  /** The days of which it states records, and which are not among some days. */
  List<LocalDate> missingIn(Map<LocalDate, Spool.Day> some) {
    return daysWhere(
        (day, entry) -> isComplete(entry) && entry.getRecords() > 0 && !some.containsKey(day));
  }

  private List<LocalDate> daysWhere(BiPredicate<LocalDate, RunLedger> isMeant) {
    return days.entrySet().stream()
        .filter(day -> isMeant.test(day.getKey(), day.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isComplete(RunLedger entry) {
    return entry.getStatus().equals(Ledger.COMPLETE);
  }

  private static long rejectedRows(RunLedger entry) {
    return entry.getRejected() == null ? 0 : entry.getRejected();
  }
}
