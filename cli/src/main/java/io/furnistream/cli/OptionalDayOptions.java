package io.furnistream.cli;

import java.time.LocalDate;
import picocli.CommandLine.Option;

/**
 * The options {@code --from} and {@code --to} of a command that takes all days unless told: a
 * mixin.
 */
public final class OptionalDayOptions extends Days {

  @Option(
      names = "--from",
      paramLabel = "DAY",
      converter = DayConverter.class,
      description = "First day to hold, such as 2023-12-01 (default: the first there is).")
  private LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DAY",
      converter = DayConverter.class,
      description = "Last day to hold (default: the last there is).")
  private LocalDate to;

  /**
   * The options.
   *
   * @param first a day with no other before it
   * @param last a day with no other after it
   */
  public OptionalDayOptions(LocalDate first, LocalDate last) {
    this.from = first;
    this.to = last;
  }

  @Override
  public LocalDate from() {
    return from;
  }

  @Override
  public LocalDate to() {
    return to;
  }
}
