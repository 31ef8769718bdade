package io.furnistream.datagen.sales;

import io.furnistream.datagen.demand.Customer;
import io.furnistream.datagen.demand.Offer;
import io.furnistream.datagen.store.PaymentMethod;
import io.furnistream.datagen.store.Platform;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** What a customer buys at once. */
record Order(
    String id,
    Instant ts,
    Customer customer,
    Platform platform,
    PaymentMethod payment,
    List<Line> lines) {

  /**
   * One of its lines.
   *
   * @param quantity pieces, 1 or more
   * @param discount the fraction off the price, 0 to 1, scale 4
   */
  record Line(Offer offer, int quantity, BigDecimal discount) {}
}
