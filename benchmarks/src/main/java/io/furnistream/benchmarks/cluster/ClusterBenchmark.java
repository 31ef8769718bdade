package io.furnistream.benchmarks.cluster;

import io.furnistream.benchmarks.ProcessorTimes;
import io.furnistream.benchmarks.Summary;
import io.furnistream.cli.Commands;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.datagen.GenerateCommand;
import io.furnistream.stack.Profile;
import io.furnistream.stack.Stack;
import io.furnistream.stack.StackControl;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import io.furnistream.stores.landing.CaughtUpCommand;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The same number of records through a stack of the profile cluster, with one and with two workers
 * of Kafka Connect and processes of the aggregates: records a second from the start of generate
 * until every store has them, and the processor time that each service took for one.
 */
public final class ClusterBenchmark {

  private static final Set<String> SECOND = Set.of("connect-2", "aggregates-2");
  private static final List<String> SERVICES =
      List.of("kafka", "connect", "aggregates", "cassandra");
  private static final int DAYS = 10;
  private static final int RECORDS_A_DAY = 3_000;
  private static final int ROUNDS = 3;
  // A dozen JVMs that have just started compile what they run.
  private static final int WARM_UPS = 2;
  private static final double MOST_OF_ONE = 1.5;

  private final StackControl control;
  private final Endpoints endpoints;
  private LocalDate next = LocalDate.of(2024, 1, 1);

  private ClusterBenchmark(StackControl control, Endpoints endpoints) {
    this.control = control;
    this.endpoints = endpoints;
  }

  /**
   * Arguments: a folder for the files, the offset of the ports. Ends with 1 when two take more than
   * one and a half times the processor time of one.
   */
  public static void main(String[] args) throws Exception {
    Home home = Home.fromSystemProperty();
    StateFolder folder = new StateFolder(Path.of(args[0]).resolve("stack"));
    StackControl control = new StackControl(home, folder);
    boolean asAsked;
    try {
      control.up(
          new Ports(Integer.parseInt(args[1])),
          Profile.CLUSTER,
          ready -> say("%s is ready", ready.name()),
          ClusterBenchmark::say);
      asAsked = new ClusterBenchmark(control, Stack.open(home, folder).endpoints()).run();
    } finally {
      control.down();
    }
    System.exit(asAsked ? ExitStatus.DONE : ExitStatus.ANSWER_IS_NO);
  }

  private boolean run() throws Exception {
    for (int i = 1; i <= WARM_UPS; i++) {
      say("warm-up %d, with two: %s", i, text(measure()));
    }
    List<Run> two = measureRounds("with two");
    List<Run> one = new ArrayList<>();
    control.whileStopped(SECOND, () -> one.addAll(measureRounds("with one")));
    double ofOne = processor(two).median() / processor(one).median();
    say("%d rounds of %,d records; as median (min to max)", ROUNDS, DAYS * RECORDS_A_DAY);
    report("one", one);
    report("two", two);
    say(
        "Two take %.2f times the processor time of one (asked for: at most %.1f)",
        ofOne, MOST_OF_ONE);
    return ofOne <= MOST_OF_ONE;
  }

  private List<Run> measureRounds(String variant) throws Exception {
    List<Run> runs = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      Run run = measure();
      say("round %d, %s: %s", round, variant, text(run));
      runs.add(run);
    }
    return runs;
  }

  private Run measure() throws Exception {
    ProcessorTimes before = ProcessorTimes.of(control.status());
    long began = System.nanoTime();
    succeed(
        Commands.commandLine(new GenerateCommand(() -> endpoints))
            .execute(
                "--from", next.toString(),
                "--to", next.plusDays(DAYS - 1L).toString(),
                "--records", Integer.toString(RECORDS_A_DAY)));
    succeed(Commands.commandLine(new CaughtUpCommand(() -> endpoints)).execute());
    double seconds = (System.nanoTime() - began) / 1e9;
    next = next.plusDays(DAYS);
    return new Run(
        (long) DAYS * RECORDS_A_DAY, seconds, ProcessorTimes.of(control.status()).since(before));
  }

  private static void succeed(int status) {
    if (status != ExitStatus.DONE) {
      throw new IllegalStateException("A job ended with " + status);
    }
  }

  private static void report(String variant, List<Run> runs) {
    say("%s: %s records/s", variant, summary(runs, Run::recordsPerSecond).text("%,.0f"));
    for (String service : SERVICES) {
      say(
          "%s: %s, processor time a record: %s µs",
          variant, service, summary(runs, run -> run.microsPerRecord(service)).text("%.0f"));
    }
  }

  /** Of the services that have a second process. */
  private static Summary processor(List<Run> runs) {
    return summary(runs, run -> run.microsPerRecord("connect") + run.microsPerRecord("aggregates"));
  }

  private static Summary summary(List<Run> runs, ToDoubleFunction<Run> figure) {
    return Summary.of(runs.stream().mapToDouble(figure).boxed().toList());
  }

  private static String text(Run run) {
    StringBuilder text =
        new StringBuilder(String.format(Locale.ROOT, "%,.0f records/s", run.recordsPerSecond()));
    for (String service : SERVICES) {
      text.append(
          String.format(Locale.ROOT, ", %s %.0f µs", service, run.microsPerRecord(service)));
    }
    return text.toString();
  }

  private static void say(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
