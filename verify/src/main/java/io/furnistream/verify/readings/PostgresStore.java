package io.furnistream.verify.readings;

import io.furnistream.cli.Endpoints;
import io.furnistream.verify.records.LatestSales;
import io.furnistream.verify.records.Ledger;
import io.furnistream.verify.records.ReportTable;
import io.furnistream.verify.tables.AggregateTables;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.StoreReading;
import io.furnistream.verify.tables.StoredRow;
import io.furnistream.verify.tables.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * PostgreSQL: its figures are those of {@code daily_pu_rev}. It holds no ids and so states no
 * checksum. The other tables are held row by row against what they must be.
 */
public final class PostgresStore implements Store {

  /** Its name in reports. */
  public static final String NAME = "postgres";

  private static final String DAILY_PU_REV =
      "SELECT ts_date, daily_records, daily_pu, daily_orders, daily_quantity, daily_rev,"
          + " daily_profit FROM daily_report.daily_pu_rev WHERE ts_date BETWEEN ? AND ?";
  private static final String DAILY_CATEGORY_PRODUCT =
      "SELECT ts_date, category, sub_category, product_name, daily_quantity, daily_rev,"
          + " daily_profit FROM daily_report.daily_category_product"
          + " WHERE ts_date BETWEEN ? AND ?";
  private static final String DAILY_ADDRESS =
      "SELECT ts_date, latitude, longitude, city, state, country, daily_pu"
          + " FROM daily_report.daily_address WHERE ts_date BETWEEN ? AND ?";
  private static final String RUN_LEDGER =
      "SELECT dataset, ts_date, status, records, quantity, revenue, profit, customers, id_checksum"
          + " FROM daily_report.run_ledger WHERE ts_date BETWEEN ? AND ?";

  /** Long before anybody sold furniture: asking for it only sees whether the tables are there. */
  private static final DayRange NO_SALES = new DayRange(DayRange.ALL.from(), DayRange.ALL.from());

  private final PostgresSession session;

  /**
   * Connects.
   *
   * @throws io.furnistream.cli.CannotRunException when PostgreSQL does not answer or lacks a table
   */
  public PostgresStore(Endpoints endpoints) {
    this.session = new PostgresSession(endpoints);
    try {
      read(NO_SALES);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public StoreReading read(DayRange range) {
    session.newSnapshot();
    TreeMap<LocalDate, Figures> days = new TreeMap<>();
    AggregateTables tables = AggregateTables.empty();
    Table ledger = Ledger.emptyTable();
    Table orders = new Table(tables.dailyPuRev().name(), "daily_orders");
    session.forEachRow(
        DAILY_PU_REV,
        range,
        row -> {
          days.put(row.date("ts_date"), figures(row));
          orders.put(row.date("ts_date"), List.of(), row.count("daily_orders"));
        });
    session.forEachRow(DAILY_CATEGORY_PRODUCT, range, tables::putDailyCategoryProduct);
    session.forEachRow(DAILY_ADDRESS, range, tables::putDailyAddress);
    session.forEachRow(RUN_LEDGER, range, row -> putEntry(ledger, row));
    List<Table> all =
        new ArrayList<>(
            List.of(orders, tables.dailyCategoryProduct(), tables.dailyAddress(), ledger));
    for (ReportTable table : ReportTable.values()) {
      all.add(table.found(session, range));
    }
    if (range.equals(DayRange.ALL)) {
      Table latest = LatestSales.emptyTable();
      session.forEachRow(LatestSales.SELECT, range, row -> LatestSales.put(latest, row));
      all.add(latest);
    }
    return new StoreReading(Figures.ZERO.withoutIdChecksum(), days, all);
  }

  @Override
  public void close() {
    session.close();
  }

  // A row that lacks a figure states 0, and so its day differs from the ledger.
  private static Figures figures(StoredRow row) {
    return new Figures(
        orZero(row.count("daily_records")),
        orZero(row.count("daily_quantity")),
        orZero(row.amount("daily_rev")),
        orZero(row.amount("daily_profit")),
        orZero(row.count("daily_pu")),
        null);
  }

  private static void putEntry(Table ledger, StoredRow row) {
    ledger.put(
        row.date("ts_date"),
        List.of(row.text("dataset")),
        row.text("status"),
        row.count("records"),
        row.count("quantity"),
        row.amount("revenue"),
        row.amount("profit"),
        row.count("customers"),
        row.text("id_checksum"));
  }

  private static Long orZero(Long count) {
    return count == null ? Long.valueOf(0) : count;
  }

  private static BigDecimal orZero(BigDecimal amount) {
    return amount == null ? BigDecimal.ZERO : amount;
  }
}
