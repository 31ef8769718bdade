package io.furnistream.verify.tables;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * What one store was found to hold.
 *
 * @param none what it states about a day that it does not hold
 * @param days what it states about the days that it holds
 * @param tables further tables of the store, each compared with what it must be
 * @param workedOut what further tables, of any store, must hold according to this store's own
 *     records; empty where that is not worked out
 * @param contradictions where the store is not what it says of itself
 * @param problems problems in the store other than its numbers
 */
public record StoreReading(
    Figures none,
    SortedMap<LocalDate, Figures> days,
    List<Table> tables,
    List<Table> workedOut,
    List<Difference> contradictions,
    List<Problem> problems) {

  /** A store without problems of its own. */
  public StoreReading(Figures none, SortedMap<LocalDate, Figures> days, List<Table> tables) {
    this(none, days, tables, List.of(), List.of(), List.of());
  }

  /** The same with one more table. */
  public StoreReading withTable(Table table) {
    List<Table> all = new ArrayList<>(tables);
    all.add(table);
    return new StoreReading(none, days, all, workedOut, contradictions, problems);
  }

  /** What it states about a day. */
  public Figures on(LocalDate day) {
    return days.getOrDefault(day, none);
  }

  /** Whether it states anything about a day: that it holds nothing is a statement too. */
  public boolean states(LocalDate day) {
    return !on(day).equals(Figures.UNKNOWN);
  }
}
