package io.furnistream.verify.database;

import io.furnistream.schemas.Topic;
import io.furnistream.verify.tables.OpenDays;
import io.furnistream.verify.tables.TableLayout;
import java.time.LocalDate;
import java.util.Set;

/**
 * The days that live runs are adding to, as a table: which records of Kafka the ledger states of
 * them, and which rows of stores cannot be compared yet.
 */
public final class OpenDayRows {

  /** Whether the ledger does not state a record {@code s} of the table of sales. */
  private static final String UNSTATED =
      "EXISTS (FROM open_day o WHERE o.of_day = s.of_day AND o.dataset = s.dataset AND s.ts >= o.until)";

  private static final String IS_OPEN = "EXISTS (FROM open_day o WHERE o.of_day = joined.of_day)";

  private final OpenDays open;

  /** Makes the table. */
  public OpenDayRows(ProofDatabase database, OpenDays open) {
    this.open = open;
    database.execute(
        "CREATE OR REPLACE TEMP TABLE open_day (of_day DATE, dataset VARCHAR, until BIGINT, day_end BIGINT)");
    try (Appender rows = database.appendTemporary("open_day")) {
      open.forEach(
          (day, dataset, until) ->
              rows.row(day, dataset, until.toEpochMilli(), OpenDays.latestEnd(day).toEpochMilli()));
    }
  }

  /** The days. */
  public Set<LocalDate> days() {
    return open.days();
  }

  private boolean isEmpty() {
    return open.days().isEmpty();
  }

  /** The condition on which a record {@code s} of the table of sales is not stated yet. */
  public String unstated() {
    return isEmpty() ? "false" : UNSTATED;
  }

  /** Those rows of a staged table of raw records that count now. */
  public String counting(String staged) {
    return isEmpty()
        ? staged
        : """
          (SELECT f.* FROM %s f
           WHERE NOT EXISTS (FROM open_day o WHERE o.of_day = f.of_day AND f.ts >= o.until)
             OR EXISTS (FROM sold l WHERE l.of_day = f.of_day AND l.ts_id = f.ts_id))"""
            .formatted(staged);
  }

  /** The condition on which a row of a comparison is left out. */
  String leftOut(TableLayout layout) {
    if (isEmpty()) {
      return "false";
    }
    if (layout.name().equals(Topic.DAILY_RECORDS.topicName())) {
      // What Kafka states of it is expected; what comes later is in some stores and not in others.
      return "NOT is_expected AND EXISTS (FROM open_day o WHERE o.of_day = joined.of_day AND joined.found_ts >= o.until)";
    }
    if (layout.name().equals(Topic.RUN_LEDGER.topicName())) {
      return "EXISTS (FROM open_day o WHERE o.of_day = joined.of_day AND o.dataset = joined.dataset)";
    }
    if (layout.name().equals(Topic.SALES_BY_MINUTE.topicName())) {
      return "EXISTS (FROM open_day o WHERE joined.minute + 60000 > o.until AND joined.minute < o.day_end)";
    }
    // The latest records are the latest of all days.
    return layout.name().equals(Topic.RECENT_RECORDS.topicName()) ? "true" : IS_OPEN;
  }
}
