package io.furnistream.cli;

import java.time.LocalDate;
import picocli.CommandLine.Option;

/** The options {@code --from} and {@code --to} of a command that needs both: a mixin. */
public final class DayOptions extends Days {

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DAY",
      converter = DayConverter.class,
      description = "First day, YYYY-MM-DD, in the store's zone.")
  private LocalDate from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DAY",
      converter = DayConverter.class,
      description = "Last day, included.")
  private LocalDate to;

  @Override
  public LocalDate from() {
    return from;
  }

  @Override
  public LocalDate to() {
    return to;
  }
}
