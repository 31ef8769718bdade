package io.furnistream.aggregates.tables;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.Money;
import java.math.BigDecimal;

/**
 * What the aggregates read of one record, and therefore what the topology remembers of it. A field
 * that no aggregate reads is not here: a correction of it changes nothing.
 *
 * @param day the store's own day, in days since 1970-01-01
 * @param time when the order was placed, in milliseconds since 1970-01-01T00:00:00Z
 * @param orderId the order this line belongs to
 * @param customerId who bought
 * @param country country of the customer
 * @param state state or region of the customer
 * @param city city of the customer
 * @param place where that is; null when unlocated
 * @param platform where the order was placed
 * @param category product category
 * @param subCategory product sub-category
 * @param productId stock-keeping code
 * @param productName product name
 * @param quantity pieces; negative for a return
 * @param revenue in ten-thousandths of the store's currency
 * @param profit in ten-thousandths of the store's currency; 0 when the record states none
 */
public record Sale(
    int day,
    long time,
    String orderId,
    String customerId,
    String country,
    String state,
    String city,
    Place place,
    String platform,
    String category,
    String subCategory,
    String productId,
    String productName,
    int quantity,
    long revenue,
    long profit) {

  private static final int MONEY_DIGITS = 18;

  /**
   * Takes from a record what the aggregates read.
   *
   * @throws IllegalArgumentException when a number is outside what its column can hold
   */
  public static Sale of(DailyRecord sold) {
    return new Sale(
        Math.toIntExact(sold.getTsDate().toEpochDay()),
        sold.getTs().toEpochMilli(),
        sold.getOrderId(),
        sold.getCustomerId(),
        sold.getCountry(),
        sold.getState(),
        sold.getCity(),
        Place.of(sold.getLatitude(), sold.getLongitude()),
        sold.getPlatform(),
        sold.getCategory(),
        sold.getSubCategory(),
        sold.getProductId(),
        sold.getProductName(),
        sold.getQuantity(),
        unscaled("revenue", sold.getRevenue(), Money.SCALE, MONEY_DIGITS),
        sold.getProfit() == null
            ? 0
            : unscaled("profit", sold.getProfit(), Money.SCALE, MONEY_DIGITS));
  }

  /** A decimal without its point. Avro writes whatever digits it is given; a column does not. */
  private static long unscaled(String field, BigDecimal value, int scale, int digits) {
    if (value.scale() != scale || value.precision() > digits) {
      throw new IllegalArgumentException(
          "%s is not a decimal(%d,%d): it has %d digits, %d of them behind the point"
              .formatted(field, digits, scale, value.precision(), value.scale()));
    }
    return value.unscaledValue().longValueExact();
  }

  /**
   * A place on the map.
   *
   * @param latitude in millionths of a degree, north positive
   * @param longitude in millionths of a degree, east positive
   */
  public record Place(int latitude, int longitude) {

    /** Digits behind the point of a coordinate in degrees. */
    static final int SCALE = 6;

    private static final int DIGITS = 9;

    /** The place at these coordinates in degrees; null when one of them is missing. */
    private static Place of(BigDecimal latitude, BigDecimal longitude) {
      if (latitude == null || longitude == null) {
        return null;
      }
      return new Place(
          Math.toIntExact(unscaled("latitude", latitude, SCALE, DIGITS)),
          Math.toIntExact(unscaled("longitude", longitude, SCALE, DIGITS)));
    }
  }
}
