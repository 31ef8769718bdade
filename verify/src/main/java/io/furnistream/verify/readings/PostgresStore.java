package io.furnistream.verify.readings;

import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import io.furnistream.verify.database.StagedTable;
import io.furnistream.verify.records.Ledger;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.StoreReading;
import io.furnistream.verify.tables.StoredRow;
import io.furnistream.verify.tables.TableLayout;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * PostgreSQL: its figures are those of {@code daily_pu_rev}. It holds no ids and so states no
 * checksum. Every table is compared row by row with what it must be.
 */
public final class PostgresStore implements Store {

  /** Its name in reports. */
  public static final String NAME = "postgres";

  private static final TableLayout DAILY_PU_REV = TableLayout.of(Topic.DAILY_PU_REV);

  /** Its other columns are the figures, and are compared as such. */
  private static final TableLayout ORDERS = DAILY_PU_REV.comparing("daily_orders");

  private static final TableLayout RECENT_RECORDS = TableLayout.of(Topic.RECENT_RECORDS, "ts_date");

  private final PostgresSession session;

  /**
   * Connects.
   *
   * @throws io.furnistream.cli.CannotRunException when PostgreSQL does not answer or lacks a table
   */
  public PostgresStore(Endpoints endpoints) {
    this.session = new PostgresSession(endpoints);
    try {
      // A day without sales: selecting it only checks that the tables exist.
      DayRange noSales = new DayRange(DayRange.ALL.from(), DayRange.ALL.from());
      layouts()
          .forEach(layout -> session.forEachRow(PostgresSelect.rows(layout), noSales, row -> {}));
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
  public void refresh() {
    session.newSnapshot();
  }

  @Override
  public StagedReading read(DayRange range, Staging staging) {
    TreeMap<LocalDate, Figures> days = new TreeMap<>();
    session.forEachRow(
        PostgresSelect.rows(DAILY_PU_REV),
        range,
        row -> days.put(DAILY_PU_REV.day(row), figures(row)));
    // Its totals of a day run on while the day does.
    staging.open().days().stream()
        .filter(range::contains)
        .forEach(day -> days.put(day, Figures.UNKNOWN));
    List<Staged> tables = new ArrayList<>();
    for (TableLayout layout : layouts()) {
      tables.add(stage(layout, range, staging));
    }
    return new StagedReading(new StoreReading(Figures.ZERO.withoutIdChecksum(), days), tables);
  }

  @Override
  public Optional<Staged> readLatest(Staging staging) {
    return Optional.of(stage(RECENT_RECORDS, DayRange.ALL, staging));
  }

  @Override
  public void close() {
    session.close();
  }

  private Staged stage(TableLayout layout, DayRange range, Staging staging) {
    try (StagedTable table = staging.begin(layout)) {
      session.forEachRow(PostgresSelect.rows(layout), range, table::add);
    }
    return new Staged(layout, staging.relation(layout), false);
  }

  private static List<TableLayout> layouts() {
    List<TableLayout> layouts = new ArrayList<>(List.of(ORDERS));
    TableLayout.aggregatedIn(StoreKind.POSTGRES).stream()
        .filter(layout -> !layout.name().equals(DAILY_PU_REV.name()))
        .forEach(layouts::add);
    layouts.add(Ledger.LAYOUT);
    return layouts;
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

  private static Long orZero(Long count) {
    return count == null ? Long.valueOf(0) : count;
  }

  private static BigDecimal orZero(BigDecimal amount) {
    return amount == null ? BigDecimal.ZERO : amount;
  }
}
