package io.furnistream.replay.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.replay.mapping.Mapping;
import io.furnistream.replay.mapping.MappingReader;
import io.furnistream.replay.mapping.SaleFields;
import io.furnistream.replay.places.Places;
import io.furnistream.replay.source.Row;
import io.furnistream.schemas.DailyRecord;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineMapperTest {

  /** Texts that each give their field a value of its own. */
  private static final Map<String, String> CELLS =
      Map.of(
          "ts", "2020-01-02T10:00:00Z",
          "line", "7",
          "latitude", "12.5",
          "longitude", "-3.25",
          "price", "10.5",
          "unit_cost", "4.25",
          "quantity", "3",
          "discount", "0.125",
          "revenue", "99.5",
          "profit", "-1.5");

  @Test
  void everyFieldThatAMappingMayNameReachesTheRecord() throws Exception {
    List<String> fields = List.copyOf(SaleFields.mapped());
    StringBuilder yaml = new StringBuilder("key: all_columns\nfields:\n");
    List<String> cells = new ArrayList<>();
    for (String field : fields) {
      yaml.append("  %s: %s%n".formatted(field, field));
      cells.add(CELLS.getOrDefault(field, "a " + field));
    }

    DailyRecord sale = map(yaml.toString(), fields, cells);

    for (String field : fields) {
      Object value = sale.get(sale.getSchema().getField(field).pos());
      String cell = CELLS.getOrDefault(field, "a " + field);
      if (value instanceof BigDecimal number) {
        assertThat(number).as(field).isEqualByComparingTo(cell);
      } else {
        assertThat(value.toString()).as(field).isEqualTo(cell);
      }
    }
  }

  @Test
  void whatIsNotMappedHasADefaultAndWhatCanBeIsComputed() throws Exception {
    DailyRecord sale =
        map(
            """
            key: all_columns
            fields:
              ts: ts
              product_name: item
              quantity: quantity
              revenue: revenue
              discount: discount
              price: {from: revenue}
              unit_cost: cost
            """,
            List.of("ts", "item", "quantity", "revenue", "discount", "cost"),
            List.of("2020-01-02", "Chair", "3", "$90.00", "20%", "10"));

    assertThat(sale.getOrderId()).isEqualTo("unknown");
    assertThat(sale.getCustomerId()).isEqualTo("unknown");
    assertThat(sale.getProductId()).isEqualTo("Chair");
    assertThat(sale.getState()).isEqualTo("Unknown");
    assertThat(sale.getLatitude()).isNull();
    assertThat(sale.getPrice()).isEqualByComparingTo("37.5");
    assertThat(sale.getProfit()).isEqualByComparingTo("60");
    assertThat(sale.getTsDate()).isEqualTo("2020-01-02");
  }

  private static DailyRecord map(String yaml, List<String> header, List<String> cells)
      throws RejectedException {
    Mapping mapping = MappingReader.read("test.yaml", yaml);
    LineMapper mapper =
        new LineMapper(
            "test",
            mapping,
            Path.of("test.csv"),
            header,
            ZoneId.of("America/New_York"),
            Places.NONE);
    return mapper.map(new Row(2, cells.toArray(String[]::new))).value();
  }
}
