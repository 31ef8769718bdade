package io.furnistream.benchmarks.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.furnistream.cli.Deadline;
import io.furnistream.provision.Connectors;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.stack.EmbeddedStack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Has a connector land the whole topic in an empty table, and measures it. */
final class SinkRun {

  /** Until then tasks start, fetch their first batches and prepare their statements. */
  private static final double WARM_UP = 0.2;

  private static final String TABLE = "daily_records";
  private static final long POLL_MILLIS = 50;
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
    Moment warm = await(before + Math.round(records * WARM_UP));
    Moment end = await(before + records);
    stop(running, connector);
    if (landing.rows() != records) {
      throw new IllegalStateException(
          "%,d records became %,d rows".formatted(records, landing.rows()));
    }
    double landed = end.writes - warm.writes;
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

  private Moment await(long writes) throws InterruptedException {
    Deadline deadline = Deadline.in(LIMIT);
    Moment now = now();
    while (now.writes < writes) {
      requireInTime(deadline, "%,d rows, %,d are there".formatted(writes, now.writes));
      now = now();
    }
    return now;
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
