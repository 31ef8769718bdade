package io.furnistream.benchmarks.aggregates;

import io.furnistream.cli.ExitStatus;
import io.furnistream.stack.EmbeddedStack;
import io.furnistream.stack.Profile;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * How long a record takes from Kafka's acknowledgement to its row in PostgreSQL, over the whole
 * stack of the profile core, at steady rates. One record in ten is of a customer of its own, so
 * that its row in {@code daily_customer}, which passes every stage, cannot be confused with
 * another.
 */
public final class FreshnessBenchmark {

  private static final List<Integer> RATES = List.of(500, 1_000);
  // Half a dozen JVMs that have just started compile what they run, all at once.
  private static final Duration WARM_UP = Duration.ofMinutes(2);
  private static final int WARM_UP_RATE = 1_000;
  private static final Duration LEAD_IN = Duration.ofSeconds(10);
  private static final Duration MEASURED = Duration.ofSeconds(60);
  private static final LocalDate FIRST_DAY = LocalDate.of(2023, 12, 1);
  private static final double MOST_SECONDS = 3;

  private FreshnessBenchmark() {}

  /**
   * Arguments: a folder for the files, the offset of the ports. Ends with 1 when not as required.
   */
  public static void main(String[] args) throws Exception {
    boolean asRequired = true;
    try (EmbeddedStack stack =
        EmbeddedStack.start(
            Home.fromSystemProperty(),
            new StateFolder(Path.of(args[0]).resolve("stack")),
            new Ports(Integer.parseInt(args[1])),
            Profile.CORE.services())) {
      LocalDate day = FIRST_DAY;
      new SteadySales(day, WARM_UP_RATE).produceAndWatch(stack.endpoints(), WARM_UP, Duration.ZERO);
      for (int rate : RATES) {
        day = day.plusDays(1);
        List<Double> seconds =
            new SteadySales(day, rate).produceAndWatch(stack.endpoints(), LEAD_IN, MEASURED);
        double p99 = percentile(seconds, 99);
        System.out.printf(
            Locale.ROOT,
            "%,5d records/s for %d s: p50 %.2f s, p99 %.2f s (asked for: %.0f), longest %.2f s; %,d"
                + " rows watched, all there%n",
            rate,
            MEASURED.toSeconds(),
            percentile(seconds, 50),
            p99,
            MOST_SECONDS,
            percentile(seconds, 100),
            seconds.size());
        asRequired &= p99 <= MOST_SECONDS;
      }
    }
    System.exit(asRequired ? ExitStatus.DONE : ExitStatus.ANSWER_IS_NO);
  }

  /** The smallest that so many in a hundred do not exceed. */
  private static double percentile(List<Double> seconds, int percent) {
    List<Double> sorted = seconds.stream().sorted().toList();
    return sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
  }
}
