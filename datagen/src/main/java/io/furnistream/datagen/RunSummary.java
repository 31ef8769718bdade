package io.furnistream.datagen;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.datagen.sales.Dataset;
import io.furnistream.schemas.DayFigures;
import io.furnistream.schemas.Faults;
import io.furnistream.schemas.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;

/** What a run produced, over all of its days. */
final class RunSummary {

  private final Dataset dataset;
  private final LocalDate from;
  private final LocalDate to;
  private long days;
  private long records;
  private BigDecimal revenue = Money.ZERO;
  private BigDecimal profit = Money.ZERO;
  private Faults faults = Faults.NONE;

  /** A summary of nothing yet. */
  RunSummary(Dataset dataset, LocalDate from, LocalDate to) {
    this.dataset = dataset;
    this.from = from;
    this.to = to;
  }

  /** Adds a day that is complete. */
  void add(DayFigures day) {
    days++;
    records += day.records();
    revenue = revenue.add(day.revenue());
    profit = profit.add(day.profit());
  }

  /** Adds what was injected into a day that is complete. */
  void add(Faults ofDay) {
    faults = faults.plus(ofDay);
  }

  /** For people: a line a figure. */
  String text() {
    String figures = figures();
    return dataset.faults().isNone() ? figures : figures + System.lineSeparator() + faultsInWords();
  }

  private String faultsInWords() {
    return String.format(
        Locale.ROOT,
        "Faults   %,d late, %,d duplicates, %,d corrections, %,d drifted; to be refused: %,d",
        faults.late(),
        faults.duplicates(),
        faults.corrections(),
        faults.drift(),
        faults.allRefused());
  }

  private String figures() {
    return String.format(
        Locale.ROOT,
        "Dataset  %s%nDays     %,d (%s to %s)%nRecords  %,d%nRevenue  %,.4f%nProfit   %,.4f",
        dataset.name(),
        days,
        from,
        to,
        records,
        revenue,
        profit);
  }

  /** One JSON document; money is text, since many readers of JSON make a float of a number. */
  ObjectNode json() {
    ObjectNode document =
        JsonNodeFactory.instance
            .objectNode()
            .put("dataset", dataset.name())
            .put("from", from.toString())
            .put("to", to.toString())
            .put("days", days)
            .put("records", records)
            .put("revenue", revenue.toPlainString())
            .put("profit", profit.toPlainString());
    if (!dataset.faults().isNone()) {
      ObjectNode injected =
          document
              .putObject("faults")
              .put("late", faults.late())
              .put("duplicates", faults.duplicates())
              .put("corrections", faults.corrections())
              .put("drift", faults.drift());
      ObjectNode refused = injected.putObject("refused");
      faults.refused().forEach(refused::put);
    }
    return document;
  }
}
