package io.furnistream.datagen.sales;

import io.furnistream.datagen.demand.DemandModel;
import io.furnistream.datagen.demand.Seeds;
import io.furnistream.datagen.demand.StoreHour;
import io.furnistream.datagen.demand.Weighted;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** The days of a dataset: how many lines each has, and its orders. Thread-safe. */
final class SalesDays {

  /** In every zone, the first day whose times the rules of a sale take. */
  static final LocalDate FIRST_DAY = LocalDate.of(1970, 1, 3);

  private final Dataset dataset;
  private final String name;
  private final DemandModel model;
  private final Weighted<Integer> sizes;
  private final Map<LocalDate, OrderBook> books;

  SalesDays(Dataset dataset) {
    this.dataset = dataset;
    this.name = dataset.name();
    this.model =
        new DemandModel(
            dataset.store(), Integer.toString(Dataset.GENERATOR_VERSION), dataset.seed());
    this.sizes = OrderMaker.counts(dataset.store().demand().orders().lines());
    // Returns of a day name orders of as many days before it.
    int kept = dataset.store().demand().returns().days() + 2;
    this.books =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<LocalDate, OrderBook> eldest) {
            return size() > kept;
          }
        };
  }

  /** The lines of a day; a day that the store's zone left out has none. */
  Volume.Lines lines(LocalDate day) {
    boolean leftOut = StoreHour.of(day, dataset.store().zone()).isEmpty();
    if (leftOut) {
      return Volume.Lines.NONE;
    }
    return dataset.volume().on(dataset.volume().modelled() ? model.level(day) : 1);
  }

  /** The orders of a day. */
  OrderBook orders(LocalDate day) {
    synchronized (books) {
      return books.computeIfAbsent(day, this::book);
    }
  }

  private OrderBook book(LocalDate day) {
    return new OrderBook(
        day,
        Seeds.of("day", name, day.toString()),
        lines(day).sold(),
        sizes,
        () -> model.market(day));
  }
}
