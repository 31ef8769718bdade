package io.furnistream.verify.tables;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static io.furnistream.verify.tables.Sales.DEC_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.furnistream.schemas.IdChecksum;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final Figures DAY =
      new Figures(
          10L,
          15L,
          new BigDecimal("1234.5000"),
          new BigDecimal("100.0000"),
          7L,
          new IdChecksum(0, 50));

  @Test
  void storesThatAgreeDifferInNothing() {
    Figures sameWithOtherScale =
        new Figures(10L, 15L, new BigDecimal("1234.5"), new BigDecimal("1E+2"), 7L, null);

    assertThat(
            compare(
                reading(Map.of(DEC_1, DAY)),
                reading(Map.of(DEC_1, DAY)),
                Map.of(
                    "cassandra", reading(Map.of(DEC_1, DAY)),
                    "postgres", reading(Map.of(DEC_1, sameWithOtherScale)))))
        .isEmpty();
  }

  @Test
  void aDifferenceOfATenThousandthIsNamed() {
    Figures off =
        new Figures(10L, 15L, new BigDecimal("1234.5001"), DAY.profit(), 7L, DAY.idChecksum());

    assertThat(oneStore("cassandra", reading(Map.of(DEC_1, off))))
        .extracting(Difference::inWords)
        .containsExactly(
            "2023-12-01 cassandra revenue: expected 1234.5000, found 1234.5001, difference 0.0001");
  }

  @Test
  void aSwappedIdShowsOnlyInTheChecksum() {
    Figures swapped = new Figures(10L, 15L, DAY.revenue(), DAY.profit(), 7L, new IdChecksum(0, 49));

    assertThat(oneStore("cassandra", reading(Map.of(DEC_1, swapped))))
        .containsExactly(
            new Difference(
                DEC_1,
                "cassandra",
                null,
                List.of(),
                "id_checksum",
                "00000000000000000000000000000032",
                "00000000000000000000000000000031",
                "ffffffffffffffffffffffffffffffff"));
  }

  @Test
  void aDayThatAStoreLacksDiffersInEveryFigure() {
    assertThat(oneStore("cassandra", reading(Map.of())))
        .extracting(Difference::column, Difference::found, Difference::difference)
        .containsExactly(
            tuple("records", "0", "-10"),
            tuple("quantity", "0", "-15"),
            tuple("revenue", "0.0000", "-1234.5000"),
            tuple("profit", "0.0000", "-100.0000"),
            tuple("customers", "0", "-7"),
            tuple("id_checksum", "0".repeat(32), "f".repeat(30) + "ce"));
  }

  @Test
  void anUnexpectedDayDiffers() {
    Figures one = new Figures(1L, 1L, new BigDecimal("2.0000"), new BigDecimal("0.0000"), 1L, null);

    assertThat(oneStore("postgres", reading(Map.of(DEC_1, DAY, DEC_2, one))))
        .extracting(Difference::inWords)
        .containsExactly(
            "2023-12-02 postgres records: expected 0, found 1, difference 1",
            "2023-12-02 postgres quantity: expected 0, found 1, difference 1",
            "2023-12-02 postgres revenue: expected 0.0000, found 2.0000, difference 2.0000",
            "2023-12-02 postgres customers: expected 0, found 1, difference 1");
  }

  @Test
  void kafkaItselfIsHeldAgainstTheLedger() {
    Figures lost = new Figures(9L, 15L, DAY.revenue(), DAY.profit(), 7L, DAY.idChecksum());

    assertThat(compare(reading(Map.of(DEC_1, DAY)), reading(Map.of(DEC_1, lost)), Map.of()))
        .extracting(Difference::inWords)
        .containsExactly("2023-12-01 kafka records: expected 10, found 9, difference -1");
  }

  @Test
  void whatTheLedgerCannotStateIsHeldAgainstKafka() {
    Figures fewerCustomers =
        new Figures(10L, 15L, DAY.revenue(), DAY.profit(), 6L, DAY.idChecksum());

    assertThat(
            compare(
                reading(Map.of(DEC_1, DAY.withoutCustomers())),
                reading(Map.of(DEC_1, DAY)),
                Map.of("cassandra", reading(Map.of(DEC_1, fewerCustomers)))))
        .extracting(Difference::inWords)
        .containsExactly("2023-12-01 cassandra customers: expected 7, found 6, difference -1");
    assertThat(
            compare(
                reading(Map.of(DEC_1, Figures.UNKNOWN)),
                reading(Map.of(DEC_1, DAY)),
                Map.of("cassandra", reading(Map.of(DEC_1, DAY)))))
        .isEmpty();
  }

  @Test
  void differencesAreSortedByDayAndThenByStore() {
    Map<String, StoreReading> stores = new LinkedHashMap<>();
    stores.put("cassandra", reading(Map.of(DEC_1, off("1.0000"), DEC_2, off("2.0000"))));
    stores.put("postgres", reading(Map.of(DEC_1, off("3.0000"), DEC_2, DAY)));

    StoreReading must = reading(Map.of(DEC_1, DAY, DEC_2, DAY));
    assertThat(compare(must, must, stores))
        .extracting(Difference::day, Difference::store)
        .containsExactly(
            tuple(DEC_1, "cassandra"), tuple(DEC_1, "postgres"), tuple(DEC_2, "cassandra"));
  }

  /** Ten records produced, one refused by the screen: nine have landed. */
  @Test
  void whatTheLedgerCountsAndTheScreenRefusesIsExplained() {
    Figures landed =
        new Figures(9L, 14L, new BigDecimal("1000.0000"), DAY.profit(), 6L, IdChecksum.ZERO);
    StoreReading ledger = reading(Map.of(DEC_1, DAY, DEC_2, DAY));
    StoreReading kafka = reading(Map.of(DEC_1, landed, DEC_2, DAY));
    Comparison comparison = new Comparison(ledger, kafka, Map.of(DEC_1, DAY, DEC_2, landed));

    assertThat(comparison.compare(Map.of("cassandra", kafka))).isEmpty();
    assertThat(comparison.explanations())
        .containsExactly(
            Problem.warning(
                DEC_1,
                "2023-12-01: the ledger counts what the screen refuses. Produced are 10 records with"
                    + " a revenue of %s; landed are 9 records with a revenue of 1000.0000, the rest is in the dead-letter topics"
                        .formatted(DAY.revenue())));
    assertThat(comparison.compare(Map.of("cassandra", ledger)))
        .as("a store in which the refused record landed")
        .extracting(Difference::day, Difference::store, Difference::column)
        .contains(tuple(DEC_1, "cassandra", "records"));
  }

  /** The ledger states more than was ever produced: no refused record explains that. */
  @Test
  void aLedgerThatStatesSomethingElseDiffersInSpiteOfRefusedRecords() {
    Figures landed =
        new Figures(8L, 14L, new BigDecimal("1000.0000"), DAY.profit(), 6L, DAY.idChecksum());
    Figures produced =
        new Figures(9L, 14L, new BigDecimal("1000.0000"), DAY.profit(), 6L, DAY.idChecksum());
    Comparison comparison =
        new Comparison(
            reading(Map.of(DEC_1, DAY)), reading(Map.of(DEC_1, landed)), Map.of(DEC_1, produced));

    assertThat(comparison.explanations()).isEmpty();
    assertThat(comparison.compare(Map.of()))
        .extracting(Difference::store, Difference::column, Difference::difference)
        .contains(tuple("kafka", "records", "-2"));
  }

  private static List<Difference> oneStore(String name, StoreReading reading) {
    StoreReading must = reading(Map.of(DEC_1, DAY));
    return compare(must, must, Map.of(name, reading));
  }

  private static List<Difference> compare(
      StoreReading ledger, StoreReading kafka, Map<String, StoreReading> stores) {
    return new Comparison(ledger, kafka, Map.of()).compare(stores);
  }

  private static Figures off(String revenue) {
    return new Figures(10L, 15L, new BigDecimal(revenue), DAY.profit(), 7L, DAY.idChecksum());
  }

  private static StoreReading reading(Map<LocalDate, Figures> days) {
    return new StoreReading(Figures.ZERO, new TreeMap<>(days));
  }
}
