package io.furnistream.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.ExitStatus;
import io.furnistream.cli.Reporting;
import io.furnistream.cli.WrongInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * Writes how a job ended to the file that {@code --result} names, for a scheduler to read: a JSON
 * object of {@code outcome}, {@code error} (a text, or null) and {@code report} (what {@code
 * --json} prints, or null). A job that is killed writes none.
 */
final class ResultFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<Path> file;

  private ResultFile(Supplier<Path> file) {
    this.file = file;
  }

  /** How a job ended, in lower case in the file. */
  private enum Outcome {
    /** It did what was asked. */
    DONE,
    /** It ran, and the answer is no. */
    ANSWER_IS_NO,
    /** The arguments are wrong, and will be the next time. */
    WRONG_USAGE,
    /** What it was given to read is wrong, and will be the next time. */
    WRONG_INPUT,
    /** Something that it needs is missing or does not answer. */
    CANNOT_RUN,
    /** It broke: a fault of ours. */
    FAILED
  }

  /**
   * Has every end of a command line's jobs written down.
   *
   * @param file where to; asked once the arguments are read, null for nowhere
   */
  static void attach(CommandLine commandLine, Supplier<Path> file) {
    ResultFile result = new ResultFile(file);
    var strategy = commandLine.getExecutionStrategy();
    commandLine.setExecutionStrategy(
        parsed -> {
          int status = strategy.execute(parsed);
          result.write(
              job(parsed), status == ExitStatus.DONE ? Outcome.DONE : Outcome.ANSWER_IS_NO, null);
          return status;
        });
    var wrong = commandLine.getParameterExceptionHandler();
    commandLine.setParameterExceptionHandler(
        (error, arguments) -> {
          int status = wrong.handleParseException(error, arguments);
          result.write(error.getCommandLine(), Outcome.WRONG_USAGE, error.getMessage());
          return status;
        });
    var broken = commandLine.getExecutionExceptionHandler();
    commandLine.setExecutionExceptionHandler(
        (error, job, parsed) -> {
          int status = broken.handleExecutionException(error, job, parsed);
          boolean isMissing = error instanceof CannotRunException;
          result.write(job, outcome(error), isMissing ? error.getMessage() : error.toString());
          return status;
        });
  }

  private static Outcome outcome(Exception error) {
    if (error instanceof WrongInputException) {
      return Outcome.WRONG_INPUT;
    }
    return error instanceof CannotRunException ? Outcome.CANNOT_RUN : Outcome.FAILED;
  }

  private static CommandLine job(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.commandSpec().commandLine();
  }

  private void write(CommandLine job, Outcome outcome, String error) {
    Path path = file.get();
    if (path == null) {
      return;
    }
    JsonNode report = job.getCommand() instanceof Reporting command ? command.report() : null;
    ObjectNode document =
        JSON.createObjectNode()
            .put("outcome", outcome.name().toLowerCase(Locale.ROOT))
            .put("error", error);
    document.set("report", report);
    try {
      JSON.writeValue(path.toFile(), document);
    } catch (IOException e) {
      job.getErr().println("Cannot write the result to " + path + ": " + e.getMessage());
    }
  }
}
