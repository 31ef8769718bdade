package io.furnistream.verify.tables;

import io.furnistream.schemas.IdChecksum;
import io.furnistream.schemas.Money;
import java.math.BigDecimal;
import java.util.function.BinaryOperator;

/**
 * What one store states about one day, or about all its days. A figure that it cannot state is
 * null.
 *
 * @param records records that count
 * @param quantity sum of quantity, in pieces
 * @param revenue sum of revenue, in the store's currency
 * @param profit sum of profit, in the store's currency
 * @param customers distinct customers of a day; over several days, the sum of the days' distinct
 *     customers
 * @param idChecksum names the set of ids, whatever their order
 */
public record Figures(
    Long records,
    Long quantity,
    BigDecimal revenue,
    BigDecimal profit,
    Long customers,
    IdChecksum idChecksum) {

  /** A day on which nothing was sold. */
  public static final Figures ZERO =
      new Figures(0L, 0L, Money.ZERO, Money.ZERO, 0L, IdChecksum.ZERO);

  /** A day about which nothing can be stated. */
  public static final Figures UNKNOWN = new Figures(null, null, null, null, null, null);

  /** The sum; a figure that one side cannot state, the sum cannot state. */
  public Figures plus(Figures other) {
    return new Figures(
        sum(records, other.records, Long::sum),
        sum(quantity, other.quantity, Long::sum),
        sum(revenue, other.revenue, BigDecimal::add),
        sum(profit, other.profit, BigDecimal::add),
        sum(customers, other.customers, Long::sum),
        sum(idChecksum, other.idChecksum, IdChecksum::add));
  }

  /** These figures, and the other's where these cannot state one. */
  public Figures orElse(Figures other) {
    return new Figures(
        records == null ? other.records : records,
        quantity == null ? other.quantity : quantity,
        revenue == null ? other.revenue : revenue,
        profit == null ? other.profit : profit,
        customers == null ? other.customers : customers,
        idChecksum == null ? other.idChecksum : idChecksum);
  }

  /** The same without the distinct customers, which are not stated. */
  public Figures withoutCustomers() {
    return new Figures(records, quantity, revenue, profit, null, idChecksum);
  }

  /** The same without the sum of all ids, which is not stated. */
  public Figures withoutIdChecksum() {
    return new Figures(records, quantity, revenue, profit, customers, null);
  }

  private static <T> T sum(T left, T right, BinaryOperator<T> add) {
    return left == null || right == null ? null : add.apply(left, right);
  }
}
