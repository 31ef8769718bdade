package io.furnistream.datagen.sales;

import io.furnistream.datagen.demand.DemandModel;
import io.furnistream.datagen.demand.Draws;
import io.furnistream.datagen.demand.Market;
import io.furnistream.datagen.demand.Seeds;
import io.furnistream.datagen.demand.Weighted;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The sales of a live dataset, minute by minute. Each order has a part of its minute to itself, as
 * long as it has lines, within which it comes in at random: so the rate holds over any time that is
 * much longer than an order. Not thread-safe.
 */
public final class LiveSales {

  /** How long the minutes are for which sales can be asked. */
  public static final Duration MINUTE = Duration.ofMinutes(1);

  private final LiveDataset dataset;
  private final String name;
  private final DemandModel model;
  private final OrderMaker orders;
  private final Weighted<Integer> sizes;
  private Day day;

  /** Sales of a dataset. */
  public LiveSales(LiveDataset dataset) {
    this.dataset = dataset;
    this.name = dataset.name();
    this.model =
        new DemandModel(
            dataset.store(), Integer.toString(Dataset.GENERATOR_VERSION), dataset.seed());
    this.orders = new OrderMaker(dataset.store(), name);
    this.sizes = OrderMaker.counts(dataset.store().demand().orders().lines());
  }

  /** The day of an instant, in the store's zone. */
  public LocalDate dayOf(Instant instant) {
    return instant.atZone(dataset.store().zone()).toLocalDate();
  }

  /** When a day begins. */
  public Instant startOf(LocalDate date) {
    return date.atStartOfDay(dataset.store().zone()).toInstant();
  }

  /**
   * The orders of a minute, each of which is made when it is asked for.
   *
   * @param minute when it begins: a whole minute
   * @return the lines of each order, which have one {@code ts}; times never fall
   */
  public Iterable<List<GeneratedRecord>> orders(Instant minute) {
    Day its = dayWith(minute);
    return () -> new Orders(its, minute, its.linesBefore(minute), lines(minute));
  }

  /** How many lines the orders of a minute have together. */
  public int lines(Instant minute) {
    Day its = dayWith(minute);
    return its.linesBefore(minute.plus(MINUTE)) - its.linesBefore(minute);
  }

  private Day dayWith(Instant minute) {
    LocalDate date = dayOf(minute);
    if (day == null || !day.date().equals(date)) {
      day = new Day(date, startOf(date), model.market(date), linesOf(date));
    }
    return day;
  }

  private int linesOf(LocalDate date) {
    return Volume.modelled(dataset.lines(), 0).on(model.level(date)).sold();
  }

  /** What the sales of a day are drawn from. */
  private final class Day {

    private final LocalDate date;
    private final Instant start;
    private final Market market;
    private final int lines;
    private final RecordMaker records;

    /**
     * A day.
     *
     * @param lines that the demand model says it has
     */
    Day(LocalDate date, Instant start, Market market, int lines) {
      this.date = date;
      this.start = start;
      this.market = market;
      this.lines = lines;
      this.records = new RecordMaker(name, date);
    }

    LocalDate date() {
      return date;
    }

    int linesBefore(Instant instant) {
      return dataset.modelled()
          ? (int) Math.round(lines * market.arrivals().shareBefore(instant))
          : Math.toIntExact(Duration.between(start, instant).toSeconds() * dataset.lines());
    }

    OrderBook book(Instant minute, int linesOfMinute) {
      return new OrderBook(
          date, Seeds.of("minute", name, minute.toString()), linesOfMinute, sizes, () -> market);
    }
  }

  /** The orders of a minute, one after the other. */
  private final class Orders implements Iterator<List<GeneratedRecord>> {

    private final Day day;
    private final Instant minute;
    private final int before;
    private final int lines;
    private final OrderBook book;
    private int number;
    private int made;

    /**
     * None yet.
     *
     * @param before how many lines the day had before
     * @param lines how many the minute has
     */
    Orders(Day day, Instant minute, int before, int lines) {
      this.day = day;
      this.minute = minute;
      this.before = before;
      this.lines = lines;
      this.book = day.book(minute, lines);
    }

    @Override
    public boolean hasNext() {
      return made < lines;
    }

    @Override
    public List<GeneratedRecord> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      number++;
      int size = Math.min(book.size(number), lines - made);
      double place = Draws.fraction(book.seed(number, OrderBook.Purpose.PLACE_IN_MINUTE));
      Instant ts = minute.plusMillis((long) (MINUTE.toMillis() * (made + place * size) / lines));
      // A line's number in the day names its order, too, when it is the order's first.
      int first = before + made + 1;
      Order order = orders.makeAt(ts, book, number, first, size);
      List<GeneratedRecord> records = new ArrayList<>(size);
      for (int line = 1; line <= size; line++) {
        records.add(day.records.sold(order, line, before + ++made));
      }
      return records;
    }
  }
}
