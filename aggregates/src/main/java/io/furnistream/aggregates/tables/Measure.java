package io.furnistream.aggregates.tables;

/** What can be added up over records. */
public enum Measure {
  /** Unit: records. */
  RECORDS {
    @Override
    long of(Sale sale) {
      return 1;
    }
  },
  /** Unit: pieces. */
  QUANTITY {
    @Override
    long of(Sale sale) {
      return sale.quantity();
    }
  },
  /** Unit: ten-thousandths of the store's currency. */
  REVENUE {
    @Override
    long of(Sale sale) {
      return sale.revenue();
    }
  },
  /** Unit: ten-thousandths of the store's currency. */
  PROFIT {
    @Override
    long of(Sale sale) {
      return sale.profit();
    }
  };

  /** What one record adds. */
  abstract long of(Sale sale);
}
