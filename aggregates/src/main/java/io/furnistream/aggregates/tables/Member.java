package io.furnistream.aggregates.tables;

/** What can be counted distinctly over records. */
public enum Member {
  CUSTOMER(0) {
    @Override
    public String of(Sale sale) {
      return sale.customerId();
    }
  },
  ORDER(1) {
    @Override
    public String of(Sale sale) {
      return sale.orderId();
    }
  },
  PRODUCT(2) {
    @Override
    public String of(Sale sale) {
      return sale.productId();
    }
  };

  private final int code;

  Member(int code) {
    this.code = code;
  }

  /** Names the kind in the state stores and internal topics; never given to another. */
  public int code() {
    return code;
  }

  /**
   * The kind that has a code.
   *
   * @throws IllegalStateException when none has it
   */
  public static Member of(int code) {
    for (Member member : values()) {
      if (member.code == code) {
        return member;
      }
    }
    throw new IllegalStateException("No kind of member has the code " + code);
  }

  /** The member that one record belongs to. */
  public abstract String of(Sale sale);
}
