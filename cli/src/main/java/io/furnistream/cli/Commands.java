package io.furnistream.cli;

import picocli.CommandLine;

/** Runs a command by the house rules: exit statuses, and errors that a person can act on. */
public final class Commands {

  private Commands() {}

  /**
   * A command line that prints only the message of a {@link CannotRunException}, and anything else,
   * which is a fault of ours, with its stack trace.
   *
   * @param command an instance of a picocli command
   * @param subcommands instances of commands to mount below it, in addition to those that it names
   *     itself
   */
  public static CommandLine commandLine(Object command, Object... subcommands) {
    CommandLine commandLine = new CommandLine(command);
    for (Object subcommand : subcommands) {
      commandLine.addSubcommand(subcommand);
    }
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Commands::report);
  }

  private static int report(
      Exception error, CommandLine commandLine, CommandLine.ParseResult parseResult) {
    if (error instanceof CannotRunException) {
      commandLine.getErr().println(commandLine.getColorScheme().errorText(error.getMessage()));
      return ExitStatus.CANNOT_RUN;
    }
    error.printStackTrace(commandLine.getErr());
    return ExitStatus.ANSWER_IS_NO;
  }
}
