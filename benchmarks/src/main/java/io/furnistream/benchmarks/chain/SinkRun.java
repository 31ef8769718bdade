package io.furnistream.benchmarks.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.furnistream.cli.Deadline;
import io.furnistream.provision.Connectors;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.stack.EmbeddedStack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Has a connector land the whole topic in an empty table, and measures it. */
final class SinkRun {

  /** Until then tasks start, fetch their first batches and prepare their statements. */
  private static final double WARM_UP = 0.2;

  private static final String TABLE = "daily_records";
  private static final long POLL_MILLIS = 50;
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final EmbeddedStack stack;
  private final Landing landing;
  private final Path connectors;
  private final Path folder;
  private final long records;

  /**
   * Runs over a topic.
   *
   * @param connectors holds the running connectors' files
   * @param folder for the files of the connectors that are measured
   * @param records that the topic holds
   */
  SinkRun(EmbeddedStack stack, Landing landing, Path connectors, Path folder, long records) {
    this.stack = stack;
    this.landing = landing;
    this.connectors = connectors;
    this.folder = folder;
    this.records = records;
  }

  /**
   * What a run took, from the record that ends the warm-up to the last one.
   *
   * @param recordsPerSecond landed in Cassandra
   * @param workerMicros processor time of the Connect worker, in µs a record
   * @param cassandraMicros processor time of Cassandra, in µs a record
   */
  record Measured(double recordsPerSecond, double workerMicros, double cassandraMicros) {}

  /**
   * Runs a connector of this name, which has not been used before, and stops it.
   *
   * @throws IllegalStateException when not every record becomes a row
   */
  Measured measure(Variant variant, String connector) throws IOException, InterruptedException {
    Path file = folder.resolve(connector);
    variant.write(connectors, file, connector);
    Connectors running = connectors(stack, file);
    landing.empty();
    long before = landing.writes(TABLE);
    running.apply();
    List<Moment> moments = followUntilQuiet(before);
    stop(running, connector);
    if (landing.rows() != records) {
      throw new IllegalStateException(
          "%,d records became %,d rows".formatted(records, landing.rows()));
    }
    // A write has as many rows as a request had of one partition: a share of them is one of the
    // rows.
    Moment end = moments.get(moments.size() - 1);
    double all = end.writes - before;
    Moment warm =
        moments.stream()
            .filter(moment -> (moment.writes - before) / all >= WARM_UP)
            .findFirst()
            .orElseThrow();
    double landed = records * (end.writes - warm.writes) / all;
    return new Measured(
        landed / ((end.nanos - warm.nanos) / 1e9),
        micros(end.worker.minus(warm.worker)) / landed,
        micros(end.cassandra.minus(warm.cassandra)) / landed);
  }

  /** The connectors of a folder on a stack. */
  static Connectors connectors(EmbeddedStack stack, Path folder) {
    return new Connectors(
        stack.endpoints().connectUrl(),
        stack.endpoints().clientProperties(),
        folder,
        PlatformSettings.current());
  }

  /** Stops a connector, and waits until it has no task left that could still write. */
  static void stop(Connectors running, String connector) throws IOException, InterruptedException {
    running.act(connector, "stop");
    Deadline deadline = Deadline.in(LIMIT);
    while (tasks(running, connector) > 0) {
      requireInTime(deadline, "the tasks of " + connector + " to end");
    }
  }

  private static int tasks(Connectors running, String connector)
      throws IOException, InterruptedException {
    JsonNode status = running.status().get(connector);
    return status == null ? 0 : status.path("tasks").size();
  }

  /** What was seen each time that there were more writes, until none has come for a while. */
  private List<Moment> followUntilQuiet(long before) throws InterruptedException {
    Deadline deadline = Deadline.in(LIMIT);
    List<Moment> moments = new ArrayList<>(List.of(now()));
    while (true) {
      Moment now = now();
      Moment last = moments.get(moments.size() - 1);
      if (now.writes > last.writes) {
        moments.add(now);
      } else if (last.writes > before && now.nanos - last.nanos > QUIET.toNanos()) {
        return moments;
      }
      requireInTime(deadline, "writes to end, of which there are %,d".formatted(now.writes));
    }
  }

  private Moment now() {
    return new Moment(
        System.nanoTime(),
        landing.writes(TABLE),
        processorTime("connect"),
        processorTime("cassandra"));
  }

  private Duration processorTime(String service) {
    return stack.status().stream()
        .filter(status -> status.name().equals(service))
        .findFirst()
        .flatMap(status -> ProcessHandle.of(status.pid()))
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow(() -> new IllegalStateException(service + " does not run"));
  }

  private static double micros(Duration duration) {
    return duration.toNanos() / 1e3;
  }

  private static void requireInTime(Deadline deadline, String what) throws InterruptedException {
    if (deadline.hasPassed()) {
      throw new IllegalStateException("Waited %d s for %s".formatted(LIMIT.toSeconds(), what));
    }
    TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
  }

  /** How far things are. */
  private record Moment(long nanos, long writes, Duration worker, Duration cassandra) {}
}
