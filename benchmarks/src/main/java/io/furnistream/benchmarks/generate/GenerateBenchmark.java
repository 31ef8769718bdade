package io.furnistream.benchmarks.generate;

import io.furnistream.benchmarks.MeasuredJob;
import io.furnistream.benchmarks.MeasuredProcess;
import io.furnistream.benchmarks.Summary;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.producing.Publisher;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.Topic;
import io.furnistream.stack.EmbeddedStack;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * {@code generate} against Kafka's own {@code ProducerPerformance}, which sends the same bytes from
 * a file with the same settings and makes nothing; against a loop in Python; and against a plain
 * decode of what it wrote.
 */
public final class GenerateBenchmark {

  private static final int ROUNDS = 3;
  private static final int SHORT_RUN = 10;
  private static final int DAYS = 10;
  private static final double LEAST_RATIO = 0.5;

  private static final int YEARS_DAYS = 730;
  private static final int YEARS_RECORDS = 1_000;
  private static final double MOST_DECODES = 8;

  private static final double MOST_MEGABYTES = 450;

  private static final String PEER_TOPIC = "producer_performance";
  private static final String PYTHON = "FURNISTREAM_BENCHMARK_PYTHON";
  private static final Set<String> SERVICES = Set.of("postgres", "kafka", "registry");
  private static final List<String> COMMAND = List.of("-Xmx512m", "-XX:+UseSerialGC");

  private final Endpoints endpoints;
  private final Map<String, String> environment;
  private final Path folder;
  private final Path producerSettings;
  private final int records;

  private GenerateBenchmark(Endpoints endpoints, Path folder, int records) throws IOException {
    this.endpoints = endpoints;
    this.environment = MeasuredJob.environment(endpoints);
    this.folder = folder;
    this.producerSettings = producerSettings(endpoints, folder.resolve("producer.properties"));
    this.records = records;
  }

  /**
   * Arguments: a folder for the files, the offset of the ports, and records of a long run (a
   * million), of which a short one has a tenth. Ends with 1 when not as required.
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int records = args.length > 2 ? Integer.parseInt(args[2]) : 1_000_000;
    boolean asRequired;
    try (EmbeddedStack stack =
        EmbeddedStack.start(
            Home.fromSystemProperty(),
            new StateFolder(folder.resolve("stack")),
            new Ports(Integer.parseInt(args[1])),
            SERVICES)) {
      GenerateBenchmark benchmark = new GenerateBenchmark(stack.endpoints(), folder, records);
      boolean history = benchmark.isHistoryFast();
      asRequired = benchmark.isFastAndFlat() && history;
    }
    System.exit(asRequired ? ExitStatus.DONE : ExitStatus.ANSWER_IS_NO);
  }

  /** The first that is written, so that the decode reads these records. */
  private boolean isHistoryFast() throws IOException, InterruptedException {
    int total = YEARS_DAYS * YEARS_RECORDS;
    List<Double> ratios = new ArrayList<>();
    List<Double> generated = new ArrayList<>();
    List<Double> decoded = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      generated.add(generate("2023-01-01", "2024-12-30", YEARS_RECORDS, round).cpuSeconds());
      decoded.add(
          MeasuredProcess.run(COMMAND, environment, MeasuredDecode.class, Integer.toString(total))
              .cpuSeconds());
      ratios.add(generated.get(round) / decoded.get(round));
    }
    double ratio = Summary.of(ratios).median();
    print(
        "%,d days of %,d records, %d rounds; seconds of processor time",
        YEARS_DAYS, YEARS_RECORDS, ROUNDS);
    print("  generate     %s", Summary.of(generated).text("%.1f"));
    print("  plain decode %s", Summary.of(decoded).text("%.1f"));
    print("  ratio %s; at most %.0f is asked for", Summary.of(ratios).text("%.2f"), MOST_DECODES);
    return ratio <= MOST_DECODES;
  }

  private boolean isFastAndFlat() throws Exception {
    createPeerTopic();
    Path payloads = Payloads.write(folder.resolve("payloads"), endpoints.kafkaClient());
    int few = records / SHORT_RUN;
    List<Growth> ours = new ArrayList<>();
    List<Growth> peer = new ArrayList<>();
    List<Optional<FakerLoop>> python = new ArrayList<>();
    List<Double> fewMegabytes = new ArrayList<>();
    List<Double> manyMegabytes = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      MeasuredProcess shortRun = generate(few, round);
      MeasuredProcess longRun = generate(records, round);
      ours.add(Growth.of(shortRun, few, longRun, records));
      fewMegabytes.add(shortRun.peakMegabytes());
      manyMegabytes.add(longRun.peakMegabytes());
      peer.add(Growth.of(perform(payloads, few), few, perform(payloads, records), records));
      python.add(
          FakerLoop.run(
              System.getenv().getOrDefault(PYTHON, "python3"),
              endpoints.bootstrapServers(),
              PEER_TOPIC));
    }
    print("%,d records, without the first %,d; %d rounds", records, few, ROUNDS);
    print("  %-20s %-34s %s", "", "records/s", "µs of processor time a record");
    row("generate", ours);
    row("ProducerPerformance", peer);
    List<Growth> loops =
        python.stream()
            .flatMap(Optional::stream)
            .map(each -> new Growth(each.rate(), each.cpuMicros()))
            .toList();
    if (loops.isEmpty()) {
      print(
          "  Left out: the loop in Python. %s must name one with faker and confluent-kafka.",
          PYTHON);
    } else {
      row("Python with Faker", loops);
    }
    double rate = rates(ours).median() / rates(peer).median();
    print(
        "  ratio to ProducerPerformance: %.2f of its rate (at least %.2f is asked for), %.2f of its"
            + " records per processor time",
        rate, LEAST_RATIO, cpu(peer).median() / cpu(ours).median());
    print(
        "  resident at most: %s MB with %,d records, %s MB with %,d (asked for: %.0f)",
        Summary.of(fewMegabytes).text("%.0f"),
        few,
        Summary.of(manyMegabytes).text("%.0f"),
        records,
        MOST_MEGABYTES);
    return rate >= LEAST_RATIO && Summary.of(manyMegabytes).max() <= MOST_MEGABYTES;
  }

  private MeasuredProcess generate(int total, int round) throws IOException, InterruptedException {
    return generate("2023-01-01", "2023-01-" + DAYS, total / DAYS, round);
  }

  private MeasuredProcess generate(String from, String to, int recordsADay, int seed)
      throws IOException, InterruptedException {
    return MeasuredProcess.run(
        COMMAND,
        environment,
        MeasuredJob.class,
        "generate",
        "--from",
        from,
        "--to",
        to,
        "--records",
        Integer.toString(recordsADay),
        "--seed",
        Integer.toString(seed));
  }

  private MeasuredProcess perform(Path payloads, int total)
      throws IOException, InterruptedException {
    return MeasuredProcess.run(
        COMMAND,
        environment,
        MeasuredPeer.class,
        "--topic",
        PEER_TOPIC,
        "--num-records",
        Integer.toString(total),
        "--throughput",
        "-1",
        "--payload-file",
        payloads.toString(),
        "--payload-delimiter",
        Payloads.DELIMITER,
        "--bootstrap-server",
        endpoints.bootstrapServers(),
        "--command-config",
        producerSettings.toString());
  }

  /** Those of generate; the tool brings its own serializers. */
  private static Path producerSettings(Endpoints endpoints, Path file) throws IOException {
    Properties settings = new Properties();
    Publisher.settings(new AvroClients(endpoints.kafkaClient(), endpoints.registryClient()))
        .forEach((name, value) -> settings.setProperty(name, String.valueOf(value)));
    settings.remove(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG);
    settings.remove(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);
    try (Writer out = Files.newBufferedWriter(file)) {
      settings.store(out, null);
    }
    return file;
  }

  private void createPeerTopic() throws Exception {
    try (Admin admin = Admin.create(endpoints.kafkaClient())) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(PEER_TOPIC, Topic.DAILY_RECORDS.partitions(), (short) 1)
                      .configs(Topic.DAILY_RECORDS.config())))
          .all()
          .get(1, TimeUnit.MINUTES);
    }
  }

  private static void row(String name, List<Growth> measured) {
    print("  %-20s %-34s %s", name, rates(measured).text("%,.0f"), cpu(measured).text("%.2f"));
  }

  private static Summary rates(List<Growth> measured) {
    return Summary.of(measured.stream().map(Growth::rate).toList());
  }

  private static Summary cpu(List<Growth> measured) {
    return Summary.of(measured.stream().map(Growth::cpuMicros).toList());
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
