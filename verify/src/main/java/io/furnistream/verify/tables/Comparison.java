package io.furnistream.verify.tables;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compares what stores hold with what they must hold: their figures with the ledger, or with Kafka
 * where the ledger states none; their further tables with Kafka's records and the ledger's entries,
 * or with what a store has computed from its own records.
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
  private final OpenDays open;
  private final Map<String, Table> expectedTables = new HashMap<>();

  /** A comparison where the screen refused nothing. */
  Comparison(StoreReading ledger, StoreReading kafka) {
    this(ledger, kafka, Map.of(), OpenDays.none());
  }

  /** A comparison where no day is open. */
  public Comparison(StoreReading ledger, StoreReading kafka, Map<LocalDate, Figures> produced) {
    this(ledger, kafka, produced, OpenDays.none());
  }

  /**
   * A comparison with these.
   *
   * @param ledger what the ledger states, and the table of its entries
   * @param kafka the totals of the sound records in Kafka, and what the aggregated tables must hold
   * @param produced the totals of all records, of the days on which the screen refused any
   * @param open the days that were added to
   */
  public Comparison(
      StoreReading ledger, StoreReading kafka, Map<LocalDate, Figures> produced, OpenDays open) {
    this.ledger = ledger;
    this.kafka = kafka;
    this.produced = produced;
    this.open = open;
    ledger.tables().forEach(table -> expectedTables.put(table.name(), table));
    kafka.tables().forEach(table -> expectedTables.put(table.name(), table));
  }

  /** Compares Kafka and these stores. */
  public Compared compare(Map<String, StoreReading> stores) {
    Map<String, Table> expected = new HashMap<>(expectedTables);
    for (StoreReading reading : stores.values()) {
      reading.workedOut().forEach(table -> expected.put(table.name(), table));
    }
    List<Difference> differences = new ArrayList<>(figures(KAFKA, kafka));
    List<ComparedTable> tables = new ArrayList<>();
    stores.forEach(
        (store, reading) -> {
          differences.addAll(figures(store, reading));
          for (Table table : reading.tables()) {
            ComparedTable compared =
                TableComparison.compare(store, expected.get(table.name()), table, open);
            tables.add(compared);
            compared.differences().stream()
                .filter(
                    difference ->
                        open.contains(difference.day()) || reading.states(difference.day()))
                .forEach(differences::add);
          }
          differences.addAll(reading.contradictions());
        });
    differences.sort(Comparator.comparing(Difference::day));
    return new Compared(differences, tables);
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
