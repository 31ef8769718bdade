package io.furnistream.benchmarks.verify;

import io.furnistream.benchmarks.MeasuredJob;
import io.furnistream.benchmarks.MeasuredProcess;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.stack.EmbeddedStack;
import io.furnistream.stack.Profile;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What verify takes of a stack's history as that grows tenfold each time, days of 27,000 records:
 * from scratch, again when nothing is new, and of the last day alone. Processor time in proportion
 * is asked for, and memory that does not grow.
 */
public final class VerifyBenchmark {

  private static final int RECORDS_A_DAY = 27_000;
  private static final int SMALLEST = 100_000;
  private static final LocalDate FIRST_DAY = LocalDate.parse("2024-01-01");
  private static final String LANDED_WITHIN_SECONDS = "3500";

  /** Those that the launcher gives verify, but for its archive of classes. */
  private static final List<String> OPTIONS =
      List.of(
          "-Xmx512m",
          "-Xms32m",
          "-Xmn16m",
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=25",
          "-XX:+UseSerialGC",
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000",
          "-Dfurnistream.home=" + System.getProperty("furnistream.home"));

  private static final double MOST_MEGABYTES = 384;
  private static final double MOST_GROWTH = 12;

  private final Map<String, String> environment;
  private final Path folder;
  private LocalDate next = FIRST_DAY;

  private VerifyBenchmark(Endpoints endpoints, Path folder) {
    this.folder = folder;
    this.environment = MeasuredJob.environmentOfAll(endpoints);
  }

  /**
   * Arguments: a folder for the files, the offset of the ports, and the most records (a million).
   * Ends with 1 when time or memory grow faster than asked for.
   */
  public static void main(String[] args) throws Exception {
    int most = args.length > 2 ? Integer.parseInt(args[2]) : 10 * SMALLEST;
    boolean asRequired;
    try (EmbeddedStack stack =
        EmbeddedStack.start(
            Home.fromSystemProperty(),
            new StateFolder(Path.of(args[0]).resolve("stack")),
            new Ports(Integer.parseInt(args[1])),
            Profile.CORE.services())) {
      asRequired = new VerifyBenchmark(stack.endpoints(), Path.of(args[0])).isFlat(most);
    }
    System.exit(asRequired ? ExitStatus.DONE : ExitStatus.ANSWER_IS_NO);
  }

  private boolean isFlat(int most) throws IOException, InterruptedException {
    List<MeasuredProcess> fromScratch = new ArrayList<>();
    for (long records = SMALLEST; records <= most; records *= 10) {
      growTo(records);
      fromScratch.add(measure(records, "from scratch", "--from-scratch"));
      measure(records, "again", "--json");
      String last = next.minusDays(1).toString();
      measure(records, "the last day", "--from", last, "--to", last);
    }
    boolean isFlat = fromScratch.stream().allMatch(each -> each.peakMegabytes() <= MOST_MEGABYTES);
    for (int i = 1; i < fromScratch.size(); i++) {
      double times = fromScratch.get(i).cpuSeconds() / fromScratch.get(i - 1).cpuSeconds();
      print(
          "ten times the records take %.1f times the processor time; %.0f are asked for",
          times, MOST_GROWTH);
      isFlat &= times <= MOST_GROWTH;
    }
    print("%.0f MB of resident memory are asked for", MOST_MEGABYTES);
    return isFlat;
  }

  private void growTo(long records) throws IOException, InterruptedException {
    LocalDate last = FIRST_DAY.plusDays(records / RECORDS_A_DAY);
    MeasuredJob.generate(environment, next, last, RECORDS_A_DAY);
    next = last.plusDays(1);
    MeasuredProcess.run(
        OPTIONS,
        environment,
        MeasuredVerify.class,
        folder.toString(),
        "caught-up",
        "--timeout",
        LANDED_WITHIN_SECONDS);
  }

  private MeasuredProcess measure(long records, String what, String... options)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(folder.toString(), "verify"));
    arguments.addAll(List.of(options));
    MeasuredProcess measured =
        MeasuredProcess.run(
            OPTIONS, environment, MeasuredVerify.class, arguments.toArray(String[]::new));
    print(
        "%,11d records, %-13s %6.1f s, %6.1f s of processor time, %3.0f MB resident",
        records, what + ":", measured.seconds(), measured.cpuSeconds(), measured.peakMegabytes());
    return measured;
  }

  private static void print(String line, Object... values) {
    System.out.println(String.format(Locale.ROOT, line, values));
  }
}
