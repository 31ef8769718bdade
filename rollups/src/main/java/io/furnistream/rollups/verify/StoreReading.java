package io.furnistream.rollups.verify;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;

/**
 * What one store was found to hold.
 *
 * @param none what it states about a day that it does not hold
 * @param days what it states about the days that it holds
 * @param tables further tables of the store, each held against what it must be
 */
record StoreReading(Figures none, SortedMap<LocalDate, Figures> days, List<Table> tables) {

  Figures on(LocalDate day) {
    return days.getOrDefault(day, none);
  }

  Figures total() {
    return days.values().stream().reduce(none, Figures::plus);
  }
}
