package io.furnistream.verify.report;

import io.furnistream.verify.readings.ParquetStore;
import io.furnistream.verify.tables.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Says which days wait to be closed, and which to be closed again. */
public final class ClosedDays {

  private ClosedDays() {}

  /** What a person does about the closed days of a report. */
  public static List<Problem> advice(Report report) {
    SortedSet<LocalDate> open = new TreeSet<>();
    SortedSet<LocalDate> differing = new TreeSet<>();
    for (LocalDate day : report.days()) {
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
      advice.add(
          Problem.warning(
              message.formatted(
                  days.size(),
                  "furnistream rollup --from %s --to %s".formatted(days.first(), days.last()))));
    }
  }
}
