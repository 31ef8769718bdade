package io.furnistream.datagen;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.util.Map;

/**
 * How people shop: the weights that are true of every store. A change here changes records, and so
 * needs a new {@link Dataset#GENERATOR_VERSION}.
 */
final class DemandModel {

  /** Most products in one order. */
  static final int MAX_LINES = 5;

  /** How many lines an order has. */
  static final Weighted<Integer> LINES =
      Weighted.<Integer>builder()
          .add(1, 46)
          .add(2, 26)
          .add(3, 15)
          .add(4, 8)
          .add(MAX_LINES, 5)
          .build();

  /** How many pieces a line has. */
  static final Weighted<Integer> QUANTITY =
      Weighted.<Integer>builder()
          .add(1, 300)
          .add(2, 240)
          .add(3, 160)
          .add(4, 100)
          .add(5, 70)
          .add(6, 45)
          .add(7, 32)
          .add(8, 22)
          .add(9, 17)
          .add(10, 14)
          .build();

  /** Fraction off the price, scale 4 as in the contract. */
  static final Weighted<BigDecimal> DISCOUNT =
      Weighted.<BigDecimal>builder()
          .add(new BigDecimal("0.0000"), 58)
          .add(new BigDecimal("0.0500"), 12)
          .add(new BigDecimal("0.1000"), 12)
          .add(new BigDecimal("0.1500"), 8)
          .add(new BigDecimal("0.2000"), 7)
          .add(new BigDecimal("0.3000"), 3)
          .build();

  /** Market segment of a customer. */
  static final Weighted<String> SEGMENT =
      Weighted.<String>builder()
          .add("Consumer", 52)
          .add("Corporate", 30)
          .add("Home Office", 18)
          .build();

  /** How often a customer buys, against the others: few regulars, many occasional buyers. */
  static final Weighted<Integer> LOYALTY =
      Weighted.<Integer>builder().add(1, 50).add(2, 25).add(4, 15).add(8, 8).add(16, 2).build();

  private static final Map<Platform, Weighted<PaymentMethod>> PAYMENT =
      Map.of(
          Platform.STORE,
          Weighted.<PaymentMethod>builder()
              .add(PaymentMethod.CREDIT_CARD, 44)
              .add(PaymentMethod.DEBIT_CARD, 27)
              .add(PaymentMethod.CASH, 20)
              .add(PaymentMethod.GIFT_CARD, 7)
              .add(PaymentMethod.PAYPAL, 2)
              .build(),
          Platform.WEBSITE,
          Weighted.<PaymentMethod>builder()
              .add(PaymentMethod.CREDIT_CARD, 48)
              .add(PaymentMethod.PAYPAL, 28)
              .add(PaymentMethod.DEBIT_CARD, 14)
              .add(PaymentMethod.GIFT_CARD, 6)
              .add(PaymentMethod.BANK_TRANSFER, 4)
              .build(),
          Platform.MOBILE_APP,
          Weighted.<PaymentMethod>builder()
              .add(PaymentMethod.CREDIT_CARD, 45)
              .add(PaymentMethod.PAYPAL, 35)
              .add(PaymentMethod.DEBIT_CARD, 14)
              .add(PaymentMethod.GIFT_CARD, 6)
              .build(),
          Platform.PHONE,
          Weighted.<PaymentMethod>builder()
              .add(PaymentMethod.CREDIT_CARD, 62)
              .add(PaymentMethod.DEBIT_CARD, 18)
              .add(PaymentMethod.BANK_TRANSFER, 16)
              .add(PaymentMethod.GIFT_CARD, 4)
              .build());

  private static final int USUAL = 100;

  private DemandModel() {}

  /** How orders of a platform are paid; only sales over the counter are paid in cash. */
  static Weighted<PaymentMethod> payment(Platform platform) {
    return PAYMENT.get(platform);
  }

  /** What is bought on a day: the catalogue, shaped by the season. */
  static Weighted<Product> products(Store store, LocalDate day) {
    Weighted.Builder<Product> products = Weighted.builder();
    for (Product product : store.products()) {
      products.add(product, product.weight() * season(product.category(), day.getMonth()));
    }
    return products.build();
  }

  /** When and where orders come in on a day: opening hours, shaped by the day of the week. */
  static Weighted<Arrival> arrivals(Store store, LocalDate day) {
    ZoneId zone = store.zone();
    Weighted.Builder<Arrival> arrivals = Weighted.builder();
    for (StoreHour hour : StoreHour.of(day, zone)) {
      for (Platform platform : Platform.values()) {
        int weight = store.hourWeights().get(platform).get(hour.hour());
        arrivals.add(new Arrival(hour, platform), weight * weekday(platform, day.getDayOfWeek()));
      }
    }
    return arrivals.build();
  }

  /**
   * How an order comes in.
   *
   * @param hour within which hour of the day
   * @param platform where it is placed
   */
  record Arrival(StoreHour hour, Platform platform) {}

  private static int season(String category, Month month) {
    return switch (category) {
      case "Furniture" -> month == Month.MARCH || month == Month.APRIL ? 130 : USUAL;
      case "Office Supplies" -> month == Month.AUGUST || month == Month.SEPTEMBER ? 140 : USUAL;
      case "Technology" -> month == Month.NOVEMBER || month == Month.DECEMBER ? 150 : USUAL;
      default -> USUAL;
    };
  }

  private static int weekday(Platform platform, DayOfWeek day) {
    boolean weekend = day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    return switch (platform) {
      case STORE -> weekend ? 140 : USUAL;
      case PHONE -> weekend ? 40 : USUAL;
      case WEBSITE, MOBILE_APP -> USUAL;
    };
  }
}
