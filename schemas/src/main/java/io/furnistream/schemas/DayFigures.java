package io.furnistream.schemas;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Adds up what one day holds: the figures that the ledger states and that every store is held
 * against.
 *
 * <p>Not thread-safe. Memory grows with the distinct customers of the day, not with its records.
 */
public final class DayFigures {

  private final Set<String> customers = new HashSet<>();
  private long records;
  private long quantity;
  private BigDecimal revenue = Money.ZERO;
  private BigDecimal profit = Money.ZERO;
  private IdChecksum checksum = IdChecksum.ZERO;

  /**
   * Counts one record.
   *
   * @param id its ts_id
   * @param customerId who bought
   * @param quantity pieces
   * @param revenue in the store's currency
   * @param profit in the store's currency; null adds nothing
   */
  public void add(
      UUID id, String customerId, long quantity, BigDecimal revenue, BigDecimal profit) {
    records++;
    this.quantity += quantity;
    this.revenue = this.revenue.add(revenue);
    if (profit != null) {
      this.profit = this.profit.add(profit);
    }
    customers.add(customerId);
    checksum = checksum.add(id);
  }

  /** Counts one record of the topic {@code daily_records}. */
  public void add(DailyRecord sale) {
    add(
        UUID.fromString(sale.getTsId()),
        sale.getCustomerId(),
        sale.getQuantity(),
        sale.getRevenue(),
        sale.getProfit());
  }

  /** Records counted so far. */
  public long records() {
    return records;
  }

  /** Sum of quantity, in pieces. */
  public long quantity() {
    return quantity;
  }

  /** Sum of revenue, scale 4, in the store's currency. */
  public BigDecimal revenue() {
    return revenue;
  }

  /** Sum of profit, scale 4, in the store's currency. */
  public BigDecimal profit() {
    return profit;
  }

  /** Distinct customers. */
  public long customers() {
    return customers.size();
  }

  /** Identifies the set of ids, whatever their order. */
  public IdChecksum idChecksum() {
    return checksum;
  }
}
