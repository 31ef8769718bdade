package io.furnistream.rollup.totals;

import io.furnistream.rollup.records.RawRecord;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.IdChecksum;
import io.furnistream.schemas.Money;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * Adds up a day's raw records to the rows of its aggregates, the plain way: by sorting and
 * grouping. It shares nothing with the Streams topology, so that comparing the two means something.
 * Memory does not grow with the day.
 */
public final class DayBatch {

  private static final long MEMORY_EACH = 6L << 20;
  private static final int DEGREES_SCALE = 6;
  // In the groups of places, a point's names sort before its customers.
  private static final int NAME = 0;
  private static final int CUSTOMER = 1;

  private final LocalDate day;
  private final SpillingGroups customers;
  private final SpillingGroups orders;
  private final SpillingGroups products;
  private final SpillingGroups places;
  private long records;
  private long quantity;
  private BigDecimal revenue = Money.ZERO;
  private BigDecimal profit = Money.ZERO;
  private IdChecksum ids = IdChecksum.ZERO;

  /**
   * A day without records.
   *
   * @param folder for what memory does not hold
   */
  public DayBatch(LocalDate day, Path folder) {
    this.day = day;
    this.customers = new SpillingGroups(folder.resolve("customers"), 0, MEMORY_EACH);
    this.orders = new SpillingGroups(folder.resolve("orders"), 0, MEMORY_EACH);
    this.products = new SpillingGroups(folder.resolve("products"), 3, MEMORY_EACH);
    this.places = new SpillingGroups(folder.resolve("places"), 0, MEMORY_EACH);
  }

  /** Adds a record whose values its contract's columns hold. */
  public void add(RawRecord rawRecord) throws IOException {
    DailyRecord sale = rawRecord.sale();
    BigDecimal statedProfit = sale.getProfit() == null ? Money.ZERO : sale.getProfit();
    records++;
    quantity += sale.getQuantity();
    revenue = revenue.add(sale.getRevenue());
    profit = profit.add(statedProfit);
    ids = ids.add(rawRecord.id());
    customers.add(new GroupKey.Writer().text(sale.getCustomerId()).key());
    orders.add(new GroupKey.Writer().text(sale.getOrderId()).key());
    products.add(
        new GroupKey.Writer()
            .text(sale.getCategory())
            .text(sale.getSubCategory())
            .text(sale.getProductName())
            .key(),
        BigInteger.valueOf(sale.getQuantity()),
        sale.getRevenue().setScale(Money.SCALE).unscaledValue(),
        statedProfit.setScale(Money.SCALE).unscaledValue());
    if (sale.getLatitude() != null && sale.getLongitude() != null) {
      places.add(
          point(sale)
              .number(NAME)
              .text(sale.getCity())
              .text(sale.getState())
              .text(sale.getCountry())
              .key());
      places.add(point(sale).number(CUSTOMER).text(sale.getCustomerId()).key());
    }
  }

  /** The totals of all records. No record may be added any more. */
  public DayTotals totals() throws IOException {
    return new DayTotals(
        day, records, customers.count(), orders.count(), quantity, revenue, profit, ids);
  }

  /** The products by category, sub-category and name, each by Unicode code point. */
  public void products(Rows<ProductTotals> rows) throws IOException {
    products.forEach(
        (key, sums) -> {
          GroupKey.Reader product = new GroupKey.Reader(key);
          rows.take(
              new ProductTotals(
                  day,
                  product.text(),
                  product.text(),
                  product.text(),
                  sums[0].longValueExact(),
                  new BigDecimal(sums[1], Money.SCALE),
                  new BigDecimal(sums[2], Money.SCALE)));
        });
  }

  /** The points on the map by latitude, then longitude. */
  public void places(Rows<PlaceTotals> rows) throws IOException {
    OpenPlace open = new OpenPlace();
    places.forEach(
        (key, sums) -> {
          GroupKey.Reader reader = new GroupKey.Reader(key);
          int latitude = reader.number();
          int longitude = reader.number();
          if (!open.isAt(latitude, longitude)) {
            open.end(rows);
            // Where records disagree about a point, the contract takes the first name.
            reader.number();
            open.start(latitude, longitude, reader.text(), reader.text(), reader.text());
          } else if (reader.number() == CUSTOMER) {
            open.customers++;
          }
        });
    open.end(rows);
  }

  /** Takes a row of an aggregate. */
  public interface Rows<R> {
    /** Takes a row. */
    void take(R row) throws IOException;
  }

  private static GroupKey.Writer point(DailyRecord sale) {
    return new GroupKey.Writer()
        .number(millionths(sale.getLatitude()))
        .number(millionths(sale.getLongitude()));
  }

  private static int millionths(BigDecimal degrees) {
    return degrees.setScale(DEGREES_SCALE).unscaledValue().intValueExact();
  }

  private final class OpenPlace {
    private boolean started;
    private int latitude;
    private int longitude;
    private String city;
    private String state;
    private String country;
    private long customers;

    boolean isAt(int otherLatitude, int otherLongitude) {
      return started && latitude == otherLatitude && longitude == otherLongitude;
    }

    void start(int atLatitude, int atLongitude, String inCity, String inState, String inCountry) {
      started = true;
      latitude = atLatitude;
      longitude = atLongitude;
      city = inCity;
      state = inState;
      country = inCountry;
      customers = 0;
    }

    void end(Rows<PlaceTotals> rows) throws IOException {
      if (started) {
        rows.take(
            new PlaceTotals(
                day,
                BigDecimal.valueOf(latitude, DEGREES_SCALE),
                BigDecimal.valueOf(longitude, DEGREES_SCALE),
                city,
                state,
                country,
                customers));
      }
    }
  }
}
