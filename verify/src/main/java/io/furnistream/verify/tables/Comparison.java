package io.furnistream.verify.tables;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compares the figures of stores with the ledger, or with Kafka where the ledger states none.
 *
 * <p>The ledger may count records that the screen refuses. If it states exactly the totals of all
 * records of a day, refused ones included, these count as produced, and the sound ones must have
 * landed.
 */
public final class Comparison {

  /** Name of the reading of the ledger, which the others are compared with. */
  public static final String LEDGER = "ledger";

  /** Name of the reading of Kafka, which they are compared with where the ledger states nothing. */
  public static final String KAFKA = "kafka";

  private final StoreReading ledger;
  private final StoreReading kafka;
  private final Map<LocalDate, Figures> produced;

  /**
   * A comparison with these.
   *
   * @param ledger what the ledger states
   * @param kafka the totals of the sound records in Kafka
   * @param produced the totals of all records, of the days on which the screen refused any
   */
  public Comparison(StoreReading ledger, StoreReading kafka, Map<LocalDate, Figures> produced) {
    this.ledger = ledger;
    this.kafka = kafka;
    this.produced = produced;
  }

  /** Compares Kafka and these stores: what differs, by day, and within a day in their order. */
  public List<Difference> compare(Map<String, StoreReading> stores) {
    List<Difference> differences = new ArrayList<>(figures(KAFKA, kafka));
    stores.forEach((store, reading) -> differences.addAll(figures(store, reading)));
    differences.sort(Comparator.comparing(Difference::day));
    return differences;
  }

  /** A warning for each day on which the ledger counts records that the screen refuses. */
  public List<Problem> explanations() {
    return ledger.days().keySet().stream()
        .filter(this::isExplained)
        .map(
            day ->
                Problem.warning(
                    day,
                    "%s: the ledger counts what the screen refuses. Produced are %s; landed are %s, the rest is in the dead-letter topics"
                        .formatted(day, inWords(produced.get(day)), inWords(kafka.on(day)))))
        .toList();
  }

  private boolean isExplained(LocalDate day) {
    return produced.containsKey(day)
        && ledger.states(day)
        && !agree(ledger.on(day), kafka.on(day))
        && agree(ledger.on(day), produced.get(day));
  }

  private static boolean agree(Figures stated, Figures found) {
    return Stream.of(Column.values())
        .allMatch(
            column -> column.of(stated) == null || Cell.same(column.of(stated), column.of(found)));
  }

  private static String inWords(Figures figures) {
    return "%d records with a revenue of %s"
        .formatted(figures.records(), figures.revenue().toPlainString());
  }

  private List<Difference> figures(String store, StoreReading reading) {
    Set<LocalDate> days = new TreeSet<>(ledger.days().keySet());
    days.addAll(kafka.days().keySet());
    days.addAll(reading.days().keySet());
    List<Difference> differences = new ArrayList<>();
    for (LocalDate day : days) {
      Figures expected = isExplained(day) ? kafka.on(day) : ledger.on(day).orElse(kafka.on(day));
      Figures found = reading.on(day);
      for (Column column : Column.values()) {
        Object must = column.of(expected);
        Object is = column.of(found);
        if (is != null && !Cell.same(must, is)) {
          differences.add(Difference.of(day, store, null, column.text(), must, is));
        }
      }
    }
    return differences;
  }
}
