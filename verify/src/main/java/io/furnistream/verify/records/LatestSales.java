package io.furnistream.verify.records;

import io.furnistream.verify.tables.StoredRow;
import io.furnistream.verify.tables.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The latest records, by day, then by when the order was placed, then by id: what {@code
 * recent_records} must hold. Stated only where every day is compared. Not thread-safe.
 */
public final class LatestSales {

  /** Reads the table from PostgreSQL; its two parameters are the first and the last day. */
  public static final String SELECT =
      "SELECT position, ts_id, (extract(epoch FROM ts) * 1000)::bigint AS ts, ts_date, order_id,"
          + " customer_id, country, state, city, platform, category, sub_category, product_id,"
          + " product_name, quantity, revenue, profit FROM daily_report.recent_records"
          + " WHERE ts_date BETWEEN ? AND ?";

  private static final int HELD = 100;

  private final TreeMap<Place, Contribution> latest = new TreeMap<>();

  void add(LocalDate day, UUID id, Contribution sale) {
    if (latest.size() == HELD && day.isBefore(latest.lastKey().day)) {
      return;
    }
    latest.put(new Place(day, sale.millis(), id.toString()), sale);
    if (latest.size() > HELD) {
      latest.pollLastEntry();
    }
  }

  /** The table with no rows. */
  public static Table emptyTable() {
    return new Table(
        "recent_records",
        "ts_id",
        "ts",
        "order_id",
        "customer_id",
        "country",
        "state",
        "city",
        "platform",
        "category",
        "sub_category",
        "product_id",
        "product_name",
        "quantity",
        "revenue",
        "profit");
  }

  /** What the table must hold. */
  Table table() {
    Table table = emptyTable();
    long position = 0;
    for (var entry : latest.entrySet()) {
      Contribution sale = entry.getValue();
      position++;
      table.put(
          entry.getKey().day,
          List.of(Long.toString(position)),
          entry.getKey().id,
          sale.millis(),
          sale.order(),
          sale.customer(),
          sale.address().country(),
          sale.address().state(),
          sale.address().city(),
          sale.platform(),
          sale.category(),
          sale.product().get(1),
          sale.productId(),
          sale.product().get(2),
          (long) sale.quantity(),
          sale.revenueAmount(),
          sale.profitAmount());
    }
    return table;
  }

  /** Adds a row that PostgreSQL holds. */
  public static void put(Table table, StoredRow row) {
    table.put(
        row.date("ts_date"),
        List.of(row.text("position")),
        row.text("ts_id"),
        row.count("ts"),
        row.text("order_id"),
        row.text("customer_id"),
        row.text("country"),
        row.text("state"),
        row.text("city"),
        row.text("platform"),
        row.text("category"),
        row.text("sub_category"),
        row.text("product_id"),
        row.text("product_name"),
        row.count("quantity"),
        row.amount("revenue"),
        row.amount("profit"));
  }

  private record Place(LocalDate day, long millis, String id) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int order = other.day.compareTo(day);
      if (order == 0) {
        order = Long.compare(other.millis, millis);
      }
      return order == 0 ? id.compareTo(other.id) : order;
    }
  }
}
