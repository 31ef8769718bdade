package io.furnistream.connectors.postgres;

import io.furnistream.connectors.sink.ErrantRecords;
import io.furnistream.connectors.sink.PluginVersion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lands batches of records in PostgreSQL through Debezium. A batch is done when each of its records
 * is committed or kept as a dead letter: only then does the worker commit its offsets. What is not
 * one record's fault leaves no letter: an {@link Outage} is waited out, by having the batch
 * delivered again for as long as it takes, and everything else fails the task.
 */
public final class PostgresSinkTask extends SinkTask {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresSinkTask.class);

  /** Without it the worker would wait for its next offset commit, up to a minute. */
  private static final long AT_ONCE_MILLIS = 1;

  /** Likewise. */
  private static final long RETRY_MILLIS = 1_000;

  private Map<String, String> properties;

  /** Null while PostgreSQL does not answer. */
  private DebeziumSink sink;

  @Override
  public String version() {
    return PluginVersion.get();
  }

  @Override
  public void start(Map<String, String> properties) {
    this.properties = properties;
    try {
      sink = new DebeziumSink(properties);
    } catch (RuntimeException e) {
      if (!Outage.isIn(e)) {
        throw e;
      }
      LOG.warn("Connecting when there are records: {}", e.getMessage());
    }
  }

  /** Claims the partitions before anything is fetched from them, if PostgreSQL answers. */
  @Override
  public void open(Collection<TopicPartition> partitions) {
    if (sink == null) {
      return;
    }
    sink.disown(partitions);
    try {
      sink.claim(partitions);
    } catch (RuntimeException e) {
      // An exception here would fail the task for good; the first batch claims them instead.
      LOG.warn("PostgreSQL does not answer, claiming {} later: {}", partitions, e.getMessage());
    }
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    if (sink != null) {
      sink.disown(partitions);
    }
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    if (records.isEmpty()) {
      return;
    }
    try {
      if (sink == null) {
        sink = new DebeziumSink(properties);
      }
      write(records);
    } catch (RetriableException e) {
      throw e;
    } catch (RuntimeException e) {
      if (!Outage.isIn(e)) {
        throw e;
      }
      disconnect(e);
      context.timeout(RETRY_MILLIS);
      throw new RetriableException("PostgreSQL is away or busy: " + e.getMessage(), e);
    }
  }

  /**
   * A session keeps its connection, also one that is lost: the next attempt has another session.
   */
  private void disconnect(RuntimeException failure) {
    DebeziumSink lost = sink;
    sink = null;
    if (lost == null) {
      return;
    }
    try {
      lost.close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void write(Collection<SinkRecord> records) {
    Set<TopicPartition> partitions = DebeziumSink.partitions(records);
    if (sink.claim(partitions)) {
      throw afterNextPoll("Partitions %s are claimed".formatted(partitions), null);
    }
    Map<SinkRecord, DataException> refused = landed(records, partitions);
    if (!refused.isEmpty()) {
      LOG.warn("PostgreSQL refuses {} of {} records", refused.size(), records.size());
    }
    // Reported last, when everything else has landed: a retried batch reports nothing twice.
    new ErrantRecords(context.errantRecordReporter()).report(refused);
  }

  private Map<SinkRecord, DataException> landed(
      Collection<SinkRecord> records, Set<TopicPartition> partitions) {
    try {
      return new Isolation(sink).land(List.copyOf(records));
    } catch (RuntimeException e) {
      Owners.NotOwnerException taken = Refusal.find(e, Owners.NotOwnerException.class);
      if (taken == null) {
        throw e;
      }
      sink.disown(partitions);
      throw afterNextPoll(taken.getMessage(), e);
    }
  }

  /**
   * Has the batch delivered again after the worker has polled, which finds out whether this task is
   * still a member of the group: if it is not, the worker discards the batch.
   */
  private RetriableException afterNextPoll(String why, RuntimeException cause) {
    context.timeout(AT_ONCE_MILLIS);
    return new RetriableException(
        why + ": writing when Kafka has confirmed that this task still has them", cause);
  }

  @Override
  public void stop() {
    if (sink != null) {
      sink.close();
    }
  }
}
