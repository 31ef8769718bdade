package io.furnistream.benchmarks.rollup;

import io.furnistream.benchmarks.MeasuredProcess;
import io.furnistream.benchmarks.Summary;
import io.furnistream.cli.ExitStatus;
import io.furnistream.rollup.files.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long {@code furnistream rollup} takes over days of 1, 2 and 10 million records, each in a
 * process of its own with 128 MB of heap: time in proportion, and memory that does not grow. The
 * records are made as they are read, so that no store's speed is measured. Proportion is asked of
 * the processor's time, which hardly depends on what else the machine does.
 */
public final class DayCloseBenchmark {

  private static final List<Long> MILLIONS = List.of(1L, 2L, 10L);
  private static final int ROUNDS = 3;
  // Ten times the records, and a fifth on top: what does not fit memory is sorted, which takes
  // n log n, and the spilled files of ten million records are merged once more than those of one.
  private static final double MOST_TIMES = 12;

  private DayCloseBenchmark() {}

  /** Argument: a folder for the files. Ends with 1 when the time grows faster than the day. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]);
    Map<Long, List<Double>> seconds = new LinkedHashMap<>();
    Map<Long, List<Double>> cpuSeconds = new LinkedHashMap<>();
    Map<Long, Double> peaks = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (long millions : MILLIONS) {
        Path export = folder.resolve(millions + "-million");
        Disk.delete(export);
        MeasuredProcess measured = close(export, millions * 1_000_000);
        seconds.computeIfAbsent(millions, m -> new ArrayList<>()).add(measured.seconds());
        cpuSeconds.computeIfAbsent(millions, m -> new ArrayList<>()).add(measured.cpuSeconds());
        System.out.printf(
            Locale.ROOT,
            "round %d, %d million records: %.1f s, %.1f s of processor time, %.0f MB resident%n",
            round + 1,
            millions,
            measured.seconds(),
            measured.cpuSeconds(),
            measured.peakMegabytes());
        peaks.merge(millions, measured.peakMegabytes(), Math::max);
        Disk.delete(export);
      }
    }
    System.out.printf(Locale.ROOT, "%d rounds; as median (min to max)%n", ROUNDS);
    for (long millions : MILLIONS) {
      Summary took = Summary.of(seconds.get(millions));
      System.out.printf(
          Locale.ROOT,
          "  %2d million records: %s s, %s s of processor time, %,.0f records/s, at most %.0f MB"
              + " resident%n",
          millions,
          took.text("%.1f"),
          Summary.of(cpuSeconds.get(millions)).text("%.1f"),
          millions * 1e6 / took.median(),
          peaks.get(millions));
    }
    double times =
        Summary.of(cpuSeconds.get(MILLIONS.get(MILLIONS.size() - 1))).median()
            / Summary.of(cpuSeconds.get(MILLIONS.get(0))).median();
    System.out.printf(
        Locale.ROOT,
        "  ten times the records take %.1f times the processor's time; at most %.0f is asked for%n",
        times,
        MOST_TIMES);
    System.exit(times <= MOST_TIMES ? ExitStatus.DONE : ExitStatus.ANSWER_IS_NO);
  }

  private static MeasuredProcess close(Path export, long records)
      throws IOException, InterruptedException {
    MeasuredProcess measured =
        MeasuredProcess.run(
            List.of("-Xmx128m"),
            Map.of(),
            ShopDayRollup.class,
            export.toString(),
            Long.toString(records));
    if (!measured.output().contains("closed  revision 1  records " + records)) {
      throw new IllegalStateException("The day was not closed: " + measured.output());
    }
    return measured;
  }
}
