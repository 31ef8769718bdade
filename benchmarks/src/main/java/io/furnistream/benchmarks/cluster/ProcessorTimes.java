package io.furnistream.benchmarks.cluster;

import io.furnistream.stack.supervisor.ServiceStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What the processes of a stack have taken of the processors since they started. */
final class ProcessorTimes {

  private final Map<String, Long> micros;

  private ProcessorTimes(Map<String, Long> micros) {
    this.micros = micros;
  }

  /** Of processes that run, without their children; kafka-1 to kafka-3 are one service, kafka. */
  static ProcessorTimes of(List<ServiceStatus> processes) {
    Map<String, Long> micros = new TreeMap<>();
    for (ServiceStatus process : processes) {
      long used =
          ProcessHandle.of(process.pid())
              .flatMap(running -> running.info().totalCpuDuration())
              .map(ProcessorTimes::micros)
              .orElse(0L);
      micros.merge(process.name().replaceFirst("-\\d+$", ""), used, Long::sum);
    }
    return new ProcessorTimes(micros);
  }

  /** What was taken since an earlier look at the same processes. */
  Map<String, Long> since(ProcessorTimes earlier) {
    Map<String, Long> taken = new TreeMap<>();
    micros.forEach((service, now) -> taken.put(service, now - earlier.micros.get(service)));
    return taken;
  }

  private static long micros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }
}
