package io.furnistream.benchmarks.generate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A loop in Python that asks Faker for each record's values, and sends them.
 *
 * @param rate records a second
 * @param cpuMicros of processor time a record
 */
record FakerLoop(double rate, double cpuMicros) {

  static final int RECORDS = 20_000;

  private static final String SCRIPT = "benchmarks/faker_loop.py";
  private static final Pattern TOOK = Pattern.compile("seconds: ([\\d.]+) cpu: ([\\d.]+)");

  /**
   * Runs it.
   *
   * @param python an interpreter
   * @return nothing when it lacks Faker or confluent-kafka
   */
  static Optional<FakerLoop> run(String python, String bootstrapServers, String topic)
      throws IOException, InterruptedException {
    if (output(python, "-c", "import confluent_kafka, faker").isEmpty()) {
      return Optional.empty();
    }
    String output =
        output(python, SCRIPT, bootstrapServers, topic, Integer.toString(RECORDS)).orElse("");
    Matcher matcher = TOOK.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException(SCRIPT + " failed: " + output);
    }
    return Optional.of(
        new FakerLoop(
            RECORDS / Double.parseDouble(matcher.group(1)),
            Double.parseDouble(matcher.group(2)) * 1e6 / RECORDS));
  }

  /** What a program printed, or nothing when it is not there or fails. */
  private static Optional<String> output(String... command)
      throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    } catch (IOException e) {
      return Optional.empty();
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
  }
}
