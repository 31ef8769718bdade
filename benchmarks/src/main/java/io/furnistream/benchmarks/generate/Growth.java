package io.furnistream.benchmarks.generate;

import io.furnistream.benchmarks.MeasuredProcess;

/**
 * What a program takes for each further record: the difference of a short and a long run, in which
 * its start does not count.
 *
 * @param rate records a second
 * @param cpuMicros of processor time a record
 */
record Growth(double rate, double cpuMicros) {

  static Growth of(
      MeasuredProcess shortRun, int fewRecords, MeasuredProcess longRun, int manyRecords) {
    int more = manyRecords - fewRecords;
    return new Growth(
        more / (longRun.seconds() - shortRun.seconds()),
        (longRun.cpuSeconds() - shortRun.cpuSeconds()) * 1e6 / more);
  }
}
