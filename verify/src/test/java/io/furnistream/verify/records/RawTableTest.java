package io.furnistream.verify.records;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static io.furnistream.verify.tables.Sales.DEC_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.EveryKind;
import io.furnistream.verify.tables.Sales;
import io.furnistream.verify.tables.Table;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawTableTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  @Test
  void ofEachKeyTheLatestValueCountsAndATombstoneTakesItBack() {
    RawTable raw = new RawTable(new DayRange(DEC_1, DEC_1), new NameTokens(KEY));
    raw.put(Sales.key(DEC_1, 1), Sales.sale(DEC_1, 1, "Ann", "5.0000").build());
    raw.put(Sales.key(DEC_1, 1), Sales.sale(DEC_1, 1, "Ann", "6.0000").setSegment("Home").build());
    raw.put(Sales.key(DEC_1, 2), Sales.sale(DEC_1, 2, "Bob", "7.0000").build());
    raw.put(Sales.key(DEC_1, 2), null);
    raw.put(Sales.key(DEC_2, 3), Sales.sale(DEC_2, 3, "Cem", "8.0000").build());

    Table table = raw.table();

    assertThat(table.days()).containsExactly(DEC_1);
    List<Object> row = table.rows(DEC_1).get(List.of("1", Sales.id(1).toString()));
    assertThat(table.rows(DEC_1)).hasSize(1);
    assertThat(row.get(table.columns().indexOf("segment"))).isEqualTo("Home");
    assertThat(row.get(table.columns().indexOf("revenue"))).isEqualTo(new BigDecimal("6.0000"));
    // Worked out by Python's hmac.
    assertThat(row.get(table.columns().indexOf("customer_name")))
        .isEqualTo("ed54bab706fc770bf47bded0c6a9a2e2");
    assertThat(row.get(table.columns().indexOf("unit_cost"))).isNull();
    assertThat(row.get(table.columns().indexOf("ts"))).isEqualTo(DEC_1 + "T10:00:00Z");
  }

  @Test
  void aRowThatHoldsWhatItsRecordSaysHasTheSameValues() {
    List<Object> expected = RawTable.values(EveryKind.columns(), EveryKind.sale());

    assertThat(RawTable.values(EveryKind.columns(), EveryKind.row())).isEqualTo(expected);
    assertThat(expected)
        .startsWith("Chair", 7L, 1L << 40, new BigDecimal("1.5000"), new BigDecimal("52.520000"))
        .contains("2023-12-03", "2023-12-03T10:00:00.125Z");
  }

  /** By Python's hmac and unicodedata. */
  @Test
  void aNameHasOneTokenHoweverItsLettersAreComposed() {
    NameTokens tokens = new NameTokens(KEY);

    assertThat(tokens.of("Zo\u00eb M\u00fcller")).isEqualTo("cdd1760891d61f47061e0b8821f64fd3");
    assertThat(tokens.of("Zoe\u0308 Mu\u0308ller")).isEqualTo("cdd1760891d61f47061e0b8821f64fd3");
  }

  @Test
  void withoutTheKeyItSaysWhereItIs() {
    assertThatThrownBy(() -> new NameTokens(""))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("FURNISTREAM_PSEUDONYM_KEY")
        .hasMessageContaining("secrets.env");
  }
}
