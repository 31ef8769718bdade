package io.furnistream.benchmarks.chain;

import io.furnistream.benchmarks.Summary;
import io.furnistream.benchmarks.chain.SinkRun.Measured;
import io.furnistream.cli.Commands;
import io.furnistream.cli.ExitStatus;
import io.furnistream.datagen.GenerateCommand;
import io.furnistream.provision.Connectors;
import io.furnistream.stack.EmbeddedStack;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What the chain of transforms in front of Cassandra costs of the sink's rate: the connector as its
 * file says, and the same without its chain, in turns, over the same waiting records, each into an
 * empty table. The processor time of the Connect worker, which hardly depends on what else the
 * machine does, shows how much of it is the chain's own.
 */
public final class ChainBenchmark {

  private static final Set<String> SERVICES =
      Set.of("postgres", "kafka", "registry", "cassandra", "connect");
  private static final String FIRST_DAY = "2023-12-01";
  private static final String LAST_DAY = "2023-12-30";
  private static final int DAYS = 30;
  private static final int RECORDS_A_DAY = 4_000;
  private static final int ROUNDS = 3;
  // The JVMs of Connect and Cassandra compile what they run.
  private static final int WARM_UPS = 1;
  private static final double MOST_OF_RATE = 0.15;

  private final SinkRun sink;

  private ChainBenchmark(SinkRun sink) {
    this.sink = sink;
  }

  /** Arguments: a folder for the files, the offset of the ports. Ends with 1 when not as asked. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Home home = Home.fromSystemProperty();
    boolean asAsked;
    try (EmbeddedStack stack =
            EmbeddedStack.start(
                home,
                new StateFolder(folder.resolve("stack")),
                new Ports(Integer.parseInt(args[1])),
                SERVICES);
        Landing landing = new Landing(stack.endpoints())) {
      stopAll(SinkRun.connectors(stack, home.connectors()));
      fill(stack);
      asAsked =
          new ChainBenchmark(
                  new SinkRun(
                      stack,
                      landing,
                      home.connectors(),
                      folder.resolve("connectors"),
                      (long) DAYS * RECORDS_A_DAY))
              .run();
    }
    System.exit(asAsked ? ExitStatus.DONE : ExitStatus.ANSWER_IS_NO);
  }

  /** Stops the stack's own connectors, which would land the same records. */
  private static void stopAll(Connectors connectors) throws IOException, InterruptedException {
    for (String name : connectors.status().keySet()) {
      SinkRun.stop(connectors, name);
    }
  }

  private static void fill(EmbeddedStack stack) {
    int status =
        Commands.commandLine(new GenerateCommand(stack::endpoints))
            .execute(
                "--from",
                FIRST_DAY,
                "--to",
                LAST_DAY,
                "--records",
                Integer.toString(RECORDS_A_DAY));
    if (status != ExitStatus.DONE) {
      throw new IllegalStateException("The topic could not be filled");
    }
  }

  private boolean run() throws IOException, InterruptedException {
    Map<Variant, List<Measured>> measured = new EnumMap<>(Variant.class);
    for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
      // Who is first changes, so that what grows or warms up favours neither.
      List<Variant> turns = new ArrayList<>(List.of(Variant.values()));
      if (round % 2 == 1) {
        Collections.reverse(turns);
      }
      for (Variant variant : turns) {
        Measured run = sink.measure(variant, variant.toString().replace(' ', '-') + "-" + round);
        say(
            "%s %d, %s: %,.0f records/s; processor time a record: worker %.1f µs, Cassandra %.1f µs",
            round < WARM_UPS ? "warm-up" : "round",
            round < WARM_UPS ? round + 1 : round + 1 - WARM_UPS,
            variant,
            run.recordsPerSecond(),
            run.workerMicros(),
            run.cassandraMicros());
        if (round >= WARM_UPS) {
          measured.computeIfAbsent(variant, each -> new ArrayList<>()).add(run);
        }
      }
    }
    return report(measured);
  }

  private static boolean report(Map<Variant, List<Measured>> measured) {
    say("%d rounds; as median (min to max)", ROUNDS);
    for (Variant variant : Variant.values()) {
      List<Measured> runs = measured.get(variant);
      say(
          "%s: %s records/s; processor time a record: worker %s µs, Cassandra %s µs",
          variant,
          summary(runs, Measured::recordsPerSecond).text("%,.0f"),
          summary(runs, Measured::workerMicros).text("%.1f"),
          summary(runs, Measured::cassandraMicros).text("%.1f"));
    }
    double own = cost(measured, Variant.SAME_COLUMNS);
    double whole = cost(measured, Variant.AS_IT_IS);
    say(
        "The transforms cost %.1f %% of the rate, %.1f µs of the worker's processor time a record;"
            + " with the columns that they add to each row, %.1f %%",
        own * 100,
        median(measured, Variant.SAME_COLUMNS, Measured::workerMicros)
            - median(measured, Variant.WITHOUT_CHAIN, Measured::workerMicros),
        whole * 100);
    say(
        "By the processor time of worker and Cassandra: %.1f %%, with the columns %.1f %%",
        processorCost(measured, Variant.SAME_COLUMNS) * 100,
        processorCost(measured, Variant.AS_IT_IS) * 100);
    say("Asked for: %.0f %%", MOST_OF_RATE * 100);
    return whole <= MOST_OF_RATE;
  }

  /** What part of the rate without the chain is lost. */
  private static double cost(Map<Variant, List<Measured>> measured, Variant variant) {
    return 1
        - median(measured, variant, Measured::recordsPerSecond)
            / median(measured, Variant.WITHOUT_CHAIN, Measured::recordsPerSecond);
  }

  /** The same, were the processor all that bounds the rate; other load hardly moves it. */
  private static double processorCost(Map<Variant, List<Measured>> measured, Variant variant) {
    ToDoubleFunction<Measured> both = run -> run.workerMicros() + run.cassandraMicros();
    return 1 - median(measured, Variant.WITHOUT_CHAIN, both) / median(measured, variant, both);
  }

  private static double median(
      Map<Variant, List<Measured>> measured, Variant variant, ToDoubleFunction<Measured> figure) {
    return summary(measured.get(variant), figure).median();
  }

  private static Summary summary(List<Measured> runs, ToDoubleFunction<Measured> figure) {
    return Summary.of(runs.stream().mapToDouble(figure).boxed().toList());
  }

  private static void say(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
