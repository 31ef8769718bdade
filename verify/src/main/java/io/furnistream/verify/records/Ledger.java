package io.furnistream.verify.records;

import io.furnistream.schemas.ContractRules;
import io.furnistream.schemas.IdChecksum;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.schemas.Topic;
import io.furnistream.screening.Failure;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.Problem;
import io.furnistream.verify.tables.StoreReading;
import io.furnistream.verify.tables.Table;
import io.furnistream.verify.tables.TableLayout;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Adds up what the datasets must have left behind on each day. Sums and id checksums add up over
 * datasets; distinct customers do not, so on a day that several datasets share none are stated. A
 * day that a dataset started and did not complete states nothing at all.
 */
public final class Ledger {

  /** Its table; what the datasets state is compared, not who stated it when. */
  public static final TableLayout LAYOUT =
      TableLayout.of(Topic.RUN_LEDGER)
          .comparing(
              "status",
              "records",
              "quantity",
              "revenue",
              "profit",
              "customers",
              "id_checksum",
              "refused",
              "faults");

  /** The status of an entry that states what must be found. */
  static final String COMPLETE = "COMPLETE";

  private final ContractRules<RunLedgerKey, RunLedger> rules = ContractRules.ofLedger();
  private final DayRange range;
  private final Map<RunLedgerKey, RunLedger> latest = new HashMap<>();
  private final Announced announced;

  /**
   * A ledger of no entries yet.
   *
   * @param range the days that count
   */
  public Ledger(DayRange range) {
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
    if (!range.contains(key.getTsDate())) {
      return;
    }
    if (entry == null) {
      latest.remove(key);
    } else {
      latest.put(key, entry);
    }
  }

  /** What its entries, replaced ones included, say of records that are to be refused. */
  public Announced announced() {
    return announced;
  }

  private static void refuse(Failure failure) {
    throw new UnreadableRecordException(failure);
  }

  /** What the ledger states, and as its table the topic's entries. */
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
    return new StoreReading(Figures.ZERO, days, List.of(table()));
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
    problems.sort((left, right) -> left.message().compareTo(right.message()));
    return problems;
  }

  private Table table() {
    Table table = LAYOUT.empty();
    latest.forEach(
        (key, entry) ->
            table.put(
                key.getTsDate(),
                List.of(key.getDataset()),
                entry.getStatus(),
                entry.getRecords(),
                entry.getQuantity(),
                entry.getRevenue(),
                entry.getProfit(),
                entry.getCustomers(),
                entry.getIdChecksum(),
                entry.getRefused(),
                entry.getFaults()));
    return table;
  }

  // An entry that says COMPLETE and lacks a figure proves nothing either.
  private static Figures stated(RunLedger entry) {
    boolean complete =
        COMPLETE.equals(entry.getStatus())
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
