package io.furnistream.benchmarks.whole;

import java.util.Map;
import java.util.TreeMap;

/**
 * Records that went from the generator into every store, and what that took.
 *
 * @param records how many
 * @param seconds from the start of generate until every store had them
 * @param yardstickMicros processor time of the plain consumer, in microseconds a record
 * @param processorMicros processor time by process, in microseconds, without that of starts
 * @param footprint what the services hold at the end
 */
record Load(
    long records,
    double seconds,
    double yardstickMicros,
    Map<String, Long> processorMicros,
    Footprint footprint) {

  /** Processor time of all processes for a record, in microseconds. */
  double microsPerRecord() {
    return processorMicros.values().stream().mapToLong(Long::longValue).sum() / (double) records;
  }

  /** The same as a multiple of the plain consumer's. */
  double yardsticks() {
    return microsPerRecord() / yardstickMicros;
  }

  /** Processor time by process, in seconds. */
  Map<String, Double> processorSeconds() {
    Map<String, Double> seconds = new TreeMap<>();
    processorMicros.forEach((process, micros) -> seconds.put(process, micros / 1e6));
    return seconds;
  }
}
