package io.furnistream.verify.records;

import io.furnistream.schemas.Money;
import io.furnistream.schemas.Topic;
import io.furnistream.verify.tables.DayByDayTable;
import io.furnistream.verify.tables.Table;
import io.furnistream.verify.tables.TableLayout;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What each of the aggregates' tables that are kept by day must hold: what groups records to a row,
 * and what the row says. This is the proof, so it shares nothing with the code that fills the
 * tables; their names and columns are those of the catalogue.
 */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
enum ExpectedTable {
  DAILY_PU_REV(
      Topic.DAILY_PU_REV,
      sale -> List.of(),
      sales ->
          List.of(
              sales.records(),
              sales.customers(),
              sales.orders(),
              sales.quantity(),
              sales.revenue(),
              sales.profit())),
  DAILY_CATEGORY_PRODUCT(
      Topic.DAILY_CATEGORY_PRODUCT,
      Contribution::product,
      sales -> List.of(sales.quantity(), sales.revenue(), sales.profit())),
  /** A sale without coordinates is on no point of the map. */
  DAILY_ADDRESS(
      Topic.DAILY_ADDRESS,
      sale -> sale.coordinates() == null ? null : sale.coordinates().key(),
      sales -> {
        Place place = sales.place();
        return List.of(place.city(), place.state(), place.country(), sales.customers());
      }),
  DAILY_PLATFORM_PRODUCT(
      Topic.DAILY_PLATFORM_PRODUCT,
      sale -> List.of(sale.platform(), sale.productId()),
      sales -> List.of(sales.quantity(), sales.revenue(), sales.profit())),
  SALES_BY_MINUTE(
      Topic.SALES_BY_MINUTE,
      sale ->
          List.of(
              sale.time().truncatedTo(ChronoUnit.MINUTES).toString(),
              sale.category(),
              sale.platform()),
      sales -> List.of(sales.orders(), sales.quantity(), sales.revenue(), sales.profit())),
  DAILY_STATE(
      Topic.DAILY_STATE,
      sale -> List.of(sale.address().country(), sale.address().state()),
      sales -> List.of(sales.customers(), sales.orders(), sales.revenue(), sales.profit())),
  DAILY_CUSTOMER(
      Topic.DAILY_CUSTOMER,
      sale -> List.of(sale.customer(), sale.category(), sale.address().state()),
      sales -> List.of(sales.orders(), sales.quantity(), sales.revenue(), sales.profit())),
  LIVE_KPIS(
      Topic.LIVE_KPIS,
      sale -> List.of(),
      sales ->
          List.of(
              sales.records(),
              sales.customers(),
              sales.products(),
              sales.orders(),
              sales.revenue(),
              sales
                  .revenue()
                  .divide(BigDecimal.valueOf(sales.orders()), Money.SCALE, RoundingMode.HALF_UP)));

  private final TableLayout layout;
  private final List<String> columns;
  private final Function<Contribution, List<String>> key;
  private final Function<SaleGroup, List<Object>> row;

  /**
   * A table.
   *
   * @param key what names the row of a sale within its day; null for a sale that has none
   * @param row the row's values, in the order of the catalogue
   */
  ExpectedTable(
      Topic topic,
      Function<Contribution, List<String>> key,
      Function<SaleGroup, List<Object>> row) {
    this.layout = TableLayout.of(topic);
    this.columns = layout.columns();
    this.key = key;
    this.row = row;
  }

  /** The table's name and columns. */
  TableLayout layout() {
    return layout;
  }

  /** What the table must hold according to the sales of these days. */
  Table of(Map<LocalDate, List<Contribution>> days) {
    if (!layout.isHeldWhole()) {
      return new DayByDayTable(
          layout.name(), columns, days.keySet(), day -> rows(days.getOrDefault(day, List.of())));
    }
    Table table = layout.empty();
    days.forEach(
        (day, sales) ->
            rows(sales).forEach((name, values) -> table.put(day, name, values.toArray())));
    return table;
  }

  private Map<List<String>, List<Object>> rows(List<Contribution> sales) {
    Map<List<String>, SaleGroup> groups = new HashMap<>();
    for (Contribution sale : sales) {
      List<String> name = key.apply(sale);
      if (name != null) {
        groups.computeIfAbsent(name, n -> new SaleGroup()).add(sale);
      }
    }
    Map<List<String>, List<Object>> rows = new HashMap<>();
    groups.forEach((name, group) -> rows.put(name, values(group)));
    return rows;
  }

  private List<Object> values(SaleGroup group) {
    List<Object> values = row.apply(group);
    if (values.size() != columns.size()) {
      throw new IllegalStateException(
          "A row of %s has the columns %s, not %d"
              .formatted(layout.name(), columns, values.size()));
    }
    return values;
  }
}
