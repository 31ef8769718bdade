package io.furnistream.benchmarks.replay;

import io.furnistream.benchmarks.MeasuredJob;
import io.furnistream.benchmarks.MeasuredProcess;
import io.furnistream.benchmarks.Summary;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.stack.EmbeddedStack;
import io.furnistream.stack.python.GazetteerFiles;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How many lines of a file a second of the processor's time makes sales of, compared with the
 * generator, which makes its sales itself; and the memory of a replay as files grow. Both write to
 * the same Kafka, in processes of the heap that the command has.
 */
public final class ReplayBenchmark {

  private static final int RECORDS = 500_000;
  private static final int ROUNDS = 3;
  private static final int DAYS = 365;
  private static final int CUSTOMERS = 20_000;
  private static final double LEAST_RATIO = 0.5;

  private static final List<Integer> LINES = List.of(10_000, 100_000, 1_000_000, 10_000_000);
  private static final double MOST_MEGABYTES = 900;

  private static final Set<String> SERVICES = Set.of("postgres", "kafka", "registry");
  private static final List<String> COMMAND = List.of("-Xmx512m", "-XX:+UseSerialGC");

  private final Map<String, String> environment;
  private final Path folder;

  private ReplayBenchmark(Endpoints endpoints, Path gazetteer, Path folder) {
    this.environment = new HashMap<>(MeasuredJob.environment(endpoints));
    environment.put(Endpoints.GAZETTEER, gazetteer.toString());
    this.folder = folder;
  }

  /**
   * Arguments: a folder for the files, the offset of the ports. Ends with 1 when not as required.
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    boolean asRequired;
    Home home = Home.fromSystemProperty();
    Path gazetteer = GazetteerFiles.get(home, System.out::println);
    try (EmbeddedStack stack =
        EmbeddedStack.start(
            home,
            new StateFolder(folder.resolve("stack")),
            new Ports(Integer.parseInt(args[1])),
            SERVICES)) {
      ReplayBenchmark benchmark = new ReplayBenchmark(stack.endpoints(), gazetteer, folder);
      boolean fast = benchmark.isFastEnough();
      asRequired = benchmark.isMemoryFlat() && fast;
    }
    System.exit(asRequired ? ExitStatus.DONE : ExitStatus.ANSWER_IS_NO);
  }

  private boolean isFastEnough() throws IOException, InterruptedException {
    Path file = SalesFile.write(folder.resolve("speed.csv"), RECORDS, DAYS, CUSTOMERS);
    List<Double> generated = new ArrayList<>();
    List<Double> replayed = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      generated.add(RECORDS / generate(round).cpuSeconds());
      replayed.add(RECORDS / replay(file, "speed-" + round, RECORDS).cpuSeconds());
    }
    Files.delete(file);
    double ratio = Summary.of(replayed).median() / Summary.of(generated).median();
    print("%,d records, %d rounds; records per second of processor time", RECORDS, ROUNDS);
    print("  generate %s", Summary.of(generated).text("%,.0f"));
    print("  replay   %s", Summary.of(replayed).text("%,.0f"));
    print("  ratio of the medians %.2f; at least %.2f is asked for", ratio, LEAST_RATIO);
    return ratio >= LEAST_RATIO;
  }

  private MeasuredProcess generate(int round) throws IOException, InterruptedException {
    return run(
        "generate",
        "--from",
        "2023-01-01",
        "--to",
        "2023-01-10",
        "--records",
        Integer.toString(RECORDS / 10),
        "--seed",
        Integer.toString(round));
  }

  private MeasuredProcess replay(Path file, String dataset, int records)
      throws IOException, InterruptedException {
    MeasuredProcess replay =
        run("replay", "--mapping", "superstore", "--dataset", dataset, "--json", file.toString());
    if (!replay.output().contains("\"written\" : " + records + ",")) {
      throw new IllegalStateException("Not all lines were written: " + replay.output());
    }
    return replay;
  }

  private MeasuredProcess run(String... arguments) throws IOException, InterruptedException {
    return MeasuredProcess.run(COMMAND, environment, MeasuredJob.class, arguments);
  }

  /** Every line of one day and of a customer of its own: the most that a day can hold. */
  private boolean isMemoryFlat() throws IOException, InterruptedException {
    boolean flat = true;
    for (int lines : LINES) {
      Path file = SalesFile.write(folder.resolve("memory.csv"), lines, 1, lines);
      MeasuredProcess replay = replay(file, "memory-" + lines, lines);
      print(
          "%,d lines of one day, %,d bytes: %.0f MB resident at most (asked for: %.0f), %.1f s,"
              + " %.1f µs of processor time a line",
          lines,
          Files.size(file),
          replay.peakMegabytes(),
          MOST_MEGABYTES,
          replay.seconds(),
          replay.cpuSeconds() * 1e6 / lines);
      Files.delete(file);
      flat &= replay.peakMegabytes() <= MOST_MEGABYTES;
    }
    return flat;
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
