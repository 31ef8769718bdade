package io.furnistream.verify.records;

import io.furnistream.schemas.Money;
import io.furnistream.verify.tables.DayByDayTable;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.DayRows;
import io.furnistream.verify.tables.StoredRow;
import io.furnistream.verify.tables.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The tables that PostgreSQL alone holds, each with what it groups records by and what its rows
 * must say. They are compared a day at a time, since some have nearly a row for each record.
 */
public enum ReportTable {
  DAILY_PLATFORM_PRODUCT(List.of("quantity", "sales", "profit")) {
    @Override
    List<String> key(Contribution sale) {
      return List.of(sale.platform(), sale.productId());
    }

    @Override
    List<Object> row(Sums sums) {
      return List.of(sums.quantity, sums.revenue, sums.profit);
    }

    @Override
    String select() {
      return "SELECT platform, product_id, quantity, sales, profit"
          + " FROM daily_report.daily_platform_product WHERE ts_date BETWEEN ? AND ?";
    }

    @Override
    String selectDays() {
      return "SELECT DISTINCT ts_date FROM daily_report.daily_platform_product"
          + " WHERE ts_date BETWEEN ? AND ?";
    }

    @Override
    List<String> key(StoredRow row) {
      return List.of(row.text("platform"), row.text("product_id"));
    }

    @Override
    List<Object> row(StoredRow row) {
      return List.of(row.count("quantity"), row.amount("sales"), row.amount("profit"));
    }
  },
  /** A minute is not a day's: its day is here that of UTC. */
  SALES_BY_MINUTE(List.of("orders", "quantity", "revenue", "profit")) {
    @Override
    boolean isByUtcDay() {
      return true;
    }

    @Override
    List<String> key(Contribution sale) {
      return List.of(
          sale.time().truncatedTo(ChronoUnit.MINUTES).toString(), sale.category(), sale.platform());
    }

    @Override
    List<Object> row(Sums sums) {
      return List.of((long) sums.orders.size(), sums.quantity, sums.revenue, sums.profit);
    }

    @Override
    String select() {
      return "SELECT extract(epoch FROM minute)::bigint AS minute, category, platform, orders,"
          + " quantity, revenue, profit FROM daily_report.sales_by_minute"
          + " WHERE minute >= (?::date)::timestamp AT TIME ZONE 'UTC'"
          + " AND minute < ((?::date) + 1)::timestamp AT TIME ZONE 'UTC'";
    }

    @Override
    String selectDays() {
      return "SELECT DISTINCT (minute AT TIME ZONE 'UTC')::date AS ts_date"
          + " FROM daily_report.sales_by_minute"
          + " WHERE (minute AT TIME ZONE 'UTC')::date BETWEEN ? AND ?";
    }

    @Override
    List<String> key(StoredRow row) {
      return List.of(
          Instant.ofEpochSecond(row.count("minute")).toString(),
          row.text("category"),
          row.text("platform"));
    }

    @Override
    List<Object> row(StoredRow row) {
      return List.of(
          row.count("orders"), row.count("quantity"), row.amount("revenue"), row.amount("profit"));
    }
  },
  DAILY_STATE(List.of("customers", "orders", "revenue", "profit")) {
    @Override
    List<String> key(Contribution sale) {
      return List.of(sale.address().country(), sale.address().state());
    }

    @Override
    List<Object> row(Sums sums) {
      return List.of(
          (long) sums.customers.size(), (long) sums.orders.size(), sums.revenue, sums.profit);
    }

    @Override
    String select() {
      return "SELECT country, state, customers, orders, revenue, profit"
          + " FROM daily_report.daily_state WHERE ts_date BETWEEN ? AND ?";
    }

    @Override
    String selectDays() {
      return "SELECT DISTINCT ts_date FROM daily_report.daily_state WHERE ts_date BETWEEN ? AND ?";
    }

    @Override
    List<String> key(StoredRow row) {
      return List.of(row.text("country"), row.text("state"));
    }

    @Override
    List<Object> row(StoredRow row) {
      return List.of(
          row.count("customers"), row.count("orders"), row.amount("revenue"), row.amount("profit"));
    }
  },
  DAILY_CUSTOMER(List.of("orders", "quantity", "revenue", "profit")) {
    @Override
    List<String> key(Contribution sale) {
      return List.of(sale.customer(), sale.category(), sale.address().state());
    }

    @Override
    List<Object> row(Sums sums) {
      return List.of((long) sums.orders.size(), sums.quantity, sums.revenue, sums.profit);
    }

    @Override
    String select() {
      return "SELECT customer_id, category, state, orders, quantity, revenue, profit"
          + " FROM daily_report.daily_customer WHERE ts_date BETWEEN ? AND ?";
    }

    @Override
    String selectDays() {
      return "SELECT DISTINCT ts_date FROM daily_report.daily_customer"
          + " WHERE ts_date BETWEEN ? AND ?";
    }

    @Override
    List<String> key(StoredRow row) {
      return List.of(row.text("customer_id"), row.text("category"), row.text("state"));
    }

    @Override
    List<Object> row(StoredRow row) {
      return List.of(
          row.count("orders"), row.count("quantity"), row.amount("revenue"), row.amount("profit"));
    }
  },
  LIVE_KPIS(List.of("records", "customers", "products", "orders", "revenue", "average_order")) {
    @Override
    List<String> key(Contribution sale) {
      return List.of();
    }

    @Override
    List<Object> row(Sums sums) {
      long orders = sums.orders.size();
      return List.of(
          sums.records,
          (long) sums.customers.size(),
          (long) sums.products.size(),
          orders,
          sums.revenue,
          sums.revenue.divide(BigDecimal.valueOf(orders), Money.SCALE, RoundingMode.HALF_UP));
    }

    @Override
    String select() {
      return "SELECT records, customers, products, orders, revenue, average_order"
          + " FROM daily_report.live_kpis WHERE ts_date BETWEEN ? AND ?";
    }

    @Override
    String selectDays() {
      return "SELECT DISTINCT ts_date FROM daily_report.live_kpis WHERE ts_date BETWEEN ? AND ?";
    }

    @Override
    List<String> key(StoredRow row) {
      return List.of();
    }

    @Override
    List<Object> row(StoredRow row) {
      return List.of(
          row.count("records"),
          row.count("customers"),
          row.count("products"),
          row.count("orders"),
          row.amount("revenue"),
          row.amount("average_order"));
    }
  };

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> columns;

  ReportTable(List<String> columns) {
    this.columns = columns;
  }

  /** The table's name in the schema daily_report. */
  String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its rows are compared by the day in UTC, and not by the store's own. */
  boolean isByUtcDay() {
    return false;
  }

  abstract List<String> key(Contribution sale);

  abstract List<Object> row(Sums sums);

  abstract String select();

  abstract String selectDays();

  abstract List<String> key(StoredRow row);

  abstract List<Object> row(StoredRow row);

  /** What the table must hold. */
  Table expected(Map<LocalDate, List<Contribution>> days) {
    return new DayByDayTable(
        tableName(), columns, days.keySet(), day -> rows(days.getOrDefault(day, List.of())));
  }

  /**
   * What PostgreSQL holds.
   *
   * @param session reads PostgreSQL
   * @param range which days
   */
  public Table found(DayRows session, DayRange range) {
    Set<LocalDate> days = new HashSet<>();
    session.forEachRow(selectDays(), range, row -> days.add(row.date("ts_date")));
    return new DayByDayTable(
        tableName(),
        columns,
        days,
        day -> {
          Map<List<String>, List<Object>> rows = new HashMap<>();
          session.forEachRow(select(), new DayRange(day, day), row -> rows.put(key(row), row(row)));
          return rows;
        });
  }

  private Map<List<String>, List<Object>> rows(List<Contribution> sales) {
    Map<List<String>, Sums> groups = new HashMap<>();
    for (Contribution sale : sales) {
      groups.computeIfAbsent(key(sale), key -> new Sums()).add(sale);
    }
    Map<List<String>, List<Object>> rows = new HashMap<>();
    groups.forEach((key, sums) -> rows.put(key, row(sums)));
    return rows;
  }

  /** One group's records, added up. */
  static final class Sums {
    private final Set<String> customers = new HashSet<>(2);
    private final Set<String> orders = new HashSet<>(2);
    private final Set<String> products = new HashSet<>(2);
    private long records;
    private long quantity;
    private BigDecimal revenue = Money.ZERO;
    private BigDecimal profit = Money.ZERO;

    private void add(Contribution sale) {
      records++;
      quantity += sale.quantity();
      revenue = revenue.add(sale.revenueAmount());
      profit = profit.add(sale.profitAmount());
      customers.add(sale.customer());
      orders.add(sale.order());
      products.add(sale.productId());
    }
  }
}
