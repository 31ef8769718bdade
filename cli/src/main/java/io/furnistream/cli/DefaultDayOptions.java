package io.furnistream.cli;

import java.time.LocalDate;
import picocli.CommandLine.Option;

/**
 * The options {@code --from} and {@code --to} of a command that has days of its own unless told: a
 * mixin.
 */
public final class DefaultDayOptions extends Days {

  @Option(
      names = "--from",
      converter = DayConverter.class,
      description = "First day, in the store's zone. Default: ${DEFAULT-VALUE}.")
  private LocalDate from;

  @Option(
      names = "--to",
      converter = DayConverter.class,
      description = "Last day. Default: ${DEFAULT-VALUE}.")
  private LocalDate to;

  /**
   * The options.
   *
   * @param from the first day unless another is given
   * @param to the last day unless another is given
   */
  public DefaultDayOptions(LocalDate from, LocalDate to) {
    this.from = from;
    this.to = to;
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
