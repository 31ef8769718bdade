package io.furnistream.benchmarks.rollup;

import io.furnistream.cli.Commands;
import io.furnistream.rollup.RollupCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code furnistream rollup} over a {@link ShopDay}; prints what it took, too. */
public final class ShopDayRollup {

  // As Linux states it, in KiB.
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private static final Pattern CPU = Pattern.compile("Processor time: (\\d+) ms");

  private ShopDayRollup() {}

  /** Arguments: the export folder, how many records. */
  public static void main(String[] args) throws IOException {
    String day = ShopDay.DAY.toString();
    int status =
        Commands.commandLine(
                RollupCommand.reading(new ShopDay(Long.parseLong(args[1])), Path.of(args[0])))
            .execute("--from", day, "--to", day);
    Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> PEAK.matcher(line).matches())
        .forEach(System.out::println);
    ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .ifPresent(used -> System.out.println("Processor time: " + used.toMillis() + " ms"));
    System.exit(status);
  }

  /** The largest resident memory, in 2^20 bytes, from what such a process printed. */
  static double peakMegabytes(String output) {
    return stated(PEAK, output) / 1024.0;
  }

  /** The processor's time that all threads took, in seconds, from what such a process printed. */
  static double cpuSeconds(String output) {
    return stated(CPU, output) / 1000.0;
  }

  private static long stated(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("The process did not say what it took: " + output);
    }
    return Long.parseLong(matcher.group(1));
  }
}
