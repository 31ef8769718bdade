package io.furnistream.benchmarks.aggregates;

import io.furnistream.aggregates.AggregatesApplication;
import io.furnistream.aggregates.StreamsProperties;
import io.furnistream.cli.Deadline;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.schemas.Topic;
import io.furnistream.stack.EmbeddedStack;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * How long the aggregates take to go on after the loss of an instance with its state: one that is
 * alone and starts empty, and the other of two, with and without a standby. The clock runs from
 * kill -9 until a record of each partition that was sent after it is committed.
 */
public final class RestoreBenchmark {

  private static final Set<String> SERVICES = Set.of("postgres", "kafka", "registry");
  private static final String RECORDS = "10000000";
  private static final Duration LIMIT = Duration.ofHours(2);
  private static final Duration REST = Duration.ofSeconds(20);
  private static final long POLL_MILLIS = 200;
  private static final long STOP_SECONDS = 60;
  private static final LocalDate AFTER = LocalDate.of(2024, 1, 15);
  private static final int SENT_AFTER = 600;
  private static final String RUNNING = "RUNNING after REBALANCING";
  private static final Pattern RESTORED = Pattern.compile("Restored (\\d+) records");

  private final Endpoints endpoints;
  private final AvroClients clients;
  private final Path folder;
  private final int records;
  private final Admin admin;
  private int sent;

  private RestoreBenchmark(Endpoints endpoints, Path folder, int records, Admin admin) {
    this.endpoints = endpoints;
    this.clients = new AvroClients(endpoints.bootstrapServers(), endpoints.registryUrl());
    this.folder = folder;
    this.records = records;
    this.admin = admin;
    this.sent = records;
  }

  /** Arguments: a folder for the files, the offset of the ports, how many records (10^7). */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    try (EmbeddedStack stack =
            EmbeddedStack.start(
                Home.fromSystemProperty(),
                new StateFolder(folder.resolve("stack")),
                new Ports(Integer.parseInt(args[1])),
                SERVICES);
        Admin admin =
            Admin.create(Map.of("bootstrap.servers", stack.endpoints().bootstrapServers()))) {
      new RestoreBenchmark(
              stack.endpoints(),
              folder,
              Integer.parseInt(args.length > 2 ? args[2] : RECORDS),
              admin)
          .run();
    }
    System.exit(ExitStatus.DONE);
  }

  private void run() throws Exception {
    WaitingMonth.produce(clients, records);
    Instance first = start("first", 0);
    awaitCommitted();
    awaitRest(first);
    print("%,d records; %,d bytes of state", records, size("first"));
    first.kill();
    long start = System.nanoTime();
    Instance alone = start("alone", 0);
    goOn(alone, start, "alone, with an empty state");

    for (int standbys = 0; standbys <= 1; standbys++) {
      alone.stop();
      String name = "standbys-" + standbys;
      alone = start("alone", standbys);
      awaitCommitted();
      Instance other = start(name, standbys);
      awaitRest(other);
      print("  %s: %,d bytes of state before", name, size(name));
      long logged = Files.size(other.log);
      double used = other.cpuSeconds();
      alone.kill();
      goOn(other, System.nanoTime(), "the other of two, standbys: " + standbys, logged, used);
      other.stop();
      // The next pair begins with an instance that has all, as this one did.
      Files.move(folder.resolve("alone"), folder.resolve("alone-before-" + name));
      Files.move(folder.resolve(name), folder.resolve("alone"));
      alone = other;
    }
  }

  private void goOn(Instance instance, long start, String what) throws Exception {
    goOn(instance, start, what, 0, 0);
  }

  private void goOn(Instance instance, long start, String what, long logged, double used)
      throws Exception {
    sendToEachPartition();
    awaitCommitted();
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuSeconds = instance.cpuSeconds() - used;
    Matcher matcher = RESTORED.matcher(Files.readString(instance.log).substring((int) logged));
    long restored = 0;
    while (matcher.find()) {
      restored += Long.parseLong(matcher.group(1));
    }
    print(
        "%s: %.1f s, %.1f s of processor time, %,d records restored",
        what, seconds, cpuSeconds, restored);
  }

  private void sendToEachPartition() {
    try (KafkaProducer<SpecificRecord, SpecificRecord> producer =
        new KafkaProducer<>(clients.producer())) {
      for (int n = 0; n < SENT_AFTER; n++) {
        DailyRecord sale = ShopSale.number(sent + n, AFTER).build();
        var unused = producer.send(ShopSale.toProduce(sale));
      }
    }
    sent += SENT_AFTER;
  }

  private void awaitCommitted() throws Exception {
    Deadline deadline = Deadline.in(LIMIT);
    while (!isCommitted()) {
      if (deadline.hasPassed()) {
        throw new IllegalStateException("Not done within " + LIMIT);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private boolean isCommitted() throws Exception {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int partition = 0; partition < Topic.DAILY_RECORDS.partitions(); partition++) {
      latest.put(
          new TopicPartition(Topic.DAILY_RECORDS.topicName(), partition), OffsetSpec.latest());
    }
    Map<TopicPartition, OffsetAndMetadata> committed =
        get(
            admin
                .listConsumerGroupOffsets(StreamsProperties.APPLICATION_ID)
                .partitionsToOffsetAndMetadata());
    return get(admin.listOffsets(latest).all()).entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata offset = committed.get(end.getKey());
              return offset != null && offset.offset() >= end.getValue().offset();
            });
  }

  /** Until the stages behind the first one, or the standbys, have taken what there is. */
  private static void awaitRest(Instance instance) throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(LIMIT);
    while (!Files.readString(instance.log).contains(RUNNING)) {
      if (deadline.hasPassed() || !instance.process.isAlive()) {
        throw new IllegalStateException("The application does not run: " + instance.log);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    double before;
    do {
      if (deadline.hasPassed()) {
        throw new IllegalStateException("The application does not rest: " + instance.log);
      }
      before = instance.cpuSeconds();
      TimeUnit.MILLISECONDS.sleep(REST.toMillis());
    } while (instance.cpuSeconds() - before > REST.toSeconds() / 10.0);
  }

  private Instance start(String name, int standbys) throws IOException {
    Path log = folder.resolve(name + "-" + System.nanoTime() + ".log");
    ProcessBuilder builder =
        AggregatesProcess.command(
            AggregatesApplication.class, endpoints, folder.resolve(name), log);
    Path settings = folder.resolve(name + ".properties");
    Files.writeString(settings, "aggregates.standby.replicas=" + standbys);
    builder.environment().put(PlatformSettings.VARIABLE, settings.toString());
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new Instance(process, log);
  }

  private long size(String state) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(state))) {
      // A store may delete a file meanwhile: its length is 0 then.
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static <T> T get(KafkaFuture<T> future) throws Exception {
    return future.get(STOP_SECONDS, TimeUnit.SECONDS);
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }

  private record Instance(Process process, Path log) {

    double cpuSeconds() {
      return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    void stop() throws InterruptedException {
      process.destroy();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
    }
  }
}
