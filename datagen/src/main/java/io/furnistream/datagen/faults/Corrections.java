package io.furnistream.datagen.faults;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.Money;
import java.math.BigDecimal;
import java.util.List;

/** What is said of a sale until the truth is: in the end its key has the value it should have. */
final class Corrections {

  private static final int KINDS = 4;

  private final SaleEncoder encoder;

  Corrections(SaleEncoder encoder) {
    this.encoder = encoder;
  }

  /** What to send of a sale, one after the other; the last is the sale as it is. */
  List<Message> of(Sale sale) {
    Message truth = encoder.message(sale);
    return switch (Lot.below(KINDS, "correction", sale.id())) {
      case 0 -> List.of(encoder.message(sale, otherQuantity(sale.value())), truth);
      case 1 -> List.of(encoder.message(sale, otherPrice(sale.value())), truth);
      case 2 -> List.of(encoder.message(sale, otherPayment(sale.value())), truth);
      default -> List.of(truth, truth.withValue(null), truth);
    };
  }

  private static DailyRecord otherQuantity(DailyRecord sale) {
    int quantity = sale.getQuantity();
    // Never 0, which no sale has.
    return soldFor(sale, sale.getPrice(), quantity + Integer.signum(quantity));
  }

  private static DailyRecord otherPrice(DailyRecord sale) {
    return soldFor(sale, sale.getPrice().add(Money.of(BigDecimal.TEN)), sale.getQuantity());
  }

  private static DailyRecord soldFor(DailyRecord sale, BigDecimal price, int quantity) {
    BigDecimal revenue = Money.revenue(price, quantity, sale.getDiscount());
    BigDecimal unitCost = sale.getUnitCost();
    return DailyRecord.newBuilder(sale)
        .setPrice(price)
        .setQuantity(quantity)
        .setRevenue(revenue)
        .setProfit(unitCost == null ? null : Money.profit(revenue, unitCost, quantity))
        .build();
  }

  private static DailyRecord otherPayment(DailyRecord sale) {
    return DailyRecord.newBuilder(sale)
        .setPaymentMethod(sale.getPaymentMethod().equals("Cash") ? "Gift Card" : "Cash")
        .build();
  }
}
