package io.furnistream.verify.records;

import io.furnistream.schemas.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The sales behind one row of a table, at least one, and their totals. */
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
    long sum = 0;
    for (Contribution sale : sales) {
      sum += sale.quantity();
    }
    return sum;
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
    Place first = sales.get(0).address();
    for (Contribution sale : sales) {
      if (sale.address().compareTo(first) < 0) {
        first = sale.address();
      }
    }
    return first;
  }

  // Loops, since most groups of some tables are a single sale, for which streams take many times
  // longer.
  private long distinct(Function<Contribution, String> value) {
    if (sales.size() == 1) {
      return 1;
    }
    Set<String> values = new HashSet<>();
    for (Contribution sale : sales) {
      values.add(value.apply(sale));
    }
    return values.size();
  }

  private BigDecimal sum(Function<Contribution, BigDecimal> amount) {
    BigDecimal sum = Money.ZERO;
    for (Contribution sale : sales) {
      sum = sum.add(amount.apply(sale));
    }
    return sum;
  }
}
