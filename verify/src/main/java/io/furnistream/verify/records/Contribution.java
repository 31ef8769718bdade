package io.furnistream.verify.records;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.Money;
import io.furnistream.verify.tables.Coordinates;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The few fields of a record that the figures need; there is one for each record of a partition.
 *
 * @param customer who bought
 * @param order the order it belongs to
 * @param millis when the order was placed, in milliseconds since 1970-01-01T00:00:00Z
 * @param platform where it was placed
 * @param productId stock-keeping code
 * @param product category, sub-category and product name
 * @param address the customer's city, state and country
 * @param coordinates null when the record is unlocated
 * @param quantity pieces
 * @param revenue in ten-thousandths of the store's currency, which is all that decimal(18,4) holds
 * @param profit in ten-thousandths of the store's currency; 0 where the record states none
 */
record Contribution(
    String customer,
    String order,
    long millis,
    String platform,
    String productId,
    List<String> product,
    Place address,
    Coordinates coordinates,
    int quantity,
    long revenue,
    long profit) {

  private static final int MONEY_DIGITS = 18;

  /**
   * Takes from a record what the figures need.
   *
   * @param shared returns the one instance of values that many records have in common
   * @throws UnreadableRecordException when an amount is not a decimal(18,4)
   */
  static Contribution of(DailyRecord sale, UnaryOperator<Object> shared) {
    boolean located = sale.getLatitude() != null && sale.getLongitude() != null;
    return new Contribution(
        (String) shared.apply(sale.getCustomerId()),
        (String) shared.apply(sale.getOrderId()),
        sale.getTs().toEpochMilli(),
        (String) shared.apply(sale.getPlatform()),
        (String) shared.apply(sale.getProductId()),
        product(sale, shared),
        (Place) shared.apply(new Place(sale.getCity(), sale.getState(), sale.getCountry())),
        located
            ? (Coordinates) shared.apply(new Coordinates(sale.getLatitude(), sale.getLongitude()))
            : null,
        sale.getQuantity(),
        tenThousandths(sale.getRevenue()),
        sale.getProfit() == null ? 0 : tenThousandths(sale.getProfit()));
  }

  Instant time() {
    return Instant.ofEpochMilli(millis);
  }

  String category() {
    return product.get(0);
  }

  BigDecimal revenueAmount() {
    return BigDecimal.valueOf(revenue, Money.SCALE);
  }

  BigDecimal profitAmount() {
    return BigDecimal.valueOf(profit, Money.SCALE);
  }

  @SuppressWarnings("unchecked") // what goes into the shared values comes out again
  private static List<String> product(DailyRecord sale, UnaryOperator<Object> shared) {
    return (List<String>)
        shared.apply(List.of(sale.getCategory(), sale.getSubCategory(), sale.getProductName()));
  }

  // Avro writes any digits it is given; a column, and so every store, does not accept them.
  private static long tenThousandths(BigDecimal amount) {
    if (amount.scale() != Money.SCALE || amount.precision() > MONEY_DIGITS) {
      throw new UnreadableRecordException("An amount is not a decimal(18,4): " + amount);
    }
    return amount.unscaledValue().longValueExact();
  }
}
