package io.furnistream.datagen.sales;

import java.util.function.Consumer;

/**
 * Orders that follow each other.
 *
 * @param firstOrder number of its first order
 * @param records lines of its orders; the last order is cut short where it has more
 */
record SalesChunk(
    OrderBook book,
    OrderMaker orders,
    RecordMaker maker,
    int firstOrder,
    int firstRecord,
    int records)
    implements Chunk {

  @Override
  public void generate(Consumer<GeneratedRecord> sink) {
    int n = firstRecord;
    int end = firstRecord + records;
    for (int number = firstOrder; n < end; number++) {
      Order order = orders.make(book, number, Math.min(book.size(number), end - n));
      for (int line = 1; line <= order.lines().size(); line++) {
        sink.accept(maker.sold(order, line, n++));
      }
    }
  }
}
