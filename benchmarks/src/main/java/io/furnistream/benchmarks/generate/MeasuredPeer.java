package io.furnistream.benchmarks.generate;

import io.furnistream.benchmarks.MeasuredProcess;
import io.furnistream.cli.ExitStatus;
import org.apache.kafka.tools.ProducerPerformance;

/** Kafka's {@code kafka-producer-perf-test}; prints what it took, too. */
public final class MeasuredPeer {

  private MeasuredPeer() {}

  /** Arguments: those of Kafka's tool. */
  public static void main(String[] args) throws Exception {
    ProducerPerformance.main(args);
    MeasuredProcess.end(ExitStatus.DONE);
  }
}
