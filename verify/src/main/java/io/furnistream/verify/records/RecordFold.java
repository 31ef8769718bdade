package io.furnistream.verify.records;

import io.furnistream.schemas.ContractRules;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.DayFigures;
import io.furnistream.schemas.RecordId;
import io.furnistream.screening.Failure;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.OpenDays;
import io.furnistream.verify.tables.StoreReading;
import io.furnistream.verify.tables.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Folds the topic {@code daily_records} to its current state: the latest value of each key counts,
 * a tombstone takes it back. A record that the screen refuses changes nothing: what its key said
 * before stays.
 *
 * <p>A key stays in its partition, so what came before is remembered for one partition at a time:
 * memory grows with the records of the largest partition; with the distinct customers of each day;
 * and, for the aggregated tables, with some 100 bytes for each record. Not thread-safe.
 */
public final class RecordFold {

  private final DayRange range;
  private final OpenDays open;
  private final Map<LocalDate, Map<UUID, Contribution>> partition = new HashMap<>();
  private final TreeMap<LocalDate, DayFigures> days = new TreeMap<>();
  private final Map<LocalDate, List<Contribution>> byDay = new HashMap<>();
  private final Map<LocalDate, List<Contribution>> byUtcDay = new HashMap<>();
  private final LatestSales latest = new LatestSales();
  private final ContractRules<DailyRecordKey, DailyRecord> rules = ContractRules.ofSales();
  private final RefusedSales refused = new RefusedSales();
  private final Map<Object, Object> shared = new HashMap<>();

  /**
   * A fold of no records yet.
   *
   * @param range the days that count
   */
  public RecordFold(DayRange range) {
    this(range, OpenDays.none());
  }

  /**
   * A fold of no records yet.
   *
   * @param range the days that count
   * @param open what the ledger does not state of these does not count yet
   */
  public RecordFold(DayRange range, OpenDays open) {
    this.range = range;
    this.open = open;
  }

  /** Takes the next record of the partition, of which no header names a dataset. */
  public void put(DailyRecordKey key, DailyRecord sale) {
    put(key, sale, Optional.empty());
  }

  /**
   * Takes the next record of the partition.
   *
   * @param sale null takes the key's record back
   * @param dataset which a header of the record names
   * @return false when the ledger does not state the record yet, which then does not count
   * @throws UnreadableRecordException when it breaks its contract or a rule; nothing has changed
   *     then
   */
  public boolean put(DailyRecordKey key, DailyRecord sale, Optional<String> dataset) {
    rules.check(key).ifPresent(RecordFold::refuse);
    LocalDate day = key.getTsDate();
    UUID id = RecordId.parse(key.getTsId()).uuid();
    Optional<Failure> failure = sale == null ? Optional.empty() : rules.check(key, sale);
    if (failure.isPresent()) {
      if (range.contains(day)) {
        refused.put(day, id, sale);
      }
      refuse(failure.get());
    }
    refused.remove(day, id);
    if (sale != null && !open.states(day, id, sale.getTs(), dataset)) {
      return false;
    }
    if (sale == null || !counts(day, sale)) {
      Map<UUID, Contribution> records = partition.get(day);
      if (records != null) {
        records.remove(id);
      }
    } else {
      Contribution contribution = Contribution.of(sale, this::share);
      partition.computeIfAbsent(day, d -> new HashMap<>()).put(id, contribution);
    }
    return true;
  }

  /** Counts what the partition holds, and forgets it. */
  public void endPartition() {
    partition.forEach(
        (day, records) ->
            records.forEach(
                (id, sale) -> {
                  LocalDate utcDay = utcDay(sale.time());
                  if (range.contains(day)) {
                    add(id, sale, days.computeIfAbsent(day, d -> new DayFigures()));
                    byDay.computeIfAbsent(day, d -> new ArrayList<>()).add(sale);
                    latest.add(day, id, sale);
                  }
                  if (range.contains(utcDay)) {
                    byUtcDay.computeIfAbsent(utcDay, d -> new ArrayList<>()).add(sale);
                  }
                }));
    refused.endPartition((day, id) -> partition.getOrDefault(day, Map.of()).get(id));
    partition.clear();
  }

  /** The totals of all records, refused ones included, of the days on which any is refused. */
  public Map<LocalDate, Figures> produced() {
    return refused.produced(
        day -> days.containsKey(day) ? Figures.of(days.get(day)) : Figures.ZERO,
        day -> byDay.getOrDefault(day, List.of()));
  }

  /** What the topic states, and what each aggregated table must hold. */
  public StoreReading reading() {
    TreeMap<LocalDate, Figures> figures = new TreeMap<>();
    days.forEach((day, sums) -> figures.put(day, Figures.of(sums)));
    List<Table> all = new ArrayList<>();
    for (ExpectedTable table : ExpectedTable.values()) {
      all.add(table.of(table.layout().isByUtcDay() ? byUtcDay : byDay));
    }
    all.add(latest.table());
    return new StoreReading(Figures.ZERO, figures, all);
  }

  private static void add(UUID id, Contribution sale, DayFigures sums) {
    sums.add(id, sale.customer(), sale.quantity(), sale.revenueAmount(), sale.profitAmount());
  }

  /** Whether the record is of a day in the range: its own, or that of UTC. */
  private boolean counts(LocalDate day, DailyRecord sale) {
    return range.contains(day) || range.contains(utcDay(sale.getTs()));
  }

  private static LocalDate utcDay(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate();
  }

  private Object share(Object value) {
    Object first = shared.putIfAbsent(value, value);
    return first == null ? value : first;
  }

  private static void refuse(Failure failure) {
    throw new UnreadableRecordException(failure);
  }
}
