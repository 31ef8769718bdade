package io.furnistream.benchmarks.cluster;

import java.util.Map;

/**
 * Some records, from generate to every store.
 *
 * @param records how many
 * @param seconds from the start of generate until every store had them
 * @param processorMicros processor time by service, all its processes together, in microseconds
 */
record Run(long records, double seconds, Map<String, Long> processorMicros) {

  double recordsPerSecond() {
    return records / seconds;
  }

  /** Processor time of a service for each record, in microseconds. */
  double microsPerRecord(String service) {
    return (double) processorMicros.get(service) / records;
  }
}
