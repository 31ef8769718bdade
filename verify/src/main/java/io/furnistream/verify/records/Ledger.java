package io.furnistream.verify.records;

import io.furnistream.schemas.ContractRules;
import io.furnistream.schemas.IdChecksum;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.schemas.Topic;
import io.furnistream.screening.Failure;
import io.furnistream.verify.database.ProofDatabase;
import io.furnistream.verify.database.StagedTable;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.OpenDays;
import io.furnistream.verify.tables.Problem;
import io.furnistream.verify.tables.StoreReading;
import io.furnistream.verify.tables.TableLayout;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Adds up what the datasets must have left behind on each day. Sums and id checksums add up over
 * datasets; distinct customers do not, so on a day that several datasets share none are stated. A
 * day that a dataset started and did not complete states nothing at all, unless it is of live
 * sales: then it states those before a time.
 */
public final class Ledger {

  /** Its table. */
  public static final TableLayout LAYOUT = TableLayout.of(Topic.RUN_LEDGER);

  /** The status of an entry that is not going to change. */
  static final String COMPLETE = "COMPLETE";

  /** A live run states its day once a minute; one that has not for so long does no more. */
  private static final Duration STATED_WITHIN = Duration.ofMinutes(5);

  private final ContractRules<RunLedgerKey, RunLedger> rules = ContractRules.ofLedger();
  private final Clock clock;
  private final DayRange range;
  private final Map<RunLedgerKey, RunLedger> latest = new HashMap<>();
  // Of the days before and behind, too: a minute in UTC may have sales of two days of the store.
  private final Map<RunLedgerKey, RunLedger> around = new HashMap<>();
  private final Map<RunLedgerKey, Instant> writtenAt = new HashMap<>();
  private final Announced announced;

  /**
   * A ledger of no entries yet.
   *
   * @param range the days that count
   */
  public Ledger(DayRange range) {
    this(range, Clock.systemUTC());
  }

  /** A ledger of no entries yet, where this clock tells how old they are. */
  Ledger(DayRange range, Clock clock) {
    this.clock = clock;
    this.range = range;
    this.announced = new Announced(range);
  }

  /**
   * Takes the next entry of the topic.
   *
   * @param entry null takes the key's entry back
   * @throws UnreadableRecordException when it breaks a rule; nothing has changed then
   */
  public void put(RunLedgerKey key, RunLedger entry) {
    rules.check(key).ifPresent(Ledger::refuse);
    if (entry != null) {
      rules.check(key, entry).ifPresent(Ledger::refuse);
      announced.put(key, entry);
    }
    if (range.withNeighbours().contains(key.getTsDate())) {
      replace(around, key, entry);
    }
    if (range.contains(key.getTsDate())) {
      replace(latest, key, entry);
    }
  }

  private static void replace(
      Map<RunLedgerKey, RunLedger> entries, RunLedgerKey key, RunLedger entry) {
    if (entry == null) {
      entries.remove(key);
    } else {
      entries.put(key, entry);
    }
  }

  /** Takes the next entry of the topic, with the time at which it was written. */
  public void put(RunLedgerKey key, RunLedger entry, Instant time) {
    put(key, entry);
    writtenAt.put(key, time);
  }

  /** The days that live runs are adding to, by the latest entries. */
  public OpenDays open() {
    OpenDays open = new OpenDays();
    around.forEach(
        (key, entry) -> {
          if (isOpen(entry)) {
            open.add(key.getTsDate(), key.getDataset(), entry.getUntil());
          }
        });
    return open;
  }

  /**
   * Makes an earlier reading of the ledger count for the days that were open then: what was written
   * of them since is not among the records that were read in between.
   *
   * @return false when a day has been opened since, of which some of these records may be
   */
  public boolean takeOpenFrom(Ledger earlier) {
    boolean noneOpened =
        around.entrySet().stream()
            .noneMatch(
                each -> isOpen(each.getValue()) && !isOpen(earlier.around.get(each.getKey())));
    earlier.latest.forEach(
        (key, entry) -> {
          if (isOpen(entry)) {
            latest.put(key, entry);
          }
        });
    return noneOpened;
  }

  /**
   * Whether it says something else than it did; days that were open then, and are, do not count.
   */
  public boolean hasMovedSince(Ledger then) {
    Set<RunLedgerKey> keys = new HashSet<>(around.keySet());
    keys.addAll(then.around.keySet());
    return keys.stream()
        .filter(key -> !isOpen(then.around.get(key)))
        .anyMatch(key -> !Objects.equals(around.get(key), then.around.get(key)));
  }

  /** What its entries, replaced ones included, say of records that are to be refused. */
  public Announced announced() {
    return announced;
  }

  private static void refuse(Failure failure) {
    throw new UnreadableRecordException(failure);
  }

  /** What the ledger states. */
  public StoreReading reading() {
    TreeMap<LocalDate, Figures> days = new TreeMap<>();
    Set<LocalDate> withRecords = new HashSet<>();
    latest.forEach(
        (key, entry) -> {
          LocalDate day = key.getTsDate();
          Figures stated = stated(entry);
          Figures sum = days.containsKey(day) ? days.get(day).plus(stated) : stated;
          boolean holdsRecords = stated.records() == null || stated.records() != 0;
          boolean shared = holdsRecords && !withRecords.add(day);
          days.put(day, shared ? sum.withoutCustomers() : sum);
        });
    return new StoreReading(Figures.ZERO, days);
  }

  /** A problem for each day that a dataset started and did not complete. */
  public List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    latest.forEach(
        (key, entry) -> {
          if (stated(entry).equals(Figures.UNKNOWN)) {
            problems.add(
                Problem.error(
                    key.getTsDate(),
                    "%s dataset '%s' is %s and not %s (run %s of %s): run it again, with %s"
                        .formatted(
                            key.getTsDate(),
                            key.getDataset(),
                            entry.getStatus(),
                            COMPLETE,
                            entry.getRunId(),
                            entry.getProducer(),
                            entry.getArguments())));
          }
        });
    latest.forEach(
        (key, entry) -> {
          if (isOpen(entry)) {
            problems.add(ofOpenDay(key, entry));
          }
        });
    problems.sort((left, right) -> left.message().compareTo(right.message()));
    return problems;
  }

  private Problem ofOpenDay(RunLedgerKey key, RunLedger entry) {
    boolean isLive =
        writtenAt.getOrDefault(key, Instant.MIN).plus(STATED_WITHIN).isAfter(clock.instant());
    return isLive
        ? Problem.warning(
            key.getTsDate(),
            "%s is going on: of the live sales of '%s', those before %s are compared, in what holds each record or minute. The day's other totals are, when it has ended"
                .formatted(key.getTsDate(), key.getDataset(), entry.getUntil()))
        : Problem.error(
            key.getTsDate(),
            "%s dataset '%s' is %s, and nothing was stated of it since %s: its live run has probably ended without saying so, or waits for Kafka. Start it again, with %s: it goes on from there"
                .formatted(
                    key.getTsDate(),
                    key.getDataset(),
                    entry.getStatus(),
                    entry.getUntil(),
                    entry.getArguments()));
  }

  /** Makes the table of its latest entries, with which stores are compared. */
  public void stage(ProofDatabase database) {
    try (StagedTable table = new StagedTable(database, "ledger_entry", LAYOUT)) {
      latest.forEach((key, entry) -> table.add(new EntryRow(key, entry)));
    }
  }

  private static boolean isOpen(RunLedger entry) {
    return entry != null
        && !COMPLETE.equals(entry.getStatus())
        && entry.getUntil() != null
        && !stated(entry).equals(Figures.UNKNOWN);
  }

  // An entry that says COMPLETE and lacks a figure proves nothing either.
  private static Figures stated(RunLedger entry) {
    boolean complete =
        (COMPLETE.equals(entry.getStatus()) || entry.getUntil() != null)
            && entry.getRecords() != null
            && entry.getQuantity() != null
            && entry.getRevenue() != null
            && entry.getProfit() != null
            && entry.getCustomers() != null
            && entry.getIdChecksum() != null;
    return complete
        ? new Figures(
            entry.getRecords(),
            entry.getQuantity(),
            entry.getRevenue(),
            entry.getProfit(),
            entry.getCustomers(),
            IdChecksum.parse(entry.getIdChecksum()))
        : Figures.UNKNOWN;
  }
}
