package io.furnistream.benchmarks.generate;

import io.furnistream.benchmarks.MeasuredProcess;
import io.furnistream.benchmarks.PlainConsumer;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.ExitStatus;
import io.furnistream.schemas.AvroClients;
import java.io.IOException;

/** Reads the topic and decodes each record, which is the least that any reader does. */
public final class MeasuredDecode {

  private MeasuredDecode() {}

  /** Arguments: how many records. */
  public static void main(String[] args) throws IOException {
    Endpoints endpoints = Endpoints.fromEnvironment(System.getenv());
    PlainConsumer.rate(
        new AvroClients(endpoints.kafkaClient(), endpoints.registryClient()),
        Integer.parseInt(args[0]));
    MeasuredProcess.end(ExitStatus.DONE);
  }
}
