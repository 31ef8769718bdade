package io.furnistream.benchmarks.whole;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.benchmarks.MeasuredJob;
import io.furnistream.benchmarks.MeasuredProcess;
import io.furnistream.benchmarks.ProcessorTimes;
import io.furnistream.benchmarks.verify.MeasuredVerify;
import io.furnistream.cli.Commands;
import io.furnistream.cli.ExitStatus;
import io.furnistream.stack.EmbeddedStack;
import io.furnistream.stack.Profile;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The whole chain: records from the generator until every store has them, and what each process
 * took for that, beside a consumer that decodes the same records and does nothing else.
 */
@Command(name = "whole", mixinStandardHelpOptions = true)
public final class WholeBenchmark implements Callable<Integer> {

  private static final int RECORDS_A_DAY = 25_000;
  private static final int WARM_UP = 1_000;
  private static final int MOST_FOR_YARDSTICK = 1_000_000;
  private static final String LANDED_WITHIN_SECONDS = "3500";
  private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC");
  private static final LocalDate FIRST_DAY = LocalDate.parse("2024-01-01");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MIB = 1 << 20;

  @Parameters(index = "0", hidden = true)
  private Path folder;

  @Parameters(index = "1", hidden = true)
  private int portOffset;

  @Option(
      names = "--records",
      defaultValue = "1000000",
      description =
          "Records of each round, a multiple of 25,000: days of as many. Default: ${DEFAULT-VALUE}.")
  private int records;

  @Option(
      names = "--rounds",
      defaultValue = "1",
      description = "How often so many are loaded, into the same stack. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(names = "--json", description = "A line of JSON for each round.")
  private boolean isJson;

  @Spec private CommandSpec spec;

  private LocalDate next = FIRST_DAY;
  private long loaded;

  /** Arguments: a folder for the files, the offset of the ports, and the options. */
  public static void main(String[] args) {
    System.exit(Commands.commandLine(new WholeBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (records <= 0 || records % RECORDS_A_DAY != 0 || rounds <= 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--records must be a multiple of %,d, and --rounds at least 1".formatted(RECORDS_A_DAY));
    }
    StateFolder state = new StateFolder(folder.resolve("stack"));
    try (EmbeddedStack stack =
        EmbeddedStack.start(
            Home.fromSystemProperty(), state, new Ports(portOffset), Profile.CORE.services())) {
      Map<String, String> environment = MeasuredJob.environmentOfAll(stack.endpoints());
      MeasuredProcess start = generate(environment, 1, WARM_UP);
      awaitLanded(environment);
      for (int round = 0; round < rounds; round++) {
        print(measure(stack, state, environment, start));
      }
    }
    return ExitStatus.DONE;
  }

  private Load measure(
      EmbeddedStack stack,
      StateFolder state,
      Map<String, String> environment,
      MeasuredProcess start)
      throws IOException, InterruptedException {
    ProcessorTimes before = ProcessorTimes.of(stack.status());
    long began = System.nanoTime();
    MeasuredProcess generated = generate(environment, records / RECORDS_A_DAY, RECORDS_A_DAY);
    awaitLanded(environment);
    double seconds = (System.nanoTime() - began) / 1e9;
    Map<String, Long> micros = new TreeMap<>(ProcessorTimes.of(stack.status()).since(before));
    micros.put("generator", Math.round((generated.cpuSeconds() - start.cpuSeconds()) * 1e6));
    Footprint footprint = Footprint.of(stack.status(), state);
    return new Load(records, seconds, yardstick(environment), micros, footprint);
  }

  private MeasuredProcess generate(Map<String, String> environment, int days, int recordsADay)
      throws IOException, InterruptedException {
    LocalDate last = next.plusDays(days - 1L);
    MeasuredProcess measured = MeasuredJob.generate(environment, next, last, recordsADay);
    next = last.plusDays(1);
    loaded += (long) days * recordsADay;
    return measured;
  }

  /** In a process of its own, which is no part of the chain. */
  private void awaitLanded(Map<String, String> environment)
      throws IOException, InterruptedException {
    MeasuredProcess.run(
        JVM,
        environment,
        MeasuredVerify.class,
        folder.toString(),
        "caught-up",
        "--timeout",
        LANDED_WITHIN_SECONDS);
  }

  private double yardstick(Map<String, String> environment)
      throws IOException, InterruptedException {
    long decoded = Math.min(loaded, MOST_FOR_YARDSTICK);
    return MeasuredYardstick.micros(
        MeasuredProcess.run(JVM, environment, MeasuredYardstick.class, Long.toString(decoded))
            .output());
  }

  private void print(Load load) throws IOException {
    if (isJson) {
      ObjectNode line = JSON.createObjectNode();
      line.put("records", load.records());
      line.put("seconds", load.seconds());
      line.put("yardstick_us", load.yardstickMicros());
      line.set("processor_seconds", JSON.valueToTree(load.processorSeconds()));
      line.put("total_us_per_record", load.microsPerRecord());
      line.put("yardsticks", load.yardsticks());
      line.set("resident_bytes", JSON.valueToTree(load.footprint().residentBytes()));
      line.set("disk_bytes", JSON.valueToTree(load.footprint().diskBytes()));
      System.out.println(JSON.writeValueAsString(line));
      return;
    }
    say(
        "%,d records in %.0f s (%,d with those before): %.0f us a record, %.0f yardsticks of %.2f us",
        load.records(),
        load.seconds(),
        loaded,
        load.microsPerRecord(),
        load.yardsticks(),
        load.yardstickMicros());
    say(
        "%-12s %12s %12s %10s %10s %12s",
        "", "processor s", "us a record", "yardsticks", "resident", "disk");
    load.processorMicros()
        .forEach(
            (process, micros) -> {
              double each = micros / (double) load.records();
              say(
                  "%-12s %12.1f %12.1f %10.1f %7.0f MB %9.0f MB",
                  process,
                  micros / 1e6,
                  each,
                  each / load.yardstickMicros(),
                  load.footprint().residentBytes().getOrDefault(process, 0L) / MIB,
                  load.footprint().diskBytes().getOrDefault(process, 0L) / MIB);
            });
  }

  private static void say(String line, Object... values) {
    System.out.println(String.format(Locale.ROOT, line, values));
  }
}
