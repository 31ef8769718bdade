package io.furnistream.verify.report;

import io.furnistream.verify.readings.ParquetStore;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.OpenDays;
import io.furnistream.verify.tables.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says which days wait to be closed, and which to be closed again. */
public final class ClosedDays {

  private static final int MOST_RANGES = 10;

  private ClosedDays() {}

  /** What a person does about the closed days of a report. */
  public static List<Problem> advice(Report report) {
    SortedSet<LocalDate> open = new TreeSet<>();
    SortedSet<LocalDate> differing = new TreeSet<>();
    Instant now = Instant.now();
    for (LocalDate day : report.days()) {
      if (now.isBefore(OpenDays.latestEnd(day))) {
        // rollup would refuse it, and with it all that are named beside it.
        continue;
      }
      if (!report.states(ParquetStore.NAME, day)) {
        open.add(day);
      } else if (!report.agrees(ParquetStore.NAME, day)) {
        differing.add(day);
      }
    }
    List<Problem> advice = new ArrayList<>();
    advise(advice, open, "Days not closed into Parquet: %d. Close them, when they have ended: %s");
    advise(
        advice,
        differing,
        "Days whose Parquet files differ: %d. When the other stores agree, close them again: %s");
    return advice;
  }

  private static void advise(List<Problem> advice, SortedSet<LocalDate> days, String message) {
    if (!days.isEmpty()) {
      advice.add(Problem.warning(message.formatted(days.size(), command(days))));
    }
  }

  /** Closes these days and none between them, of which nothing is known. */
  private static String command(SortedSet<LocalDate> days) {
    List<DayRange> ranges = new ArrayList<>();
    for (LocalDate day : days) {
      DayRange last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      if (last != null && last.to().plusDays(1).equals(day)) {
        ranges.set(ranges.size() - 1, new DayRange(last.from(), day));
      } else {
        ranges.add(new DayRange(day, day));
      }
    }
    String named =
        ranges.stream()
            .limit(MOST_RANGES)
            .map(range -> " --from %s --to %s".formatted(range.from(), range.to()))
            .collect(Collectors.joining());
    int more = ranges.size() - MOST_RANGES;
    return "furnistream rollup"
        + named
        + (more > 0 ? " (and then " + more + " more ranges of days)" : "");
  }
}
