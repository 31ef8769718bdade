package io.furnistream.cli;

import java.time.LocalDate;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options {@code --from} and {@code --to} of a command that needs both: a mixin. */
public final class DayOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

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

  /** The first day. */
  public LocalDate from() {
    return from;
  }

  /** The last day, included. */
  public LocalDate to() {
    return to;
  }

  /**
   * Refuses days that are out of order.
   *
   * @throws ParameterException when the last day lies before the first
   */
  public void requireOrder() {
    requireOrder(command.commandLine(), from, to);
  }

  /**
   * Refuses days that are out of order, for a command with such options of its own.
   *
   * @param commandLine the command that was given them
   * @throws ParameterException when {@code to} lies before {@code from}
   */
  public static void requireOrder(CommandLine commandLine, LocalDate from, LocalDate to) {
    if (to.isBefore(from)) {
      throw new ParameterException(commandLine, "--to " + to + " lies before --from " + from + ".");
    }
  }
}
