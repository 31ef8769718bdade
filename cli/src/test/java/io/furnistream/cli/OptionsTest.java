package io.furnistream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The options that several commands share. */
class OptionsTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Command(name = "close")
  static final class Close implements Runnable {
    @Mixin private DayOptions days;
    @Mixin private final TimeoutOption timeout = new TimeoutOption(42);
    private String given;

    @Override
    public void run() {
      days.requireOrder();
      given = days.from() + " " + days.to() + " " + timeout.limit();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--from 2024-02-29 --to 2024-02-29,              2024-02-29 2024-02-29 PT42S",
    "--from 2023-12-01 --to 2023-12-31 --timeout 0,  2023-12-01 2023-12-31 PT0S",
    "--from 2023-12-01 --to 2023-12-31 --timeout 60, 2023-12-01 2023-12-31 PT1M"
  })
  void whatIsSoundIsTaken(String arguments, String given) {
    Close command = new Close();

    assertThat(run(command, arguments)).as(err.toString()).isZero();
    assertThat(command.given).isEqualTo(given);
  }

  @ParameterizedTest
  @CsvSource({
    "--from 2023-12-02 --to 2023-12-01,              --to 2023-12-01 lies before --from 2023-12-02.",
    "--from 2023-12-01,                              Missing required option",
    "--to 2023-12-01,                                Missing required option",
    "--from 2023-02-30 --to 2023-03-01,              is not a date: write YYYY-MM-DD",
    "--from 2023-02-01 --to 20230301,                is not a date: write YYYY-MM-DD",
    "--from 2023-12-01 --to 2023-12-01 --timeout -1, --timeout is a number of seconds",
    "--from 2023-12-01 --to 2023-12-01 --timeout 1m, --timeout"
  })
  void whatIsWrongIsNamed(String arguments, String message) {
    assertThat(run(new Close(), arguments)).isEqualTo(ExitStatus.CANNOT_RUN);
    assertThat(err.toString()).contains(message);
  }

  @Test
  void helpShowsTheDefaultOfTheCommand() {
    assertThat(new CommandLine(new Close()).getUsageMessage())
        .contains("Usage: close [--from=DAY] [--timeout=SECONDS] [--to=DAY]", "catch up")
        .contains("(default: 42)");
  }

  @Command(name = "prove")
  static final class Prove implements Runnable {
    @Mixin
    private final OptionalDayOptions days =
        new OptionalDayOptions(LocalDate.parse("0001-01-01"), LocalDate.parse("9999-12-31"));

    @Mixin private ExportOption export;
    private String given;

    @Override
    public void run() {
      days.requireOrder();
      given = days.from() + " " + days.to() + " " + export.folder(() -> Path.of("elsewhere"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--export days,                              0001-01-01 9999-12-31 days",
    "--from 2023-12-01,                          2023-12-01 9999-12-31 elsewhere",
    "--to 2023-12-01,                            0001-01-01 2023-12-01 elsewhere",
    "--to 2023-12-02 --from 2023-12-02,          2023-12-02 2023-12-02 elsewhere"
  })
  void whatIsNotGivenIsAsTheCommandSays(String arguments, String given) {
    Prove command = new Prove();

    assertThat(run(command, arguments)).as(err.toString()).isZero();
    assertThat(command.given).isEqualTo(given);
  }

  @Test
  void optionalDaysMustBeInOrderToo() {
    assertThat(run(new Prove(), "--from 2023-12-02 --to 2023-12-01"))
        .isEqualTo(ExitStatus.CANNOT_RUN);
    assertThat(err.toString()).contains("--to 2023-12-01 lies before --from 2023-12-02.");
  }

  @Command(name = "show")
  static final class Show implements Runnable {
    @Mixin
    private final DefaultDayOptions days =
        new DefaultDayOptions(LocalDate.parse("2023-12-01"), LocalDate.parse("2023-12-30"));

    private String given;

    @Override
    public void run() {
      given = days.from() + " " + days.to();
    }
  }

  @Test
  void helpSaysTheDaysOfTheCommandAndTheyCanBeReplaced() {
    Show command = new Show();

    assertThat(new CommandLine(command).getUsageMessage())
        .contains("Default: 2023-12-01.", "Default: 2023-12-30.");
    assertThat(run(command, "--to 2023-12-05")).as(err.toString()).isZero();
    assertThat(command.given).isEqualTo("2023-12-01 2023-12-05");
  }

  private int run(Runnable command, String arguments) {
    return Commands.commandLine(command)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.split(" "));
  }
}
