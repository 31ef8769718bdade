package io.furnistream.benchmarks.aggregates;

import io.furnistream.aggregates.AggregatesSettings;
import io.furnistream.aggregates.streams.AggregatesTopology;
import io.furnistream.cli.Deadline;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Has the application, in a process like the stack's, work off the topic, and measures it. */
final class AggregatesProcess {

  private static final long POLL_MILLIS = 200;
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final long STOP_SECONDS = 60;
  // Longer than the application may gather: rows that rest as long as this are all there are.
  private static final long REST_SECONDS = 8;
  // As Linux states it, in KiB.
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private final Admin admin;
  private final String group;
  private final long records;
  private final Process process;

  private AggregatesProcess(Admin admin, String group, long records, Process process) {
    this.admin = admin;
    this.group = group;
    this.records = records;
    this.process = process;
  }

  /**
   * What a run took, from the first commit on: how long a JVM takes to start is not how fast it
   * works.
   *
   * @param recordsPerSecond until the last row was there
   * @param cpuSeconds of all threads, the start included
   * @param peakMegabytes the largest resident memory, in 2^20 bytes
   */
  record Measured(double recordsPerSecond, double cpuSeconds, double peakMegabytes) {}

  /**
   * Runs the application until it has sent every row.
   *
   * @param main the class to run
   * @param group its consumer group
   * @param state folder for its state stores
   * @param log what it prints
   */
  static Measured run(
      Class<?> main, String group, Endpoints endpoints, Path state, Path log, long records)
      throws Exception {
    Process process = command(main, endpoints, state, log).start();
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, endpoints.bootstrapServers()))) {
      return new AggregatesProcess(admin, group, records, process).measure();
    } catch (IllegalStateException e) {
      throw new IllegalStateException(e.getMessage() + ": " + Files.readString(log), e);
    } finally {
      process.destroy();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  /** The application with its own heap, to be started: its parameters are those of a run. */
  static ProcessBuilder command(Class<?> main, Endpoints endpoints, Path state, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("MALLOC_ARENA_MAX", "2");
    environment.put(Endpoints.BOOTSTRAP_SERVERS, endpoints.bootstrapServers());
    environment.put(Endpoints.REGISTRY_URL, endpoints.registryUrl());
    environment.put(AggregatesSettings.STATE_DIRECTORY, state.toString());
    environment.put(AggregatesSettings.HEALTH_PORT, "0");
    return builder;
  }

  private Measured measure() throws Exception {
    Deadline deadline = Deadline.in(LIMIT);
    long already = committed();
    while (already == 0) {
      pause(deadline);
      already = committed();
    }
    long start = System.nanoTime();
    long end = start;
    Map<String, Long> rows = Map.of();
    while (end == start || secondsSince(end) < REST_SECONDS) {
      pause(deadline);
      Map<String, Long> now = rows();
      if (committed() < records || !now.equals(rows)) {
        end = System.nanoTime();
      }
      rows = now;
    }
    return new Measured(
        (records - already) / ((end - start) / 1e9),
        process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3,
        peakMegabytes());
  }

  private void pause(Deadline deadline) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    if (!process.isAlive()) {
      throw new IllegalStateException("The application ended");
    }
    if (deadline.hasPassed()) {
      throw new IllegalStateException("Not done within %d s".formatted(LIMIT.toSeconds()));
    }
  }

  /** How many records are committed; the topic holds nothing but records. */
  private long committed() throws Exception {
    Collection<Map.Entry<TopicPartition, OffsetAndMetadata>> offsets =
        get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).entrySet();
    return offsets.stream()
        .filter(entry -> entry.getKey().topic().equals(Topic.DAILY_RECORDS.topicName()))
        .filter(entry -> entry.getValue() != null)
        .mapToLong(entry -> entry.getValue().offset())
        .sum();
  }

  /** The ends of all topics of rows. */
  private Map<String, Long> rows() throws Exception {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (Topic topic : AggregatesTopology.OUTPUTS) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        latest.put(new TopicPartition(topic.topicName(), partition), OffsetSpec.latest());
      }
    }
    Map<String, Long> ends = new TreeMap<>();
    get(admin.listOffsets(latest).all())
        .forEach((partition, end) -> ends.put(partition.toString(), end.offset()));
    return ends;
  }

  private static <T> T get(KafkaFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(STOP_SECONDS, TimeUnit.SECONDS);
  }

  private double peakMegabytes() throws IOException {
    List<String> status = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"));
    for (String line : status) {
      Matcher peak = PEAK.matcher(line);
      if (peak.matches()) {
        return Long.parseLong(peak.group(1)) / 1024.0;
      }
    }
    throw new IllegalStateException("Linux did not say how much memory the process takes");
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
