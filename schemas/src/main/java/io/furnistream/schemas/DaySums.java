package io.furnistream.schemas;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * Adds up what one day holds, but for its distinct customers, so that memory does not grow with the
 * day. Not thread-safe.
 */
public final class DaySums {

  private long records;
  private long quantity;
  private BigDecimal revenue = Money.ZERO;
  private BigDecimal profit = Money.ZERO;
  private IdChecksum checksum = IdChecksum.ZERO;

  /**
   * Counts one record.
   *
   * @param id its ts_id
   * @param quantity pieces
   * @param revenue in the store's currency
   * @param profit in the store's currency; null adds nothing
   */
  public void add(UUID id, long quantity, BigDecimal revenue, BigDecimal profit) {
    records++;
    this.quantity += quantity;
    this.revenue = this.revenue.add(revenue);
    if (profit != null) {
      this.profit = this.profit.add(profit);
    }
    checksum = checksum.add(id);
  }

  /** Counts one record of the topic {@code daily_records}, whose {@code ts_id} is known. */
  public void add(UUID id, DailyRecord sale) {
    add(id, sale.getQuantity(), sale.getRevenue(), sale.getProfit());
  }

  /** Counts what other sums hold, of other records of the same day. */
  public void add(DaySums others) {
    records += others.records;
    quantity += others.quantity;
    revenue = revenue.add(others.revenue);
    profit = profit.add(others.profit);
    checksum = checksum.add(others.checksum);
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

  /** Identifies the set of ids, whatever their order. */
  public IdChecksum idChecksum() {
    return checksum;
  }
}
