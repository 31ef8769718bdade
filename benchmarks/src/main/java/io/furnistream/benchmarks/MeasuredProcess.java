package io.furnistream.benchmarks;

import io.furnistream.cli.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process of its own that says at its end what it took of the machine.
 *
 * @param seconds from its start to its end, the JVM's start included
 * @param cpuSeconds the processor's time that all its threads took
 * @param peakMegabytes the largest resident memory, in 2^20 bytes
 * @param output all that it printed
 */
public record MeasuredProcess(
    double seconds, double cpuSeconds, double peakMegabytes, String output) {

  // As Linux states it, in KiB.
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private static final Pattern CPU = Pattern.compile("Processor time: (\\d+) ms");
  private static final long MOST_HOURS = 1;
  private static final long KIB = 1024;

  /**
   * Runs a main class, which must end by {@link #end}, on this process's class path.
   *
   * @param environment variables in addition to this process's
   * @throws IllegalStateException when it does not end well, with what it printed
   */
  public static MeasuredProcess run(
      List<String> jvmOptions, Map<String, String> environment, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("benchmark", ".log");
    try {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(jvmOptions);
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
      command.addAll(List.of(arguments));
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      long start = System.nanoTime();
      Process process = builder.start();
      if (!process.waitFor(MOST_HOURS, TimeUnit.HOURS)) {
        process.destroyForcibly().waitFor();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      String output = Files.readString(log);
      if (process.exitValue() != ExitStatus.DONE) {
        throw new IllegalStateException(main.getSimpleName() + " failed: " + output);
      }
      return new MeasuredProcess(
          seconds, stated(CPU, output) / 1000.0, stated(PEAK, output) / 1024.0, output);
    } finally {
      Files.delete(log);
    }
  }

  /**
   * The largest resident memory that a running process has had, in bytes.
   *
   * @param process its number, or {@code self}
   */
  public static long peakBytes(String process) throws IOException {
    return stated(PEAK, Files.readString(Path.of("/proc", process, "status"))) * KIB;
  }

  /** Says what this process took, and ends it. */
  public static void end(int status) throws IOException {
    Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> PEAK.matcher(line).matches())
        .forEach(System.out::println);
    ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .ifPresent(used -> System.out.println("Processor time: " + used.toMillis() + " ms"));
    System.exit(status);
  }

  private static long stated(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("The process did not say what it took: " + output);
    }
    return Long.parseLong(matcher.group(1));
  }
}
