package io.furnistream.cli;

import java.time.LocalDate;
import picocli.CommandLine.Option;

/**
 * The options {@code --from} and {@code --to} of a command that needs both, unless it is told to do
 * without days: a mixin.
 */
public final class DayOptions extends Days {

  @Option(
      names = "--from",
      paramLabel = "DAY",
      converter = DayConverter.class,
      description = "First day, YYYY-MM-DD, in the store's zone.")
  private LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DAY",
      converter = DayConverter.class,
      description = "Last day, included.")
  private LocalDate to;

  /** Whether any of them was given. */
  public boolean isAnyGiven() {
    return from != null || to != null;
  }

  @Override
  public LocalDate from() {
    return given(from, "--from=DAY");
  }

  @Override
  public LocalDate to() {
    return given(to, "--to=DAY");
  }

  private LocalDate given(LocalDate day, String option) {
    if (day == null) {
      throw missing(option);
    }
    return day;
  }
}
