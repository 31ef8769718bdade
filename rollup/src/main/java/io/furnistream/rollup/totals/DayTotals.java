package io.furnistream.rollup.totals;

import io.furnistream.schemas.IdChecksum;
import io.furnistream.schemas.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The totals of a day: the row of {@code daily_pu_rev}, and the checksum of its ids.
 *
 * @param customers distinct
 * @param orders distinct
 * @param quantity in pieces
 * @param revenue in the store's currency
 * @param profit in the store's currency; a record that states none adds nothing
 */
public record DayTotals(
    LocalDate day,
    long records,
    long customers,
    long orders,
    long quantity,
    BigDecimal revenue,
    BigDecimal profit,
    IdChecksum idChecksum) {

  /** The totals as the day's manifest states them. */
  public Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("records", Long.toString(records));
    figures.put("customers", Long.toString(customers));
    figures.put("orders", Long.toString(orders));
    figures.put("quantity", Long.toString(quantity));
    figures.put("revenue", revenue.setScale(Money.SCALE).toPlainString());
    figures.put("profit", profit.setScale(Money.SCALE).toPlainString());
    figures.put("id_checksum", idChecksum.toString());
    return figures;
  }
}
