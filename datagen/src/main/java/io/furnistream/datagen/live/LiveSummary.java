package io.furnistream.datagen.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.schemas.DaySums;
import java.time.Instant;
import java.util.Locale;

/**
 * What a live run has produced.
 *
 * @param dataset its name
 * @param from when its first sales came in
 * @param until all that came in before this is produced
 * @param sums what they come to
 */
public record LiveSummary(String dataset, Instant from, Instant until, DaySums sums) {

  /** For people: a line a figure. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "Dataset  %s%nFrom     %s%nUntil    %s%nRecords  %,d%nRevenue  %,.4f%nProfit   %,.4f",
        dataset,
        from,
        until,
        sums.records(),
        sums.revenue(),
        sums.profit());
  }

  /** One JSON document; money is text, since many readers of JSON make a float of a number. */
  public ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("dataset", dataset)
        .put("from", from.toString())
        .put("until", until.toString())
        .put("records", sums.records())
        .put("revenue", sums.revenue().toPlainString())
        .put("profit", sums.profit().toPlainString());
  }
}
