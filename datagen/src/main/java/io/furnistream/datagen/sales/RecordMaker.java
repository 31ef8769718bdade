package io.furnistream.datagen.sales;

import io.furnistream.datagen.demand.Customer;
import io.furnistream.datagen.store.City;
import io.furnistream.datagen.store.Product;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.Money;
import io.furnistream.schemas.RecordId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** Makes the records of a day of a dataset. */
final class RecordMaker {

  private final String dataset;
  private final LocalDate day;
  private final String dayText;

  RecordMaker(String dataset, LocalDate day) {
    this.dataset = dataset;
    this.day = day;
    this.dayText = day.toString();
  }

  /**
   * The record of a line that is sold.
   *
   * @param line its place in the order, from 1
   * @param n the record's number in the day, from 1
   */
  GeneratedRecord sold(Order order, int line, int n) {
    Order.Line bought = order.lines().get(line - 1);
    return record(order, bought, order.ts(), line, bought.quantity(), n);
  }

  /**
   * The record of a line that comes back: all its pieces, at the price and discount they were
   * bought for, under a number that no line of the order has.
   *
   * @param line which line of the order, from 1
   * @param ts when it comes back
   * @param n the record's number in the day, from 1
   */
  GeneratedRecord returned(Order order, int line, Instant ts, int n) {
    Order.Line bought = order.lines().get(line - 1);
    return record(order, bought, ts, order.lines().size() + 1, -bought.quantity(), n);
  }

  private GeneratedRecord record(
      Order order, Order.Line bought, Instant ts, int line, int quantity, int n) {
    RecordId id = RecordId.of(dataset, dayText, Integer.toString(n));
    String idText = id.text();
    BigDecimal price = bought.offer().price();
    BigDecimal revenue = Money.revenue(price, quantity, bought.discount());
    Product product = bought.offer().product();
    Customer customer = order.customer();
    City city = customer.city();
    // In the order of the contract: another field makes this not compile.
    DailyRecord value =
        new DailyRecord(
            idText,
            ts,
            day,
            order.id(),
            line,
            customer.id(),
            customer.name(),
            customer.segment(),
            city.country(),
            city.state(),
            city.name(),
            city.latitude(),
            city.longitude(),
            order.platform().text(),
            order.payment().text(),
            product.category(),
            product.subCategory(),
            product.id(),
            product.name(),
            price,
            product.unitCost(),
            quantity,
            bought.discount(),
            revenue,
            Money.profit(revenue, product.unitCost(), quantity));
    return new GeneratedRecord(id, new DailyRecordKey(day, id.bucket(), idText), value);
  }
}
