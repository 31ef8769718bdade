package io.furnistream.rollups.verify;

import static io.furnistream.rollups.verify.Sales.DEC_1;
import static io.furnistream.rollups.verify.Sales.DEC_2;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawTableTest {

  @Test
  void ofEachKeyTheLatestValueCountsAndATombstoneTakesItBack() {
    RawTable raw = new RawTable(new DayRange(DEC_1, DEC_1));
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
    assertThat(row.get(table.columns().indexOf("unit_cost"))).isNull();
    assertThat(row.get(table.columns().indexOf("ts"))).isEqualTo(DEC_1 + "T10:00:00Z");
  }
}
