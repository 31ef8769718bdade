package io.furnistream.verify.records;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.IdChecksum;
import io.furnistream.verify.tables.Figures;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The latest record of each key whose latest record the screen refuses: for the totals that days
 * would have had if it had landed. Not thread-safe.
 */
final class RefusedSales {

  private record Change(UUID id, Contribution refused, Contribution landed) {}

  private final Map<LocalDate, Map<UUID, Contribution>> partition = new HashMap<>();
  private final Map<LocalDate, List<Change>> days = new HashMap<>();
  private final Set<LocalDate> unknown = new HashSet<>();

  void put(LocalDate day, UUID id, DailyRecord sale) {
    try {
      partition
          .computeIfAbsent(day, d -> new HashMap<>())
          .put(id, Contribution.of(sale, value -> value));
    } catch (UnreadableRecordException e) {
      // An amount that no figure can hold: the day's totals cannot be stated.
      unknown.add(day);
    }
  }

  /** Takes back what was refused of a key: its latest record is another. */
  void remove(LocalDate day, UUID id) {
    if (!partition.isEmpty() && partition.containsKey(day)) {
      partition.get(day).remove(id);
    }
  }

  /**
   * Ends a partition.
   *
   * @param landed what counts of a day's id; null when nothing does
   */
  void endPartition(BiFunction<LocalDate, UUID, Contribution> landed) {
    partition.forEach(
        (day, records) ->
            records.forEach(
                (id, refused) ->
                    days.computeIfAbsent(day, d -> new ArrayList<>())
                        .add(new Change(id, refused, landed.apply(day, id)))));
    partition.clear();
  }

  /**
   * The totals of days with the refused records.
   *
   * @param landed a day's figures without them
   * @param sales a day's records without them
   */
  Map<LocalDate, Figures> produced(
      Function<LocalDate, Figures> landed, Function<LocalDate, List<Contribution>> sales) {
    Map<LocalDate, Figures> produced = new HashMap<>();
    days.forEach(
        (day, changes) -> {
          if (!unknown.contains(day)) {
            produced.put(day, produced(landed.apply(day), sales.apply(day), changes));
          }
        });
    return produced;
  }

  private static Figures produced(Figures figures, List<Contribution> sales, List<Change> changes) {
    Map<String, Integer> customers = new HashMap<>();
    sales.forEach(sale -> customers.merge(sale.customer(), 1, Integer::sum));
    Figures sum = figures;
    for (Change change : changes) {
      sum = sum.plus(difference(change));
      customers.merge(change.refused.customer(), 1, Integer::sum);
      if (change.landed != null) {
        customers.merge(change.landed.customer(), -1, Integer::sum);
      }
    }
    return new Figures(
        sum.records(),
        sum.quantity(),
        sum.revenue(),
        sum.profit(),
        customers.values().stream().filter(records -> records > 0).count(),
        sum.idChecksum());
  }

  private static Figures difference(Change change) {
    Contribution refused = change.refused;
    if (change.landed == null) {
      return new Figures(
          1L,
          (long) refused.quantity(),
          refused.revenueAmount(),
          refused.profitAmount(),
          0L,
          IdChecksum.ZERO.add(change.id));
    }
    Contribution landed = change.landed;
    return new Figures(
        0L,
        (long) refused.quantity() - landed.quantity(),
        refused.revenueAmount().subtract(landed.revenueAmount()),
        refused.profitAmount().subtract(landed.profitAmount()),
        0L,
        IdChecksum.ZERO);
  }
}
