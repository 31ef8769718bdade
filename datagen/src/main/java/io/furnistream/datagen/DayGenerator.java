package io.furnistream.datagen;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.Money;
import io.furnistream.schemas.RecordId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Generates the days of a dataset, each on its own: the records of a day depend only on the dataset
 * and the day. No record is kept once it is handed on.
 */
final class DayGenerator {

  private static final int ORDER_TAG_DIGITS = 12;
  private static final int MAX_REDRAWS = 100;

  private final Dataset dataset;
  private final String name;
  private final String orderTag;
  private final Weighted<Customer> customers;

  /** A generator for a dataset. */
  DayGenerator(Dataset dataset) {
    this.dataset = dataset;
    this.name = dataset.name();
    this.orderTag =
        RecordId.of("orders", name).text().replace("-", "").substring(0, ORDER_TAG_DIGITS);
    this.customers = Customers.of(dataset);
  }

  /**
   * Generates one day.
   *
   * @param day in the store's zone
   * @param sink is given exactly as many records as the dataset has a day, the lines of an order
   *     one after the other
   */
  void generate(LocalDate day, Consumer<GeneratedRecord> sink) {
    Random random = Seeds.random("day", name, day.toString());
    Weighted<DemandModel.Arrival> arrivals = DemandModel.arrivals(dataset.store(), day);
    Weighted<Product> products = DemandModel.products(dataset.store(), day);
    String orderPrefix = orderTag + "-" + DateTimeFormatter.BASIC_ISO_DATE.format(day) + "-";
    int n = 0;
    for (int order = 1; n < dataset.records(); order++) {
      Order placed =
          order(orderPrefix + String.format(Locale.ROOT, "%06d", order), day, arrivals, random);
      // The last order is cut short so that the day holds exactly what was asked for.
      int lines = Math.min(DemandModel.LINES.draw(random), dataset.records() - n);
      Set<String> bought = new HashSet<>();
      for (int line = 1; line <= lines; line++) {
        n++;
        sink.accept(record(placed, line, n, product(products, bought, random), random));
      }
    }
  }

  private Order order(
      String id, LocalDate day, Weighted<DemandModel.Arrival> arrivals, Random random) {
    DemandModel.Arrival arrival = arrivals.draw(random);
    return new Order(
        id,
        day,
        arrival.hour().draw(random),
        customers.draw(random),
        arrival.platform(),
        DemandModel.payment(arrival.platform()).draw(random));
  }

  // A second line of the same product would just be a higher quantity. The number of draws is
  // bounded: a catalogue of one product still makes orders.
  private static Product product(Weighted<Product> products, Set<String> bought, Random random) {
    Product product = products.draw(random);
    for (int again = 0; again < MAX_REDRAWS && !bought.add(product.id()); again++) {
      product = products.draw(random);
    }
    return product;
  }

  private GeneratedRecord record(Order order, int line, int n, Product product, Random random) {
    RecordId id = RecordId.of(name, order.day().toString(), Integer.toString(n));
    int quantity = DemandModel.QUANTITY.draw(random);
    BigDecimal discount = DemandModel.DISCOUNT.draw(random);
    BigDecimal revenue = Money.revenue(product.price(), quantity, discount);
    Customer customer = order.customer();
    City city = customer.city();
    DailyRecord value =
        DailyRecord.newBuilder()
            .setTsId(id.text())
            .setTs(order.ts())
            .setTsDate(order.day())
            .setOrderId(order.id())
            .setLine(line)
            .setCustomerId(customer.id())
            .setCustomerName(customer.name())
            .setSegment(customer.segment())
            .setCountry(city.country())
            .setState(city.state())
            .setCity(city.name())
            .setLatitude(city.latitude())
            .setLongitude(city.longitude())
            .setPlatform(order.platform().text())
            .setPaymentMethod(order.payment().text())
            .setCategory(product.category())
            .setSubCategory(product.subCategory())
            .setProductId(product.id())
            .setProductName(product.name())
            .setPrice(product.price())
            .setUnitCost(product.unitCost())
            .setQuantity(quantity)
            .setDiscount(discount)
            .setRevenue(revenue)
            .setProfit(Money.profit(revenue, product.unitCost(), quantity))
            .build();
    return new GeneratedRecord(id, new DailyRecordKey(order.day(), id.bucket(), id.text()), value);
  }

  private record Order(
      String id,
      LocalDate day,
      Instant ts,
      Customer customer,
      Platform platform,
      PaymentMethod payment) {}
}
