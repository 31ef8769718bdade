package io.furnistream.verify.readings;

import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import io.furnistream.verify.records.LatestSales;
import io.furnistream.verify.records.Ledger;
import io.furnistream.verify.tables.DayByDayTable;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.OpenDays;
import io.furnistream.verify.tables.StoreReading;
import io.furnistream.verify.tables.StoredRow;
import io.furnistream.verify.tables.Table;
import io.furnistream.verify.tables.TableLayout;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * PostgreSQL: its figures are those of {@code daily_pu_rev}. It holds no ids and so states no
 * checksum. The other tables are compared row by row with what they must be.
 */
public final class PostgresStore implements Store {

  /** Its name in reports. */
  public static final String NAME = "postgres";

  private static final TableLayout DAILY_PU_REV = TableLayout.of(Topic.DAILY_PU_REV);

  /** A day without sales: selecting it only checks that the tables exist. */
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
      read(NO_SALES, OpenDays.none());
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
  public StoreReading read(DayRange range, OpenDays open) {
    session.newSnapshot();
    TreeMap<LocalDate, Figures> days = new TreeMap<>();
    // Its other columns are the figures, and are compared as such.
    TableLayout orders = DAILY_PU_REV.comparing("daily_orders");
    Table ordersRows = orders.empty();
    session.forEachRow(
        PostgresSelect.rows(DAILY_PU_REV),
        range,
        row -> {
          days.put(DAILY_PU_REV.day(row), figures(row));
          orders.put(ordersRows, row);
        });
    // Its totals of a day run on while the day does.
    open.days().stream().filter(range::contains).forEach(day -> days.put(day, Figures.UNKNOWN));
    List<TableLayout> aggregated = TableLayout.aggregatedIn(StoreKind.POSTGRES);
    List<Table> all = new ArrayList<>(List.of(ordersRows));
    for (TableLayout layout : aggregated) {
      if (layout.isHeldWhole() && !layout.name().equals(DAILY_PU_REV.name())) {
        all.add(whole(layout, range));
      }
    }
    all.add(whole(Ledger.LAYOUT, range));
    for (TableLayout layout : aggregated) {
      if (!layout.isHeldWhole()) {
        all.add(dayByDay(layout, range));
      }
    }
    if (range.equals(DayRange.ALL)) {
      all.add(whole(LatestSales.LAYOUT, range));
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

  private Table whole(TableLayout layout, DayRange range) {
    Table table = layout.empty();
    session.forEachRow(PostgresSelect.rows(layout), range, row -> layout.put(table, row));
    return table;
  }

  private Table dayByDay(TableLayout layout, DayRange range) {
    Set<LocalDate> days = new HashSet<>();
    session.forEachRow(
        PostgresSelect.days(layout), range, row -> days.add(row.date(PostgresSelect.DAY)));
    return new DayByDayTable(
        layout.name(),
        layout.columns(),
        days,
        day -> {
          Map<List<String>, List<Object>> rows = new HashMap<>();
          session.forEachRow(
              PostgresSelect.rows(layout),
              new DayRange(day, day),
              row -> rows.put(layout.key(row), layout.values(row)));
          return rows;
        });
  }

  private static Long orZero(Long count) {
    return count == null ? Long.valueOf(0) : count;
  }

  private static BigDecimal orZero(BigDecimal amount) {
    return amount == null ? BigDecimal.ZERO : amount;
  }
}
