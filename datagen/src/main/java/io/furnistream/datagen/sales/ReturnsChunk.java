package io.furnistream.datagen.sales;

import io.furnistream.datagen.demand.Draws;
import io.furnistream.datagen.demand.Market;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lines that come back on a day.
 *
 * @param today the market of the day on which they come back
 */
record ReturnsChunk(
    OrderMaker orders, RecordMaker maker, Market today, List<ReturnedLine> returns, int firstRecord)
    implements Chunk {

  @Override
  public int records() {
    return returns.size();
  }

  @Override
  public void generate(Consumer<GeneratedRecord> sink) {
    int n = firstRecord;
    for (ReturnedLine each : returns) {
      Order order = orders.make(each.book(), each.order(), each.lines());
      Draws hours = new Draws(each.book().seed(each.order(), OrderBook.Purpose.RETURN_HOUR));
      sink.accept(
          maker.returned(
              order, each.line(), today.arrivals().hour(order.platform(), hours).draw(hours), n++));
    }
  }
}
