package io.furnistream.benchmarks.whole;

import com.sun.management.OperatingSystemMXBean;
import io.furnistream.benchmarks.MeasuredProcess;
import io.furnistream.benchmarks.PlainConsumer;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.schemas.AvroClients;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the topic and decodes each record, and nothing else, once to warm up and once to be
 * measured: the processor time a record that others are multiples of.
 */
public final class MeasuredYardstick {

  private static final Pattern STATED = Pattern.compile("Yardstick: ([0-9.]+) us");

  private MeasuredYardstick() {}

  /** Arguments: how many records. */
  public static void main(String[] args) throws IOException {
    int records = Integer.parseInt(args[0]);
    Endpoints endpoints = Endpoints.fromEnvironment(System.getenv());
    AvroClients clients = new AvroClients(endpoints.kafkaClient(), endpoints.registryClient());
    PlainConsumer.rate(clients, records);
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    PlainConsumer.rate(clients, records);
    System.out.printf(
        Locale.ROOT, "Yardstick: %.3f us%n", (system.getProcessCpuTime() - before) / 1e3 / records);
    MeasuredProcess.end(ExitStatus.DONE);
  }

  /** What such a process has printed, in microseconds a record. */
  static double micros(String output) {
    Matcher stated = STATED.matcher(output);
    if (!stated.find()) {
      throw new IllegalStateException("No yardstick was stated: " + output);
    }
    return Double.parseDouble(stated.group(1));
  }
}
