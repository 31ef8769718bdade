package io.furnistream.verify.readings;

import io.furnistream.verify.tables.Compared;
import io.furnistream.verify.tables.ComparedTable;
import io.furnistream.verify.tables.Comparison;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.OpenDays;
import io.furnistream.verify.tables.StoreReading;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the stores and compares; a store that agreed is not read again. Not thread-safe. */
public final class StoreReadings {

  private final List<Store> stores;
  private final DayRange range;
  private final OpenDays open;
  private final Comparison comparison;
  private final Map<String, StoreReading> latest = new LinkedHashMap<>();
  private Compared compared = new Compared(List.of(), List.of());

  /**
   * Readings of no store yet.
   *
   * @param stores those to read
   * @param range the days to read
   * @param open the days that are being added to
   * @param comparison what they are compared with
   */
  public StoreReadings(List<Store> stores, DayRange range, OpenDays open, Comparison comparison) {
    this.stores = stores;
    this.range = range;
    this.open = open;
    this.comparison = comparison;
  }

  /** Reads the stores that differed the last time, the first time all, and compares. */
  public List<Difference> differences() {
    for (Store store : stores) {
      boolean agreed =
          latest.containsKey(store.name())
              && compared.differences().stream()
                  .noneMatch(difference -> difference.isIn(store.name()));
      if (!agreed) {
        latest.put(store.name(), store.read(range, open));
      }
    }
    compared = comparison.compare(latest);
    return compared.differences();
  }

  /** Every table that was compared row by row, the last time. */
  public List<ComparedTable> tables() {
    return compared.tables();
  }

  /** What each store was found to hold, the last time it was read. */
  public Map<String, StoreReading> latest() {
    return Collections.unmodifiableMap(latest);
  }
}
