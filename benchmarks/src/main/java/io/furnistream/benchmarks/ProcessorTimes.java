package io.furnistream.benchmarks;

import io.furnistream.stack.supervisor.ServiceStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the processes of a stack have taken of the processors since they started. */
public final class ProcessorTimes {

  private final Map<String, Long> micros;

  private ProcessorTimes(Map<String, Long> micros) {
    this.micros = micros;
  }

  /**
   * Of processes that run, and of their children that run, as PostgreSQL's sessions do; kafka-1 to
   * kafka-3 are one service, kafka.
   */
  public static ProcessorTimes of(List<ServiceStatus> processes) {
    Map<String, Long> micros = new TreeMap<>();
    for (ServiceStatus process : processes) {
      long used =
          ProcessHandle.of(process.pid()).stream()
              .flatMap(running -> Stream.concat(Stream.of(running), running.descendants()))
              .flatMap(running -> running.info().totalCpuDuration().stream())
              .mapToLong(ProcessorTimes::micros)
              .sum();
      micros.merge(process.name().replaceFirst("-\\d+$", ""), used, Long::sum);
    }
    return new ProcessorTimes(micros);
  }

  /** What was taken since an earlier look at the same processes, in microseconds by service. */
  public Map<String, Long> since(ProcessorTimes earlier) {
    Map<String, Long> taken = new TreeMap<>();
    micros.forEach((service, now) -> taken.put(service, now - earlier.micros.get(service)));
    return taken;
  }

  private static long micros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }
}
