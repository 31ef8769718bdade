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
  private final DaySums sums = new DaySums();

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
    sums.add(id, quantity, revenue, profit);
    customers.add(customerId);
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

  /** Counts one record of the topic {@code daily_records}, whose {@code ts_id} is known. */
  public void add(UUID id, DailyRecord sale) {
    sums.add(id, sale);
    customers.add(sale.getCustomerId());
  }

  /** Counts what other figures hold, of other records of the same day. */
  public void add(DayFigures others) {
    sums.add(others.sums);
    customers.addAll(others.customers);
  }

  /** All but the customers. */
  public DaySums sums() {
    return sums;
  }

  /** Records counted so far. */
  public long records() {
    return sums.records();
  }

  /** Sum of quantity, in pieces. */
  public long quantity() {
    return sums.quantity();
  }

  /** Sum of revenue, scale 4, in the store's currency. */
  public BigDecimal revenue() {
    return sums.revenue();
  }

  /** Sum of profit, scale 4, in the store's currency. */
  public BigDecimal profit() {
    return sums.profit();
  }

  /** Distinct customers. */
  public long customers() {
    return customers.size();
  }

  /** Identifies the set of ids, whatever their order. */
  public IdChecksum idChecksum() {
    return sums.idChecksum();
  }
}
