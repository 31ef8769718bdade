package io.furnistream.connectors.sink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;

/** Hands faulty records to the worker, which dead-letters them. */
public final class ErrantRecords {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ErrantRecordReporter reporter;

  /**
   * With the worker's reporter.
   *
   * @param reporter null where the connector has no dead-letter topic
   */
  public ErrantRecords(ErrantRecordReporter reporter) {
    this.reporter = reporter;
  }

  /**
   * Reports records and waits until they are kept.
   *
   * @throws ConnectException when the worker has no reporter: the task must fail
   * @throws RetriableException when the dead-letter topic cannot be written now; a record may then
   *     be in it twice
   */
  public void report(Map<SinkRecord, DataException> atFault) {
    if (atFault.isEmpty()) {
      return;
    }
    if (reporter == null) {
      DataException first = atFault.values().iterator().next();
      throw new ConnectException(first.getMessage(), first);
    }
    List<Future<Void>> reports = new ArrayList<>();
    atFault.forEach((record, reason) -> reports.add(reporter.report(record, reason)));
    for (Future<Void> report : reports) {
      await(report);
    }
  }

  private static void await(Future<Void> report) {
    try {
      report.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof org.apache.kafka.common.errors.RetriableException) {
        throw new RetriableException("The dead-letter topic cannot be written now", e);
      }
      throw new ConnectException("The dead-letter topic refuses a record", e);
    } catch (TimeoutException e) {
      throw new RetriableException(
          "The dead-letter topic has not accepted a record within " + PATIENCE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetriableException("Interrupted while reporting a record", e);
    }
  }
}
