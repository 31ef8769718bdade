package io.furnistream.datagen.store;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.util.List;
import java.util.Map;

/**
 * How people shop in a store: the part {@code demand} of its file, where every property is
 * described. A factor is times the usual; what a map leaves out has the factor 1.
 *
 * @param lines order lines on an average day of the first year of growth
 * @param seasons factors by category and month
 * @param weekdays factors by platform and day of the week
 * @param payments weights by platform and way to pay
 * @param goesWith factors by the sub-category of an order's first line and that of a further line
 */
public record Demand(
    int lines,
    Growth growth,
    Map<String, Map<Month, Double>> seasons,
    Map<Platform, Map<DayOfWeek, Double>> weekdays,
    List<Holiday> holidays,
    List<Promotion> promotions,
    List<PriceChange> priceChanges,
    Customers customers,
    Orders orders,
    Map<Platform, Map<PaymentMethod, Integer>> payments,
    Map<String, Map<String, Double>> goesWith,
    List<Taste> tastes,
    Noise noise,
    Returns returns) {

  /**
   * How demand grows.
   *
   * @param percent a year, compound
   * @param from the first day of growth
   * @param until the last day of growth
   */
  public record Growth(double percent, LocalDate from, LocalDate until) {}

  /**
   * A day of every year on which demand differs. One of date, nth and easter is there, the others
   * are null.
   *
   * @param easter days after Easter Sunday
   * @param factor null for none
   * @param closed platforms that sell nothing; null for none
   */
  public record Holiday(
      String name,
      MonthDay date,
      NthWeekday nth,
      Integer easter,
      Double factor,
      List<Platform> closed) {}

  /**
   * A day such as the fourth Thursday of November.
   *
   * @param week 1 to 4, or -1 for the last
   */
  public record NthWeekday(int week, DayOfWeek weekday, Month month) {}

  /**
   * Days with a discount. One of around, yearly and once is there, the others are null.
   *
   * @param discount the fraction off the price that a line has at least, 0 to 1
   * @param categories those that are reduced; null for all
   */
  public record Promotion(
      String name,
      Around around,
      Yearly yearly,
      Once once,
      double factor,
      BigDecimal discount,
      List<String> categories) {}

  /**
   * Days around a holiday.
   *
   * @param first in days after the holiday; negative for before
   * @param last in days after the holiday, included
   */
  public record Around(String holiday, int first, int last) {}

  /** The same days of every year, both included; into the next year when they end before. */
  public record Yearly(MonthDay from, MonthDay to) {}

  /** Days, both included. */
  public record Once(LocalDate from, LocalDate to) {}

  /**
   * A change of list prices from a day on.
   *
   * @param category null for any
   * @param product the id of the only product; null for any
   */
  public record PriceChange(LocalDate day, BigDecimal percent, String category, String product) {}

  /**
   * Who buys.
   *
   * @param arrive new customers in a month, at the start of growth
   * @param lifetime days a customer stays, about, on average
   * @param segments weights of the market segments
   */
  public record Customers(
      int arrive, int lifetime, List<Rate> rates, Map<String, Integer> segments) {}

  /**
   * How often customers come back.
   *
   * @param rate against other customers
   * @param weight how many customers are like this, against the others
   */
  public record Rate(double rate, int weight) {}

  /**
   * How large orders are.
   *
   * @param lines weights of orders with 1, 2, 3 … lines
   * @param quantities weights of lines with 1, 2, 3 … pieces
   */
  public record Orders(List<Integer> lines, List<Integer> quantities, List<Discount> discounts) {}

  /**
   * A discount of any day.
   *
   * @param discount the fraction off the price, 0 to 1
   * @param weight how many lines have it, against the others
   */
  public record Discount(BigDecimal discount, int weight) {}

  /**
   * What the customers of a place buy more of, or less.
   *
   * @param state null for the whole country
   */
  public record Taste(String country, String state, String subCategory, double factor) {

    /** Whether it is that of the people of a city. */
    public boolean appliesTo(City city) {
      return country.equals(city.country()) && (state == null || state.equals(city.state()));
    }
  }

  /**
   * What no calendar explains.
   *
   * @param strength standard deviation of the logarithm of demand, 0 to 0.5
   * @param memory how like the day before a day is, 0 to 0.95
   */
  public record Noise(double strength, double memory) {}

  /**
   * Lines that come back.
   *
   * @param share returned lines as a fraction of the lines sold, 0 to 0.2
   * @param days a return comes 1 to this many days after the sale
   */
  public record Returns(BigDecimal share, int days) {}
}
