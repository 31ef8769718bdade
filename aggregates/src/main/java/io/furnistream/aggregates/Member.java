package io.furnistream.aggregates;

/** What can be counted distinctly over records. */
enum Member {
  CUSTOMER {
    @Override
    String of(Sale sale) {
      return sale.customerId();
    }
  },
  ORDER {
    @Override
    String of(Sale sale) {
      return sale.orderId();
    }
  };

  /** The member that one record belongs to. */
  abstract String of(Sale sale);
}
