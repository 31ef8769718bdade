package io.furnistream.verify.report;

import io.furnistream.verify.tables.Comparison;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Problem;
import java.time.LocalDate;
import java.util.stream.Collectors;

/**
 * A report in one line, as it is recorded: how verifying some days ended.
 *
 * @param range the days that were to be proved
 * @param outcome the answer
 * @param days how many days were found and compared
 * @param records how many of their records count, as Kafka holds them
 * @param differences how many values differ
 * @param problems how many errors there are other than those
 * @param compared the names of what was compared with the ledger, divided by commas
 */
public record Verdict(
    DayRange range,
    Outcome outcome,
    long days,
    long records,
    long differences,
    long problems,
    String compared) {

  private static final String ALL = "all";
  private static final String OPEN = "..";

  /** The answer, under the name by which it is recorded. */
  public enum Outcome {
    /** Every store agrees with the ledger. */
    PROVED,
    /** Something differs, or is an error. */
    NOT_PROVED,
    /** No store knows of any of the days. */
    NOTHING
  }

  /** The verdict of a report on these days. */
  public static Verdict of(Report report, DayRange range) {
    return new Verdict(
        range,
        outcome(report),
        report.days().size(),
        report.total(Comparison.KAFKA).records(),
        report.differences().size(),
        report.problems().stream().filter(Problem::isError).count(),
        report.stores().keySet().stream()
            .filter(name -> !name.equals(Comparison.LEDGER))
            .collect(Collectors.joining(", ")));
  }

  private static Outcome outcome(Report report) {
    if (report.ok()) {
      return Outcome.PROVED;
    }
    return report.days().isEmpty() ? Outcome.NOTHING : Outcome.NOT_PROVED;
  }

  /** What names the days: a later verdict of the same days replaces this one. */
  public String scope() {
    return range.equals(DayRange.ALL) ? ALL : text(firstDay()) + "/" + text(lastDay());
  }

  /** The first of the days; null when that is open. */
  public LocalDate firstDay() {
    return range.from().equals(DayRange.ALL.from()) ? null : range.from();
  }

  /** The last of the days; null when that is open. */
  public LocalDate lastDay() {
    return range.to().equals(DayRange.ALL.to()) ? null : range.to();
  }

  private static String text(LocalDate day) {
    return day == null ? OPEN : day.toString();
  }
}
