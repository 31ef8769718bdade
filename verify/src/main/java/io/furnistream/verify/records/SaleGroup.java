package io.furnistream.verify.records;

import io.furnistream.schemas.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The sales that one row of a table stands for, at least one, and what they come to. */
final class SaleGroup {

  private final List<Contribution> sales = new ArrayList<>(1);

  void add(Contribution sale) {
    sales.add(sale);
  }

  long records() {
    return sales.size();
  }

  long customers() {
    return distinct(Contribution::customer);
  }

  long orders() {
    return distinct(Contribution::order);
  }

  long products() {
    return distinct(Contribution::productId);
  }

  /** In pieces. */
  long quantity() {
    return sales.stream().mapToLong(Contribution::quantity).sum();
  }

  /** In the store's currency. */
  BigDecimal revenue() {
    return sum(Contribution::revenueAmount);
  }

  /** In the store's currency; sales without a profit add nothing. */
  BigDecimal profit() {
    return sum(Contribution::profitAmount);
  }

  /** Where records disagree about a place, the contract takes the first in alphabetical order. */
  Place place() {
    return sales.stream().map(Contribution::address).min(Comparator.naturalOrder()).orElseThrow();
  }

  private long distinct(Function<Contribution, String> value) {
    return sales.stream().map(value).distinct().count();
  }

  private BigDecimal sum(Function<Contribution, BigDecimal> amount) {
    return sales.stream().map(amount).reduce(Money.ZERO, BigDecimal::add);
  }
}
