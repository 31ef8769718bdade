package io.furnistream.connectors.postgres;

import io.furnistream.connectors.sink.ErrantRecords;
import io.furnistream.connectors.sink.PluginVersion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lands batches of records in PostgreSQL through Debezium. A batch is done when each of its records
 * is committed or kept as a dead letter: only then does the worker commit its offsets. Whatever is
 * not one record's fault fails the task with nothing dead-lettered.
 */
public final class PostgresSinkTask extends SinkTask {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresSinkTask.class);

  private DebeziumSink sink;

  @Override
  public String version() {
    return PluginVersion.get();
  }

  @Override
  public void start(Map<String, String> properties) {
    sink = new DebeziumSink(properties);
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    if (records.isEmpty()) {
      return;
    }
    Map<SinkRecord, DataException> refused = new Isolation(sink).land(List.copyOf(records));
    if (!refused.isEmpty()) {
      LOG.warn("PostgreSQL refuses {} of {} records", refused.size(), records.size());
    }
    // Reported last, when everything else has landed: a retried batch reports nothing twice.
    new ErrantRecords(context.errantRecordReporter()).report(refused);
  }

  @Override
  public void stop() {
    if (sink != null) {
      sink.close();
    }
  }
}
