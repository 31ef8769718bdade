package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
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
 * Sends the writes of one delivery, a bounded number of requests at once, and waits until each is
 * acknowledged or has failed. The order in which they arrive does not matter: their timestamps say
 * which came first.
 */
final class BatchWriter {

  private final CassandraStore store;
  private final int maxConcurrentRequests;
  private final Duration patience;
  private final Semaphore permits;
  private final PartitionWrites waiting;
  private final AtomicReference<Throwable> outage = new AtomicReference<>();
  private final List<CompletableFuture<Refusal>> underWay = new ArrayList<>();
  private final Map<SinkRecord, DataException> atFault = new LinkedHashMap<>();

  /**
   * A writer for one delivery.
   *
   * @param maxWritesAtOnce how many writes of a partition make one request at most
   * @param requestTimeout after which the driver itself gives a request up
   */
  BatchWriter(
      CassandraStore store,
      int maxConcurrentRequests,
      int maxWritesAtOnce,
      Duration requestTimeout) {
    this.store = store;
    this.waiting = new PartitionWrites(maxWritesAtOnce);
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
   * Adds a write, which is sent with others of its partition.
   *
   * @throws RetriableException when Cassandra is away
   */
  void add(CassandraStore.Write write) {
    waiting.add(write).ifPresent(this::send);
  }

  /** Sends writes of one partition in one request, after waiting while too many are in flight. */
  private void send(List<CassandraStore.Write> writes) {
    acquire();
    if (outage.get() != null) {
      permits.release();
      throw outage();
    }
    underWay.add(
        store
            .session()
            .executeAsync(request(writes))
            .handle((rows, failure) -> settled(writes, failure))
            .toCompletableFuture());
  }

  /** Unlogged: what is in one partition is written as a whole anyway. */
  private static Statement<?> request(List<CassandraStore.Write> writes) {
    CassandraStore.Write first = writes.get(0);
    if (writes.size() == 1) {
      return first.statement();
    }
    BatchStatementBuilder batch = BatchStatement.builder(BatchType.UNLOGGED);
    writes.forEach(write -> batch.addStatement(write.statement()));
    return batch.setConsistencyLevel(first.mapping().consistency()).setIdempotence(true).build();
  }

  /**
   * Sends what is left and waits for everything that was sent.
   *
   * @return the records at fault, each with the reason
   * @throws RetriableException when Cassandra was away for a part of the delivery
   * @throws SchemaDisagreementException when a node did not know a table that others know
   */
  Map<SinkRecord, DataException> finish() {
    waiting.rest().forEach(this::send);
    List<Refusal> refusals = new ArrayList<>();
    for (CompletableFuture<Refusal> request : underWay) {
      Refusal refusal = settled(request);
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
            "None of %d requests was acknowledged within %s"
                .formatted(maxConcurrentRequests, patience));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetriableException("Interrupted while writing to Cassandra", e);
    }
  }

  private Refusal settled(List<CassandraStore.Write> writes, Throwable failure) {
    try {
      if (failure == null) {
        return null;
      }
      if (Fault.of(failure) == Fault.INFRASTRUCTURE) {
        outage.compareAndSet(null, failure);
        return null;
      }
      return new Refusal(writes, failure);
    } finally {
      permits.release();
    }
  }

  private Refusal settled(CompletableFuture<Refusal> request) {
    try {
      return request.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new ConnectException("A write to Cassandra failed for an unknown reason", e);
    } catch (TimeoutException e) {
      throw new RetriableException("A write was not acknowledged within " + patience, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetriableException("Interrupted while writing to Cassandra", e);
    }
  }

  /** One write that is refused has all refused that were sent with it: each is sent alone then. */
  private void examine(Refusal refusal) {
    if (refusal.writes.size() == 1) {
      examine(refusal.writes.get(0), refusal.failure);
      return;
    }
    for (CassandraStore.Write write : refusal.writes) {
      Throwable failure = sentAgain(write);
      if (failure != null) {
        examine(write, failure);
      }
    }
  }

  /**
   * Decides whose fault a refusal is. A write is sent a second time, once the nodes agree on the
   * schema, before its record is at fault: a node may have refused it for what it had not heard of.
   */
  private void examine(CassandraStore.Write write, Throwable refused) {
    Throwable failure = refused;
    if (fault(write, failure) == Fault.DATA) {
      failure = sentAgain(write);
      if (failure == null) {
        return;
      }
    }
    if (fault(write, failure) != Fault.DATA) {
      throw new ConnectException(
          "Cassandra refuses writes to " + write.mapping() + ": " + failure.getMessage(), failure);
    }
    atFault.putIfAbsent(
        write.record(),
        new DataException(
            "%s: Cassandra refuses it for %s: %s"
                .formatted(RecordName.of(write.record()), write.mapping(), failure.getMessage()),
            failure));
  }

  private Throwable sentAgain(CassandraStore.Write write) {
    try {
      store.session().execute(write.statement());
      return null;
    } catch (DriverException e) {
      return e;
    }
  }

  /** Of a refusal, as far as the nodes agree on the schema. */
  private Fault fault(CassandraStore.Write write, Throwable failure) {
    Fault fault = Fault.of(failure);
    if (fault == Fault.INFRASTRUCTURE) {
      throw new RetriableException("Cassandra is away: " + failure.getMessage(), failure);
    }
    if (fault == Fault.CONFIGURATION) {
      return fault;
    }
    if (!store.isSchemaAgreed()) {
      throw new SchemaDisagreementException(write.mapping().toString(), failure);
    }
    if (!store.isUnchanged(write.mapping())) {
      return Fault.CONFIGURATION;
    }
    if (fault == Fault.SCHEMA) {
      throw new SchemaDisagreementException(write.mapping().toString(), failure);
    }
    return fault;
  }

  private RetriableException outage() {
    Throwable cause = outage.get();
    return new RetriableException("Cassandra is away: " + cause.getMessage(), cause);
  }

  private record Refusal(List<CassandraStore.Write> writes, Throwable failure) {}
}
