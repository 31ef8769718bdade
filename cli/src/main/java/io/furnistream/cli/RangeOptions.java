package io.furnistream.cli;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** One {@code --from} and {@code --to} of a command that takes several: a repeated group. */
public final class RangeOptions {

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

  /**
   * The days of all ranges, each once, in order.
   *
   * @param command whose options they are
   * @throws ParameterException when the last day of a range lies before its first
   */
  public static List<LocalDate> days(CommandLine command, List<RangeOptions> ranges) {
    return ranges.stream().flatMap(range -> range.days(command)).sorted().distinct().toList();
  }

  private Stream<LocalDate> days(CommandLine command) {
    Days.requireOrder(command, from, to);
    return from.datesUntil(to.plusDays(1));
  }
}
