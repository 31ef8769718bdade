package io.furnistream.replay.run;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * How many rows were rejected, by day. A row that is no sale has no day that can be relied on: it
 * counts for the day of the last sale before it in its file, or of the first after it.
 */
final class RejectedRows {

  private final Map<LocalDate, Long> byDay = new HashMap<>();
  private LocalDate last;
  private long waiting;

  /** Begins a file. */
  void begin() {
    last = null;
    waiting = 0;
  }

  /** Says of which day a sale is. */
  void sale(LocalDate day) {
    last = day;
    if (waiting > 0) {
      byDay.merge(day, waiting, Long::sum);
      waiting = 0;
    }
  }

  /** Counts a row that is none. */
  void reject() {
    if (last == null) {
      waiting++;
    } else {
      byDay.merge(last, 1L, Long::sum);
    }
  }

  long of(LocalDate day) {
    return byDay.getOrDefault(day, 0L);
  }
}
