package io.furnistream.verify.tables;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static io.furnistream.verify.tables.Sales.DEC_2;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableComparisonTest {

  private final Table must = products();
  private final Table found = products();

  @Test
  void sameRowsDifferInNothing() {
    must.put(DEC_1, List.of("Furniture", "Oak chair"), "Oak", 2L, new BigDecimal("5.0000"));
    found.put(DEC_1, List.of("Furniture", "Oak chair"), "Oak", 2L, new BigDecimal("5.00"));

    assertThat(words()).isEmpty();
  }

  @Test
  void aValueIsNamedWithItsRow() {
    must.put(DEC_1, List.of("Furniture", "Oak chair"), "Oak", 2L, new BigDecimal("5.0000"));
    found.put(DEC_1, List.of("Furniture", "Oak chair"), "Elm", null, new BigDecimal("5.00001"));

    assertThat(words())
        .containsExactly(
            "2023-12-01 postgres.products wood of Furniture / Oak chair: expected Oak, found Elm",
            "2023-12-01 postgres.products sold of Furniture / Oak chair: expected 2, found nothing",
            "2023-12-01 postgres.products daily_rev of Furniture / Oak chair: expected 5.0000, found 5.00001, difference 0.00001");
  }

  @Test
  void amountsMovedBetweenRowsDifferThoughTheirSumDoesNot() {
    must.put(DEC_1, List.of("a"), "Oak", 1L, new BigDecimal("5.0000"));
    must.put(DEC_1, List.of("b"), "Oak", 1L, new BigDecimal("6.0000"));
    found.put(DEC_1, List.of("a"), "Oak", 1L, new BigDecimal("4.0000"));
    found.put(DEC_1, List.of("b"), "Oak", 1L, new BigDecimal("7.0000"));

    assertThat(words())
        .containsExactly(
            "2023-12-01 postgres.products daily_rev of a: expected 5.0000, found 4.0000, difference -1.0000",
            "2023-12-01 postgres.products daily_rev of b: expected 6.0000, found 7.0000, difference 1.0000");
  }

  @Test
  void rowsThatAreMissingOrTooManyAreNamed() {
    must.put(DEC_1, List.of("a"), "Oak", 1L, new BigDecimal("5.0000"));
    found.put(DEC_2, List.of("b"), "Oak", 0L, new BigDecimal("0.0000"));

    assertThat(words())
        .containsExactly(
            "2023-12-01 postgres.products row of a: expected 1, found 0, difference -1",
            "2023-12-02 postgres.products row of b: expected 0, found 1, difference 1");
  }

  @Test
  void keysThatReadAlikeAreDifferentRows() {
    must.put(DEC_1, List.of("a / b", "c"), "Oak", 1L, new BigDecimal("5.0000"));
    found.put(DEC_1, List.of("a", "b / c"), "Oak", 1L, new BigDecimal("5.0000"));

    assertThat(words())
        .containsExactlyInAnyOrder(
            "2023-12-01 postgres.products row of a / b / c: expected 1, found 0, difference -1",
            "2023-12-01 postgres.products row of a / b / c: expected 0, found 1, difference 1");
  }

  @Test
  void ofManyRowsTheFirstAreNamedAndTheRestCounted() {
    for (int i = 0; i < 5000; i++) {
      must.put(DEC_1, List.of("p" + i), "Oak", 1L, new BigDecimal("5.0000"));
      if (i < 100) {
        found.put(DEC_1, List.of("p" + i), "Oak", 1L, new BigDecimal("5.0000"));
      }
    }

    assertThat(words())
        .hasSize(6)
        .endsWith(
            "2023-12-01 postgres.products rows that agree: expected 5000, found 100, difference -4900");
  }

  @Test
  void onlyTheColumnsThatWereReadAreCompared() {
    must.put(DEC_1, List.of(), "Oak", 1L, new BigDecimal("5.0000"));
    Table oneColumn = new Table("products", "sold");
    oneColumn.put(DEC_1, List.of(), 2L);

    assertThat(TableComparison.compare("postgres", must, oneColumn, OpenDays.none()).differences())
        .extracting(Difference::inWords)
        .containsExactly("2023-12-01 postgres.products sold: expected 1, found 2, difference 1");
  }

  private List<String> words() {
    return TableComparison.compare("postgres", must, found, OpenDays.none()).differences().stream()
        .map(Difference::inWords)
        .toList();
  }

  private static Table products() {
    return new Table("products", "wood", "sold", "daily_rev");
  }
}
