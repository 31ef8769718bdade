package io.furnistream.cli;

import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --timeout} of a command that waits for sinks: a mixin. */
public final class TimeoutOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long the sinks may take to catch up (default: ${DEFAULT-VALUE}).")
  private int seconds;

  /**
   * The option.
   *
   * @param unlessGiven seconds, 0 or more
   */
  public TimeoutOption(int unlessGiven) {
    this.seconds = unlessGiven;
  }

  /**
   * The limit, in whole seconds.
   *
   * @throws ParameterException when less than 0 was given
   */
  public Duration limit() {
    if (seconds < 0) {
      throw new ParameterException(
          command.commandLine(), "--timeout is a number of seconds, 0 or more.");
    }
    return Duration.ofSeconds(seconds);
  }
}
