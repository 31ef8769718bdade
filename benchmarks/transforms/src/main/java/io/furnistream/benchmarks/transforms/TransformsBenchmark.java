package io.furnistream.benchmarks.transforms;

import io.furnistream.transforms.DateParts;
import io.furnistream.transforms.GeoCell;
import io.furnistream.transforms.Lookup;
import io.furnistream.transforms.Pseudonymise;
import io.furnistream.transforms.RouteByField;
import io.furnistream.transforms.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Flatten;
import org.apache.kafka.connect.transforms.InsertField;
import org.apache.kafka.connect.transforms.MaskField;
import org.apache.kafka.connect.transforms.RegexRouter;
import org.apache.kafka.connect.transforms.Transformation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Each of our transforms compared with the nearest of Kafka's own, over the same records. Ends with
 * 1 when one reaches less than 0.8 of its peer's throughput.
 *
 * <p>Others may use the machine meanwhile, which makes a rate lower and never higher. So all take
 * turns, a process each, in several rounds; of a process counts its best fifth of a second, and of
 * the rounds the median, since each process compiles the code a little differently.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class TransformsBenchmark {

  private static final double LOWEST_RATIO = 0.8;
  private static final int ROUNDS = 5;

  private static final String INSERT_FIELD = "InsertField";
  private static final String FLATTEN = "Flatten";
  private static final String MASK_FIELD = "MaskField";
  private static final String REGEX_ROUTER = "RegexRouter";

  /** Ours, and the peer of each. */
  private static final Map<String, String> PEERS = new LinkedHashMap<>();

  static {
    PEERS.put("DateParts", INSERT_FIELD);
    PEERS.put("GeoCell h3", INSERT_FIELD);
    PEERS.put("GeoCell geohash", INSERT_FIELD);
    PEERS.put("Lookup", INSERT_FIELD);
    PEERS.put("Pseudonymise", MASK_FIELD);
    PEERS.put("RouteByField", REGEX_ROUTER);
    // Both look at every field.
    PEERS.put("Screen", FLATTEN);
  }

  /** What is measured. */
  @Param({
    INSERT_FIELD,
    "DateParts",
    "GeoCell h3",
    "GeoCell geohash",
    "Lookup",
    MASK_FIELD,
    "Pseudonymise",
    REGEX_ROUTER,
    "RouteByField",
    FLATTEN,
    "Screen"
  })
  private String transform;

  private Transformation<SinkRecord> running;
  private SinkRecord[] records;
  private int next;
  private Path table;
  private Path rules;

  /** Makes the records and the transform. */
  @Setup(Level.Trial)
  public void setUp() throws IOException {
    records = Sales.records();
    table = Files.createTempFile("states", ".csv");
    StringBuilder rows = new StringBuilder("state,region,people\n");
    for (int i = 0; i < Sales.STATES; i++) {
      rows.append("state ")
          .append(i)
          .append(",region ")
          .append(i % 4)
          .append(",")
          .append(i)
          .append('\n');
    }
    Files.writeString(table, rows);
    rules = Files.writeString(Files.createTempFile("rules", ".json"), Sales.RULES);
    running = transform();
  }

  private Transformation<SinkRecord> transform() {
    return switch (transform) {
      case INSERT_FIELD ->
          configured(
              new InsertField.Value<>(), Map.of("static.field", "shop", "static.value", "main"));
      case MASK_FIELD ->
          configured(
              new MaskField.Value<>(),
              Map.of("fields", "customer_name", "replacement", "somebody"));
      case "DateParts" ->
          configured(new DateParts.Value<>(), Map.of("field", "ts", "zone", "America/New_York"));
      case "GeoCell h3" -> configured(new GeoCell.Value<>(), Map.of("grid", "h3"));
      case "GeoCell geohash" -> configured(new GeoCell.Value<>(), Map.of("grid", "geohash"));
      case "Lookup" ->
          configured(
              new Lookup.Value<>(),
              Map.of(
                  "table.file", table.toString(),
                  "key.fields", "state",
                  "columns", "region:string,people:int64"));
      case "Pseudonymise" ->
          configured(
              new Pseudonymise.Value<>(),
              Map.of("fields", "customer_name", "key", "0123456789abcdef0123456789abcdef"));
      case REGEX_ROUTER ->
          configured(new RegexRouter<>(), Map.of("regex", "(sal).*", "replacement", "$1-other"));
      case "RouteByField" ->
          configured(
              new RouteByField<>(),
              Map.of(
                  "topic", "${topic}-${value.category}",
                  "topics", "sales-Furniture,sales-Office_Supplies,sales-Technology"));
      case FLATTEN -> configured(new Flatten.Value<>(), Map.of());
      case "Screen" -> configured(new Screen.Value<>(), Map.of("rules.file", rules.toString()));
      default -> throw new IllegalArgumentException(transform);
    };
  }

  private static Transformation<SinkRecord> configured(
      Transformation<SinkRecord> transform, Map<String, String> properties) {
    transform.configure(properties);
    return transform;
  }

  /** Ends the transform. */
  @TearDown(Level.Trial)
  public void tearDown() throws IOException {
    running.close();
    Files.deleteIfExists(table);
    Files.deleteIfExists(rules);
  }

  /** Puts one record through. */
  @Benchmark
  public SinkRecord apply() {
    next = (next + 1) % Sales.RECORDS;
    return running.apply(records[next]);
  }

  /** Runs all, prints the ratios, and ends with 1 when one is too low. */
  public static void main(String[] arguments) throws RunnerException {
    Map<String, List<Double>> rounds = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (RunResult result : round()) {
        rounds
            .computeIfAbsent(result.getParams().getParam("transform"), name -> new ArrayList<>())
            .add(result.getPrimaryResult().getStatistics().getMax());
      }
    }
    boolean fast = true;
    System.out.printf(
        Locale.ROOT,
        "%n%-16s %12s %-12s %12s %6s%n",
        "transform",
        "records/s",
        "peer",
        "records/s",
        "ratio");
    for (Map.Entry<String, String> entry : PEERS.entrySet()) {
      double rate = median(rounds.get(entry.getKey()));
      double peer = median(rounds.get(entry.getValue()));
      fast &= rate / peer >= LOWEST_RATIO;
      System.out.printf(
          Locale.ROOT,
          "%-16s %,12.0f %-12s %,12.0f %6.2f%n",
          entry.getKey(),
          rate,
          entry.getValue(),
          peer,
          rate / peer);
    }
    System.out.printf(
        Locale.ROOT,
        "%s: the lowest ratio asked for is %.1f%n",
        fast ? "Met" : "NOT MET",
        LOWEST_RATIO);
    System.exit(fast ? 0 : 1);
  }

  private static Collection<RunResult> round() throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include(TransformsBenchmark.class.getSimpleName())
                .jvmArgs("-Xmx512m", "-XX:+UseSerialGC")
                .build())
        .run();
  }

  private static double median(List<Double> rates) {
    return rates.stream().sorted().toList().get(rates.size() / 2);
  }
}
