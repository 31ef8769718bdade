package io.furnistream.datagen.sales;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Generates the days of a dataset, each on its own: the records of a day depend only on the dataset
 * and the day. No record is kept once it is handed on. Thread-safe.
 */
public final class DayGenerator {

  /** Orders of a chunk. */
  private static final int CHUNK = 1_000;

  private final String name;
  private final SalesDays days;
  private final Returns returns;
  private final OrderMaker orders;

  /** A generator for a dataset. */
  public DayGenerator(Dataset dataset) {
    this.name = dataset.name();
    this.days = new SalesDays(dataset);
    this.returns = new Returns(days, dataset.store().demand().returns().days());
    this.orders = new OrderMaker(dataset.store(), dataset.name());
  }

  /**
   * How many records a day has.
   *
   * @param day in the store's zone
   */
  public int records(LocalDate day) {
    return days.lines(day).all();
  }

  /** How many records days have together. */
  public long records(List<LocalDate> several) {
    return several.stream().mapToLong(this::records).sum();
  }

  /**
   * Plans one day.
   *
   * @param day in the store's zone
   */
  public DayPlan plan(LocalDate day) {
    Volume.Lines lines = days.lines(day);
    List<ReturnedLine> returned = returns.on(day, lines.returned());
    RecordMaker maker = new RecordMaker(name, day);
    OrderBook book = days.orders(day);
    List<Chunk> chunks = new ArrayList<>();
    int next = addSales(chunks, book, maker, 1, lines.sold());
    // Where too few orders can come back, more are sold: a day has what was asked for. Those do not
    // come back, or a day would depend on the days before it without end.
    addSales(chunks, book, maker, next, lines.returned() - returned.size());
    addReturns(chunks, book, maker, returned);
    return new DayPlan(day, lines.all() - returned.size(), returned.size(), List.copyOf(chunks));
  }

  /**
   * Generates one day.
   *
   * @param day in the store's zone
   * @param sink is given as many records as the day has, the lines of an order one after the other,
   *     what comes back last
   */
  public void generate(LocalDate day, Consumer<GeneratedRecord> sink) {
    plan(day).chunks().forEach(chunk -> chunk.generate(sink));
  }

  /** Adds orders of that many lines; gives the number of the order after them. */
  private int addSales(
      List<Chunk> chunks, OrderBook book, RecordMaker maker, int firstOrder, int lines) {
    int order = firstOrder;
    int left = lines;
    while (left > 0) {
      int first = order;
      int inChunk = 0;
      while (order < first + CHUNK && inChunk < left) {
        inChunk = Math.min(left, inChunk + book.size(order));
        order++;
      }
      chunks.add(new SalesChunk(book, orders, maker, first, firstRecord(chunks), inChunk));
      left -= inChunk;
    }
    return order;
  }

  private void addReturns(
      List<Chunk> chunks, OrderBook today, RecordMaker maker, List<ReturnedLine> returned) {
    for (int from = 0; from < returned.size(); from += CHUNK) {
      List<ReturnedLine> some = returned.subList(from, Math.min(returned.size(), from + CHUNK));
      chunks.add(new ReturnsChunk(orders, maker, today.market(), some, firstRecord(chunks)));
    }
  }

  private static int firstRecord(List<Chunk> chunks) {
    if (chunks.isEmpty()) {
      return 1;
    }
    Chunk last = chunks.get(chunks.size() - 1);
    return last.firstRecord() + last.records();
  }
}
