package io.furnistream.verify.records;

import io.furnistream.schemas.Topic;
import io.furnistream.verify.tables.Table;
import io.furnistream.verify.tables.TableLayout;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The latest records, by day, then by when the order was placed, then by id: what {@code
 * recent_records} must hold. Stated only where every day is compared. Not thread-safe.
 */
public final class LatestSales {

  /** Its table, which is not kept by day; differences are named under the day of the sale. */
  public static final TableLayout LAYOUT = TableLayout.of(Topic.RECENT_RECORDS, "ts_date");

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

  /** What the table must hold. */
  Table table() {
    Table table = LAYOUT.empty();
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
