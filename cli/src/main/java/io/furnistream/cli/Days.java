package io.furnistream.cli;

import java.time.LocalDate;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the options {@code --from} and {@code --to} of a command came to. */
abstract class Days {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** The first day. */
  public abstract LocalDate from();

  /** The last day, included. */
  public abstract LocalDate to();

  /**
   * Refuses days that are out of order.
   *
   * @throws ParameterException when the last day lies before the first
   */
  public void requireOrder() {
    requireOrder(command.commandLine(), from(), to());
  }

  /** What is wrong with a command line that lacks an option. */
  ParameterException missing(String option) {
    return new ParameterException(
        command.commandLine(), "Missing required option: '" + option + "'");
  }

  /** Refuses days of a command that are out of order, wherever its options stand. */
  static void requireOrder(CommandLine command, LocalDate from, LocalDate to) {
    if (to.isBefore(from)) {
      throw new ParameterException(command, "--to " + to + " lies before --from " + from + ".");
    }
  }
}
