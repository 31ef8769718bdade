package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.DriverException;
import io.furnistream.connectors.sink.ErrantRecords;
import io.furnistream.connectors.sink.PluginVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches of records to Cassandra. A batch is done when every write is acknowledged: only
 * then does the worker commit its offsets.
 */
public final class CassandraSinkTask extends SinkTask {

  private static final Logger LOG = LoggerFactory.getLogger(CassandraSinkTask.class);

  /** Without it the worker would wait for its next offset commit, up to a minute. */
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

  /** After this many failures in a row the nodes may have moved to other addresses. */
  private static final int FAILURES_UNTIL_NEW_SESSION = 30;

  private final Function<CassandraSinkConfig, TopicDirectory> directories;
  private final InstantSource clock;
  private CassandraSinkConfig config;
  private TopicDirectory directory;
  private ConsumerPositions consumer;
  private TopicIncarnations incarnations;
  private WriteOrder order;
  private SchemaPatience schemaPatience;
  private CassandraConnection connection;
  private CassandraStore store;
  private int failuresInARow;

  /** The task as the worker makes it. */
  public CassandraSinkTask() {
    this(config -> new KafkaTopicDirectory(config.kafka()), InstantSource.system());
  }

  CassandraSinkTask(
      Function<CassandraSinkConfig, TopicDirectory> directories, InstantSource clock) {
    this.directories = directories;
    this.clock = clock;
  }

  @Override
  public String version() {
    return PluginVersion.get();
  }

  /** Connects to nothing: an exception in here would fail the task for good. */
  @Override
  public void start(Map<String, String> properties) {
    config = new CassandraSinkConfig(properties);
    directory = directories.apply(config);
    consumer = new ConsumerPositions(context);
    incarnations = new TopicIncarnations(directory, consumer);
    order = new WriteOrder(directory, incarnations, consumer);
    schemaPatience = new SchemaPatience(clock);
    connection = new CassandraConnection(config);
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    consumer.forget(partitions);
    order.assigned(partitions);
    incarnations.assigned(partitions);
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    consumer.delivered();
    if (records.isEmpty()) {
      return;
    }
    try {
      if (incarnations.certain(records)) {
        write(records);
      }
      failuresInARow = 0;
      schemaPatience.over();
    } catch (SchemaDisagreementException e) {
      throw unknownSchema(e);
    } catch (RetriableException e) {
      throw retried(e);
    } catch (DriverException e) {
      if (Fault.of(e) == Fault.INFRASTRUCTURE) {
        throw retried(new RetriableException("Cassandra is away: " + e.getMessage(), e));
      }
      if (Fault.of(e) == Fault.SCHEMA) {
        throw unknownSchema(new SchemaDisagreementException("its own tables", e));
      }
      throw new ConnectException("Cassandra refuses the sink: " + e.getMessage(), e);
    }
  }

  private ConnectException unknownSchema(SchemaDisagreementException e) {
    ConnectException next = schemaPatience.next(e);
    return next instanceof RetriableException again ? retried(again) : next;
  }

  private RetriableException retried(RetriableException failure) {
    context.timeout(RETRY_DELAY.toMillis());
    if (++failuresInARow % FAILURES_UNTIL_NEW_SESSION == 0) {
      connection.close();
      store = null;
    }
    return failure;
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      return incarnations.committable(offsets);
    } catch (RuntimeException e) {
      // The worker then sends the consumer back to what was committed.
      consumer.forget();
      throw e;
    }
  }

  @Override
  public void stop() {
    if (connection != null) {
      connection.close();
    }
    if (directory != null) {
      directory.close();
    }
    LOG.info("Stopped");
  }

  private void write(Collection<SinkRecord> records) {
    if (store == null) {
      store =
          new CassandraStore(
              connection.session(), config.mappings(), clock, config.stampConsistency());
    }
    if (!order.prepare(records, store)) {
      return;
    }
    BatchWriter batch =
        new BatchWriter(
            store,
            config.maxConcurrentRequests(),
            config.maxWritesAtOnce(),
            config.queryExecutionTimeout());
    for (SinkRecord record : records) {
      try {
        store.writes(record, order).forEach(batch::add);
      } catch (DataException e) {
        batch.refuse(record, e);
      }
    }
    // Reported last, when everything else has landed: a retried batch reports nothing twice.
    new ErrantRecords(context.errantRecordReporter()).report(batch.finish());
    consumer.written(records);
  }
}
