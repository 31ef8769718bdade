package io.furnistream.datagen.sales;

import io.furnistream.datagen.demand.Arrivals;
import io.furnistream.datagen.demand.Customer;
import io.furnistream.datagen.demand.Draws;
import io.furnistream.datagen.demand.Market;
import io.furnistream.datagen.demand.Offer;
import io.furnistream.datagen.demand.Weighted;
import io.furnistream.datagen.store.Demand;
import io.furnistream.datagen.store.PaymentMethod;
import io.furnistream.datagen.store.Platform;
import io.furnistream.datagen.store.Store;
import io.furnistream.schemas.Money;
import io.furnistream.schemas.RecordId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes the orders of a dataset. Thread-safe. */
final class OrderMaker {

  private static final int TAG_DIGITS = 12;
  private static final int NUMBER_DIGITS = 6;
  private static final int MAX_REDRAWS = 100;

  private final String tag;
  private final Weighted<Integer> quantities;
  private final Weighted<BigDecimal> discounts;
  private final Map<Platform, Weighted<PaymentMethod>> payments = new EnumMap<>(Platform.class);

  /**
   * A maker.
   *
   * @param dataset its name
   */
  OrderMaker(Store store, String dataset) {
    Demand demand = store.demand();
    this.tag = RecordId.of("orders", dataset).text().replace("-", "").substring(0, TAG_DIGITS);
    this.quantities = counts(demand.orders().quantities());
    Weighted.Builder<BigDecimal> fractions = Weighted.builder();
    demand
        .orders()
        .discounts()
        .forEach(each -> fractions.add(each.discount().setScale(Money.SCALE), each.weight()));
    this.discounts = fractions.build();
    for (Platform platform : store.hours().keySet()) {
      Weighted.Builder<PaymentMethod> methods = Weighted.builder();
      demand.payments().get(platform).forEach(methods::add);
      payments.put(platform, methods.build());
    }
  }

  /** Of weights of 1, 2, 3 … the numbers. */
  static Weighted<Integer> counts(List<Integer> weights) {
    Weighted.Builder<Integer> counts = Weighted.builder();
    for (int i = 0; i < weights.size(); i++) {
      counts.add(i + 1, weights.get(i));
    }
    return counts.build();
  }

  /**
   * Makes an order.
   *
   * @param lines how many it has
   */
  Order make(OrderBook book, int number, int lines) {
    Draws draws = new Draws(book.seed(number, OrderBook.Purpose.CONTENTS));
    Market market = book.market();
    Arrivals.Arrival arrival = market.arrivals().draw(draws);
    Customer customer = market.customers().draw(draws);
    Instant ts = arrival.hour().draw(draws);
    return order(id(book.day(), number), ts, customer, arrival.platform(), market, lines, draws);
  }

  /**
   * Makes an order that comes in at an instant.
   *
   * @param number in its book
   * @param numberOfDay what its id says: no other order of the day has it
   * @param lines how many it has
   */
  Order makeAt(Instant ts, OrderBook book, int number, int numberOfDay, int lines) {
    Draws draws = new Draws(book.seed(number, OrderBook.Purpose.CONTENTS));
    Market market = book.market();
    Platform platform = market.arrivals().platform(ts, draws);
    Customer customer = market.customers().draw(draws);
    return order(id(book.day(), numberOfDay), ts, customer, platform, market, lines, draws);
  }

  private Order order(
      String id,
      Instant ts,
      Customer customer,
      Platform platform,
      Market market,
      int lines,
      Draws draws) {
    return new Order(
        id,
        ts,
        customer,
        platform,
        payments.get(platform).draw(draws),
        lines(market, customer.region(), lines, draws));
  }

  private List<Order.Line> lines(Market market, int region, int count, Draws draws) {
    List<Order.Line> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Offer offer = offer(market, region, lines, draws);
      lines.add(
          new Order.Line(
              offer, quantities.draw(draws), discounts.draw(draws).max(offer.leastDiscount())));
    }
    return lines;
  }

  // A second line of the same product would just be a higher quantity. The number of draws is
  // bounded: a catalogue of one product still makes orders.
  private static Offer offer(Market market, int region, List<Order.Line> before, Draws draws) {
    if (before.isEmpty()) {
      return market.assortment().first(region, draws);
    }
    Offer first = before.get(0).offer();
    Offer offer = market.assortment().further(region, first, draws);
    for (int again = 0; again < MAX_REDRAWS && isAmong(before, offer); again++) {
      offer = market.assortment().further(region, first, draws);
    }
    return offer;
  }

  private static boolean isAmong(List<Order.Line> lines, Offer offer) {
    for (Order.Line line : lines) {
      if (line.offer().product().id().equals(offer.product().id())) {
        return true;
      }
    }
    return false;
  }

  /** Of the dataset, the day and the number, the last with six digits or more. */
  private String id(LocalDate day, int number) {
    StringBuilder id = new StringBuilder(tag).append('-');
    padded(id, day.getYear() * 10_000 + day.getMonthValue() * 100 + day.getDayOfMonth(), 8);
    return padded(id.append('-'), number, NUMBER_DIGITS).toString();
  }

  private static StringBuilder padded(StringBuilder text, int number, int digits) {
    String plain = Integer.toString(number);
    return text.append("0".repeat(Math.max(0, digits - plain.length()))).append(plain);
  }
}
