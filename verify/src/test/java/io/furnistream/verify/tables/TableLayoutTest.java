package io.furnistream.verify.tables;

import static io.furnistream.verify.tables.Sales.DEC_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import io.furnistream.schemas.TopicColumn;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableLayoutTest {

  @Test
  void aRowIsNamedByItsKeyWithoutItsDay() {
    TableLayout places = TableLayout.of(Topic.DAILY_ADDRESS);
    assertThat(places.selected())
        .isEqualTo("ts_date, latitude, longitude, city, state, country, daily_pu");
    assertThat(names(places.keyColumns())).containsExactly("latitude", "longitude");
    assertThat(names(places.comparedColumns()))
        .containsExactly("city", "state", "country", "daily_pu");
  }

  @Test
  void anInstantNamesItsRowAndSaysTheDayOfUtc() {
    TableLayout minutes = TableLayout.of(Topic.SALES_BY_MINUTE);
    StoredRow row =
        new MapRow(
            Map.of(
                "minute", Instant.parse("2023-12-02T01:30:00Z"),
                "category", "Furniture",
                "platform", "Phone"));

    assertThat(minutes.isByUtcDay()).isTrue();
    assertThat(minutes.selected())
        .isEqualTo("minute, category, platform, orders, quantity, revenue, profit");
    assertThat(minutes.day(row)).isEqualTo(DEC_2);
    assertThat(names(minutes.keyColumns())).containsExactly("minute", "category", "platform");
  }

  @Test
  void theDayOfATableThatIsNotKeptByDayIsNamed() {
    TableLayout latest = TableLayout.of(Topic.RECENT_RECORDS, "ts_date");
    StoredRow row =
        new MapRow(
            Map.of("ts_date", DEC_2, "position", 7L, "ts", Instant.ofEpochMilli(5), "ts_id", "id"));

    assertThat(latest.day(row)).isEqualTo(DEC_2);
    assertThat(names(latest.keyColumns())).containsExactly("position");
    assertThat(names(latest.comparedColumns()))
        .startsWith("ts_id", "ts", "order_id")
        .doesNotContain("ts_date");
    assertThatThrownBy(() -> TableLayout.of(Topic.RECENT_RECORDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("recent_records has no day");
  }

  @Test
  void whereFewerColumnsAreComparedNoMoreAreAskedFor() {
    TableLayout ledger = TableLayout.of(Topic.RUN_LEDGER);

    assertThat(ledger.comparing("status", "records").selected())
        .isEqualTo("ts_date, dataset, status, records");
    assertThatThrownBy(() -> ledger.comparing("status; DROP TABLE run_ledger"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theAggregatedTablesOfAStoreAreThoseKeptByDay() {
    assertThat(TableLayout.aggregatedIn(StoreKind.CASSANDRA))
        .extracting(TableLayout::name)
        .containsExactly("daily_pu_rev", "daily_category_product", "daily_address");
    assertThat(TableLayout.aggregatedIn(StoreKind.POSTGRES))
        .extracting(TableLayout::name)
        .contains("daily_platform_product", "sales_by_minute", "daily_customer")
        .doesNotContain("recent_records");
  }

  @Test
  void everyKindOfColumnIsComparedAndNamed() {
    StoredRow row = EveryKind.row();
    List<Object> compared = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (TopicColumn column : EveryKind.columns()) {
      compared.add(TableLayout.value(column, row));
      if (!column.nullable()) {
        names.add(TableLayout.name(column, row));
      }
    }

    assertThat(compared.subList(0, 7))
        .containsExactly(
            "Chair",
            7L,
            1L << 40,
            new BigDecimal("1.5000"),
            new BigDecimal("52.520000"),
            "2023-12-03",
            EveryKind.INSTANT.toEpochMilli());
    assertThat(compared.subList(7, compared.size())).hasSize(7).containsOnlyNulls();
    assertThat(names)
        .containsExactly(
            "Chair",
            "7",
            "1099511627776",
            "1.5000",
            "52.52",
            "2023-12-03",
            "2023-12-03T10:00:00.125Z");
  }

  private static List<String> names(List<TopicColumn> columns) {
    return columns.stream().map(TopicColumn::name).toList();
  }
}
