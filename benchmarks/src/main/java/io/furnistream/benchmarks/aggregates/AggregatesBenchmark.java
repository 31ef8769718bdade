package io.furnistream.benchmarks.aggregates;

import io.furnistream.aggregates.AggregatesApplication;
import io.furnistream.aggregates.StreamsProperties;
import io.furnistream.aggregates.streams.AggregatesTopology;
import io.furnistream.benchmarks.PlainConsumer;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DailyPuRev;
import io.furnistream.schemas.DailyPuRevKey;
import io.furnistream.schemas.Topic;
import io.furnistream.stack.EmbeddedStack;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * How fast the aggregates work off a million records of 31 days that wait in the topic, compared
 * with a plain consumer that only decodes it, in the same run: only the first three tables, then
 * all. The rows must be exact, and memory capped.
 */
public final class AggregatesBenchmark {

  private static final int RECORDS = 1_000_000;
  private static final Set<String> SERVICES = Set.of("postgres", "kafka", "registry");
  private static final Set<String> REVENUE = Set.of("revenue", "daily_rev", "sales");
  private static final double LEAST_RATIO_FIRST_TABLES = 0.05;
  private static final double LEAST_RATIO_ALL = 0.03;
  private static final double MOST_MEGABYTES = 640;

  private final Endpoints endpoints;
  private final AvroClients clients;
  private final Path folder;
  private boolean asRequired = true;

  private AggregatesBenchmark(Endpoints endpoints, Path folder) {
    this.endpoints = endpoints;
    this.clients = new AvroClients(endpoints.kafkaClient(), endpoints.registryClient());
    this.folder = folder;
  }

  /**
   * Arguments: a folder for the files, the offset of the ports. Ends with 1 when not as required.
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    boolean asRequired;
    try (EmbeddedStack stack =
        EmbeddedStack.start(
            Home.fromSystemProperty(),
            new StateFolder(folder.resolve("stack")),
            new Ports(Integer.parseInt(args[1])),
            SERVICES)) {
      AggregatesBenchmark benchmark = new AggregatesBenchmark(stack.endpoints(), folder);
      benchmark.run();
      asRequired = benchmark.asRequired;
    }
    System.exit(asRequired ? ExitStatus.DONE : ExitStatus.ANSWER_IS_NO);
  }

  private void run() throws Exception {
    WaitingMonth month = WaitingMonth.produce(clients, RECORDS);
    // The first reading warms up the JVM, and is not counted.
    PlainConsumer.rate(clients, RECORDS);
    double plain = PlainConsumer.rate(clients, RECORDS);
    Map<Topic, Map<TopicPartition, Long>> before = ends();
    AggregatesProcess.Measured first =
        application("first-tables", FirstTables.class, FirstTables.APPLICATION_ID);
    Map<Topic, Map<TopicPartition, Long>> between = ends();
    double plainBetween = PlainConsumer.rate(clients, RECORDS);
    AggregatesProcess.Measured all =
        application("all", AggregatesApplication.class, StreamsProperties.APPLICATION_ID);
    double plainAfter = PlainConsumer.rate(clients, RECORDS);

    print("plain consumer: %,.0f, %,.0f, %,.0f records/s", plain, plainBetween, plainAfter);
    print("first three tables and the latest records");
    report(first, (plain + plainBetween) / 2, "first-tables", LEAST_RATIO_FIRST_TABLES);
    check(before, FirstTables.TOPICS, month);
    print("all tables");
    report(all, (plainBetween + plainAfter) / 2, "all", LEAST_RATIO_ALL);
    check(between, AggregatesTopology.OUTPUTS, month);
  }

  private AggregatesProcess.Measured application(String name, Class<?> main, String group)
      throws Exception {
    return AggregatesProcess.run(
        main, group, endpoints, folder.resolve(name), folder.resolve(name + ".log"), RECORDS);
  }

  private Map<Topic, Map<TopicPartition, Long>> ends() {
    Map<Topic, Map<TopicPartition, Long>> ends = new HashMap<>();
    AggregatesTopology.OUTPUTS.forEach(topic -> ends.put(topic, SentRows.ends(clients, topic)));
    return ends;
  }

  private void report(AggregatesProcess.Measured run, double plain, String state, double leastRatio)
      throws IOException {
    double ratio = run.recordsPerSecond() / plain;
    print(
        "  %,.0f records/s, %.3f of the plain consumer (asked for: %.2f); %.0f µs of processor"
            + " time a record",
        run.recordsPerSecond(), ratio, leastRatio, run.cpuSeconds() * 1e6 / RECORDS);
    print(
        "  at most %.0f MB resident (asked for: %.0f); %,d bytes of state a million records",
        run.peakMegabytes(), MOST_MEGABYTES, size(folder.resolve(state)));
    asRequired &= ratio >= leastRatio && run.peakMegabytes() <= MOST_MEGABYTES;
  }

  /** Holds the tables against the plain loop: every day, and the revenue of each table. */
  private void check(
      Map<Topic, Map<TopicPartition, Long>> from, List<Topic> topics, WaitingMonth month) {
    long sent = 0;
    for (Topic topic : topics) {
      SentRows rows = SentRows.since(from.get(topic), clients, topic);
      sent += rows.sent();
      boolean exact =
          topic == Topic.DAILY_PU_REV
              ? days(rows).equals(month.days())
              : revenue(topic, rows, month.revenue()).compareTo(month.revenue()) == 0;
      print(
          "  %-24s %,9d rows sent for %,7d keys%s",
          topic.topicName(), rows.sent(), rows.table().size(), exact ? "" : "  NOT EXACT");
      asRequired &= exact;
    }
    print("  %-24s %,9d rows sent", "all of them", sent);
  }

  private static Map<LocalDate, DailyPuRev> days(SentRows rows) {
    Map<LocalDate, DailyPuRev> days = new HashMap<>();
    rows.table()
        .forEach((key, row) -> days.put(((DailyPuRevKey) key).getTsDate(), (DailyPuRev) row));
    return days;
  }

  /** The sum of a table's column of revenue; {@code otherwise} where it is not of all records. */
  private static BigDecimal revenue(Topic topic, SentRows rows, BigDecimal otherwise) {
    Schema.Field field =
        topic.valueSchema().getFields().stream()
            .filter(each -> REVENUE.contains(each.name()))
            .findFirst()
            .orElse(null);
    if (field == null || topic == Topic.RECENT_RECORDS) {
      return otherwise;
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (SpecificRecord row : rows.table().values()) {
      sum = sum.add((BigDecimal) row.get(field.pos()));
    }
    return sum;
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
