package io.furnistream.connectors.cassandra;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Sends the writes of one batch, a bounded number at once, and waits until each is acknowledged or
 * has failed. The order in which they arrive does not matter: their timestamps say which came
 * first.
 */
final class BatchWriter {

  private final CassandraStore store;
  private final int maxConcurrentRequests;
  private final Duration patience;
  private final Semaphore permits;
  private final AtomicReference<Throwable> outage = new AtomicReference<>();
  private final List<CompletableFuture<Refusal>> underWay = new ArrayList<>();
  private final Map<SinkRecord, DataException> atFault = new LinkedHashMap<>();

  /**
   * A writer for one batch.
   *
   * @param requestTimeout after which the driver itself gives a request up
   */
  BatchWriter(CassandraStore store, int maxConcurrentRequests, Duration requestTimeout) {
    this.store = store;
    this.maxConcurrentRequests = maxConcurrentRequests;
    // The driver completes each request within its timeout; anything later is a fault of its own.
    this.patience = requestTimeout.multipliedBy(2);
    this.permits = new Semaphore(maxConcurrentRequests);
  }

  /** Notes a record that does not fit its tables. */
  void refuse(SinkRecord record, DataException reason) {
    atFault.put(record, reason);
  }

  /**
   * Sends one write, after waiting while too many are in flight.
   *
   * @throws RetriableException when Cassandra is away
   */
  void send(CassandraStore.Write write) {
    acquire();
    if (outage.get() != null) {
      permits.release();
      throw outage();
    }
    underWay.add(
        store
            .session()
            .executeAsync(write.statement())
            .handle((rows, failure) -> settled(write, failure))
            .toCompletableFuture());
  }

  /**
   * Waits for everything that was sent.
   *
   * @return the records at fault, each with the reason
   * @throws RetriableException when Cassandra was away for a part of the batch
   */
  Map<SinkRecord, DataException> finish() {
    List<Refusal> refusals = new ArrayList<>();
    for (CompletableFuture<Refusal> write : underWay) {
      Refusal refusal = settled(write);
      if (refusal != null) {
        refusals.add(refusal);
      }
    }
    if (outage.get() != null) {
      throw outage();
    }
    refusals.forEach(this::examine);
    return atFault;
  }

  private void acquire() {
    try {
      if (!permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new RetriableException(
            "None of %d writes was acknowledged within %s"
                .formatted(maxConcurrentRequests, patience));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetriableException("Interrupted while writing to Cassandra", e);
    }
  }

  private Refusal settled(CassandraStore.Write write, Throwable failure) {
    try {
      if (failure == null) {
        return null;
      }
      if (Fault.of(failure) == Fault.INFRASTRUCTURE) {
        outage.compareAndSet(null, failure);
        return null;
      }
      return new Refusal(write, failure);
    } finally {
      permits.release();
    }
  }

  private Refusal settled(CompletableFuture<Refusal> write) {
    try {
      return write.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new ConnectException("A write to Cassandra failed for an unknown reason", e);
    } catch (TimeoutException e) {
      throw new RetriableException("A write was not acknowledged within " + patience, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetriableException("Interrupted while writing to Cassandra", e);
    }
  }

  /** Cassandra also reports a dropped table as an invalid query: no record is at fault then. */
  private void examine(Refusal refusal) {
    CassandraStore.Write write = refusal.write;
    if (Fault.of(refusal.failure) != Fault.DATA || !store.isUnchanged(write.mapping())) {
      throw new ConnectException(
          "Cassandra refuses writes to " + write.mapping() + ": " + refusal.failure.getMessage(),
          refusal.failure);
    }
    atFault.putIfAbsent(
        write.record(),
        new DataException(
            "%s: Cassandra refuses it for %s: %s"
                .formatted(
                    RecordName.of(write.record()), write.mapping(), refusal.failure.getMessage()),
            refusal.failure));
  }

  private RetriableException outage() {
    Throwable cause = outage.get();
    return new RetriableException("Cassandra is away: " + cause.getMessage(), cause);
  }

  private record Refusal(CassandraStore.Write write, Throwable failure) {}
}
