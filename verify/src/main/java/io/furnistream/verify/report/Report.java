package io.furnistream.verify.report;

import io.furnistream.verify.tables.ComparedTable;
import io.furnistream.verify.tables.Comparison;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.Problem;
import io.furnistream.verify.tables.StoreReading;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The answer: what each store states, what differs, and what else a person must know.
 *
 * @param stores what each store states, in the order in which they are shown
 * @param differences by day
 * @param problems other than the numbers
 * @param tables every table that was compared row by row
 * @param screened how many records of {@code daily_records} do not count, by the rule they break
 */
public record Report(
    Map<String, StoreReading> stores,
    List<Difference> differences,
    List<Problem> problems,
    List<ComparedTable> tables,
    Map<String, Long> screened) {

  /** A report on figures only, in which no record was screened out. */
  public Report(
      Map<String, StoreReading> stores, List<Difference> differences, List<Problem> problems) {
    this(stores, differences, problems, List.of(), Map.of());
  }

  /** Whether the numbers are proved. Where no store knows of any day, nothing is. */
  public boolean ok() {
    return !days().isEmpty()
        && differences.isEmpty()
        && problems.stream().noneMatch(Problem::isError);
  }

  /** Whether the numbers of this day are proved. */
  boolean ok(LocalDate day) {
    return differences.stream().noneMatch(difference -> difference.day().equals(day))
        && problems.stream()
            .noneMatch(p -> p.isError() && (p.day() == null || p.day().equals(day)));
  }

  /** Whether a store, with all its tables, holds what it must of this day. */
  boolean agrees(String store, LocalDate day) {
    return differences.stream()
        .noneMatch(difference -> difference.day().equals(day) && difference.isIn(store));
  }

  /** Whether a store states anything about a day. */
  boolean states(String store, LocalDate day) {
    return stores.get(store).states(day);
  }

  /** What a store states about all days; what it cannot state of one day, it cannot state here. */
  Figures total(String store) {
    StoreReading reading = stores.get(store);
    return days().stream().map(reading::on).reduce(Figures::plus).orElse(reading.none());
  }

  /** Every day that any store knows of, or that a difference or problem names. */
  SortedSet<LocalDate> days() {
    SortedSet<LocalDate> days = new TreeSet<>();
    stores.values().forEach(reading -> days.addAll(reading.days().keySet()));
    differences.forEach(difference -> days.add(difference.day()));
    problems.stream().filter(p -> p.day() != null).forEach(p -> days.add(p.day()));
    return days;
  }

  /** What is known of a day: what the ledger states, else what Kafka does. */
  Figures known(LocalDate day) {
    return stores.get(Comparison.LEDGER).on(day).orElse(stores.get(Comparison.KAFKA).on(day));
  }
}
