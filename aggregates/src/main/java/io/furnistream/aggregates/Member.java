package io.furnistream.aggregates;

/** What can be counted distinctly over records. */
enum Member {
  CUSTOMER(0) {
    @Override
    String of(Sale sale) {
      return sale.customerId();
    }
  },
  ORDER(1) {
    @Override
    String of(Sale sale) {
      return sale.orderId();
    }
  },
  PRODUCT(2) {
    @Override
    String of(Sale sale) {
      return sale.productId();
    }
  };

  private final int code;

  Member(int code) {
    this.code = code;
  }

  /** Names the kind in the state stores and internal topics; never given to another. */
  int code() {
    return code;
  }

  static Member of(int code) {
    for (Member member : values()) {
      if (member.code == code) {
        return member;
      }
    }
    throw new IllegalStateException("No kind of member has the code " + code);
  }

  /** The member that one record belongs to. */
  abstract String of(Sale sale);
}
