package io.furnistream.aggregates;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what may hold the application up, for as long as it is not running: Kafka's clients wait
 * without an end for a transaction that is open, and do not say whose it is. Works in a thread of
 * its own, and nothing that fails in it ends more than one look.
 */
final class NotRunningWatch implements AutoCloseable {

  /** How long the application may not be running before a report, and between two of them. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(NotRunningWatch.class);
  private static final String RUNNING = KafkaStreams.State.RUNNING.name();
  private static final long LOOK_MS = 1_000;

  private final Supplier<String> state;
  private final Report report;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "not-running-watch");
            thread.setDaemon(true);
            return thread;
          });
  private long quietSince;
  private List<String> said = List.of();

  /** What may hold the application up. */
  @FunctionalInterface
  interface Report {

    /** One line for each cause; some seconds of asking. */
    List<String> lines() throws InterruptedException;
  }

  /**
   * A watch that does not look by itself.
   *
   * @param state the state's name, asked with every look
   * @param nanoTime a clock like {@link System#nanoTime}
   */
  NotRunningWatch(Supplier<String> state, Report report, LongSupplier nanoTime) {
    this.state = state;
    this.report = report;
    this.nanoTime = nanoTime;
    this.quietSince = nanoTime.getAsLong();
  }

  /** A watch that looks until it is closed. */
  @SuppressWarnings("FutureReturnValueIgnored") // a look never fails
  static NotRunningWatch start(Supplier<String> state, Report report) {
    NotRunningWatch watch = new NotRunningWatch(state, report, System::nanoTime);
    watch.looks.scheduleWithFixedDelay(watch::log, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    return watch;
  }

  /** Ends it; a report that is being made is given up. */
  @Override
  public void close() {
    looks.shutdownNow();
  }

  /**
   * What is to be logged now: nothing, or a report that does not say the same as the one before.
   * That of an open transaction never does, since it says for how long; that there is none is said
   * once.
   */
  List<String> look() throws InterruptedException {
    String now = state.get();
    if (now.equals(RUNNING)) {
      quietSince = nanoTime.getAsLong();
      said = List.of();
      return List.of();
    }
    if (nanoTime.getAsLong() - quietSince < PATIENCE.toNanos()) {
      return List.of();
    }
    List<String> lines = report.lines();
    // After the report, which may take seconds.
    quietSince = nanoTime.getAsLong();
    if (lines.equals(said)) {
      return List.of();
    }
    said = lines;
    return lines;
  }

  private void log() {
    try {
      List<String> lines = look();
      if (!lines.isEmpty() && !looks.isShutdown()) {
        LOG.warn(
            "{}, and not RUNNING for {} s or longer. What Kafka knows of open transactions:",
            state.get(),
            PATIENCE.toSeconds());
        lines.forEach(line -> LOG.warn("  {}", line));
      }
    } catch (InterruptedException e) {
      // Closed.
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("What holds the application up is not known", e);
    }
  }
}
