package io.furnistream.verify.readings;

import io.furnistream.verify.database.OpenDayRows;
import io.furnistream.verify.database.ProofDatabase;
import io.furnistream.verify.database.TableComparison;
import io.furnistream.verify.records.ExpectedTable;
import io.furnistream.verify.records.Landed;
import io.furnistream.verify.tables.ComparedTable;
import io.furnistream.verify.tables.Comparison;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.StoreReading;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the stores, some days at a time, and compares. What agreed is not read again. Not
 * thread-safe.
 */
public final class StoreReadings {

  /** So many records does the table of the latest have. */
  private static final int LATEST = 100;

  /** What was found of one store in some days. */
  private record Part(StoreReading figures, List<ComparedTable> tables) {}

  private final ProofDatabase database;
  private final List<Store> stores;
  private final Landed landed;
  private final List<DayRange> ranges;
  private final StoreReading ledger;
  private final OpenDayRows open;
  private final Map<DayRange, Map<String, Part>> parts = new LinkedHashMap<>();
  private final Map<String, StoreReading> latest = new LinkedHashMap<>();
  private final SortedMap<LocalDate, Figures> kafka = new TreeMap<>();
  private final SortedMap<LocalDate, Figures> produced = new TreeMap<>();
  private List<ComparedTable> latestRecords = List.of();
  private List<Difference> differences = List.of();
  private List<ComparedTable> tables = List.of();

  /**
   * Readings of no store yet.
   *
   * @param stores those to read
   * @param landed what they must hold
   * @param ranges the days to read, in parts
   * @param ledger what the ledger states
   * @param open the days that are being added to
   */
  public StoreReadings(
      ProofDatabase database,
      List<Store> stores,
      Landed landed,
      List<DayRange> ranges,
      StoreReading ledger,
      OpenDayRows open) {
    this.database = database;
    this.stores = stores;
    this.landed = landed;
    this.ranges = ranges;
    this.ledger = ledger;
    this.open = open;
  }

  /** Reads what differed the last time, the first time all, and compares. */
  public List<Difference> differences() {
    List<Difference> before = differences;
    boolean isFirst = parts.isEmpty();
    stores.forEach(Store::refresh);
    for (DayRange range : ranges) {
      List<Store> toRead =
          stores.stream().filter(store -> isFirst || differs(before, store, range)).toList();
      if (!toRead.isEmpty()) {
        landed.prepare(range);
        if (isFirst) {
          kafka.putAll(landed.figures());
          produced.putAll(landed.produced());
        }
        Map<String, Part> found = parts.computeIfAbsent(range, r -> new LinkedHashMap<>());
        toRead.forEach(store -> found.put(store.name(), read(store, range)));
      }
    }
    if (ofAllDays() && (isFirst || latestRecords.stream().anyMatch(StoreReadings::differs))) {
      landed.prepareLatest(LATEST);
      latestRecords = latestRecords();
    }
    conclude();
    return differences;
  }

  private List<ComparedTable> latestRecords() {
    List<ComparedTable> compared = new ArrayList<>();
    for (Store store : stores) {
      store
          .readLatest(new Staging(database, store.name(), open))
          .ifPresent(table -> compared.add(compare(store, table)));
    }
    return compared;
  }

  private static boolean differs(ComparedTable table) {
    return table.differing() > 0;
  }

  /** The latest records are the latest of all days. */
  private boolean ofAllDays() {
    return ranges.get(0).from().equals(DayRange.ALL.from())
        && ranges.get(ranges.size() - 1).to().equals(DayRange.ALL.to());
  }

  private static boolean differs(List<Difference> before, Store store, DayRange range) {
    return before.stream()
        .anyMatch(difference -> difference.isIn(store.name()) && range.contains(difference.day()));
  }

  private Part read(Store store, DayRange range) {
    Staging staging = new Staging(database, store.name(), open);
    StagedReading reading = store.read(range, staging);
    List<ComparedTable> compared = new ArrayList<>();
    reading.tables().forEach(table -> compared.add(compare(store, table)));
    return new Part(reading.figures(), compared);
  }

  private ComparedTable compare(Store store, Staged table) {
    String expected = ExpectedTable.of(table.layout());
    if (table.isOfStatedDays()) {
      expected = "(FROM %s SEMI JOIN %s USING (of_day))".formatted(expected, Staging.STATED);
    }
    return new TableComparison(
            database,
            store.name() + "." + table.layout().name(),
            table.layout(),
            expected,
            table.relation(),
            open)
        .compare();
  }

  private void conclude() {
    Map<String, ComparedTable> byName = new LinkedHashMap<>();
    List<Difference> all = new ArrayList<>();
    latest.clear();
    for (Store store : stores) {
      for (Map<String, Part> found : parts.values()) {
        Part part = found.get(store.name());
        latest.merge(store.name(), part.figures(), StoreReading::and);
        part.tables().forEach(table -> byName.merge(table.name(), table, ComparedTable::and));
      }
    }
    latestRecords.forEach(table -> byName.put(table.name(), table));
    all.addAll(comparison().compare(latest));
    byName.values().forEach(table -> all.addAll(table.differences()));
    latest.values().forEach(reading -> all.addAll(reading.contradictions()));
    List<String> order = new ArrayList<>(List.of(Comparison.KAFKA));
    stores.forEach(store -> order.add(store.name()));
    all.sort(
        Comparator.comparing(Difference::day)
            .thenComparing(difference -> order(order, difference)));
    differences = List.copyOf(all);
    tables = List.copyOf(byName.values());
  }

  private static int order(Collection<String> stores, Difference difference) {
    int position = 0;
    for (String store : stores) {
      if (difference.isIn(store)) {
        return position;
      }
      position++;
    }
    return position;
  }

  /** What Kafka holds of the days that were read. */
  public StoreReading kafka() {
    return new StoreReading(Figures.ZERO, kafka);
  }

  /** What the stores' figures are compared with. */
  public Comparison comparison() {
    return new Comparison(ledger, kafka(), produced);
  }

  /** Every table that was compared row by row, the last time. */
  public List<ComparedTable> tables() {
    return tables;
  }

  /** What each store was found to hold, the last time it was read. */
  public Map<String, StoreReading> latest() {
    return latest;
  }
}
