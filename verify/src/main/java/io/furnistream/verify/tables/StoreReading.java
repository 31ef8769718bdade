package io.furnistream.verify.tables;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one store was found to hold.
 *
 * @param none what it states about a day that it does not hold
 * @param days what it states about the days that it holds
 * @param contradictions where the store is not what it says of itself
 * @param problems problems in the store other than its numbers
 */
public record StoreReading(
    Figures none,
    SortedMap<LocalDate, Figures> days,
    List<Difference> contradictions,
    List<Problem> problems) {

  /** A store without problems of its own. */
  public StoreReading(Figures none, SortedMap<LocalDate, Figures> days) {
    this(none, days, List.of(), List.of());
  }

  /** What both say, of a store that was read in parts. */
  public StoreReading and(StoreReading other) {
    SortedMap<LocalDate, Figures> all = new TreeMap<>(days);
    all.putAll(other.days);
    return new StoreReading(
        none, all, both(contradictions, other.contradictions), both(problems, other.problems));
  }

  private static <T> List<T> both(List<T> one, List<T> other) {
    List<T> all = new ArrayList<>(one);
    all.addAll(other);
    return List.copyOf(all);
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
