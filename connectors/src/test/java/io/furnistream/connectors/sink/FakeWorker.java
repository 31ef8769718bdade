package io.furnistream.connectors.sink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.awaitility.Awaitility;

/** What a task sees of its worker. */
public final class FakeWorker implements SinkTaskContext, ErrantRecordReporter {

  private final Set<TopicPartition> assignment;
  private final Map<TopicPartition, Long> rewinds = new HashMap<>();
  private final List<SinkRecord> errant = new ArrayList<>();
  private final List<Throwable> reasons = new ArrayList<>();
  private boolean hasReporter = true;
  private long timeout = -1;

  public FakeWorker(Collection<TopicPartition> assignment) {
    this.assignment = new HashSet<>(assignment);
  }

  /** Like a connector without a dead-letter topic. */
  public FakeWorker withoutReporter() {
    hasReporter = false;
    return this;
  }

  /**
   * Delivers a batch again and again while the task asks for it, as the worker does.
   *
   * @return how often the task asked for another try
   */
  public int deliver(SinkTask task, List<SinkRecord> batch, Duration patience) {
    int[] retries = {0};
    Awaitility.await("the task takes the batch")
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(500))
        .atMost(patience)
        .until(
            () -> {
              try {
                task.put(batch);
                return true;
              } catch (RetriableException e) {
                retries[0]++;
                return false;
              }
            });
    return retries[0];
  }

  /** Where the task wants the consumer to go; empties the list, as a worker does. */
  public Map<TopicPartition, Long> takeRewinds() {
    Map<TopicPartition, Long> taken = Map.copyOf(rewinds);
    rewinds.clear();
    return taken;
  }

  /** Records that the task reported. */
  public List<SinkRecord> errant() {
    return errant;
  }

  /** Why it reported them. */
  public List<String> reasons() {
    return reasons.stream().map(Throwable::getMessage).toList();
  }

  /** What the task asked the worker to wait, in milliseconds; -1 for nothing. */
  public long retryTimeout() {
    return timeout;
  }

  @Override
  public CompletableFuture<Void> report(SinkRecord record, Throwable error) {
    errant.add(record);
    reasons.add(error);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public ErrantRecordReporter errantRecordReporter() {
    return hasReporter ? this : null;
  }

  @Override
  public Map<String, String> configs() {
    return Map.of();
  }

  @Override
  public void offset(Map<TopicPartition, Long> offsets) {
    rewinds.putAll(offsets);
  }

  @Override
  public void offset(TopicPartition partition, long offset) {
    rewinds.put(partition, offset);
  }

  @Override
  public void timeout(long timeoutMs) {
    timeout = timeoutMs;
  }

  @Override
  public Set<TopicPartition> assignment() {
    return assignment;
  }

  @Override
  public void pause(TopicPartition... partitions) {
    throw new UnsupportedOperationException("the task pauses nothing");
  }

  @Override
  public void resume(TopicPartition... partitions) {
    throw new UnsupportedOperationException("the task resumes nothing");
  }

  @Override
  public void requestCommit() {
    throw new UnsupportedOperationException("the task requests no commit");
  }

  @Override
  public org.apache.kafka.common.metrics.PluginMetrics pluginMetrics() {
    return null;
  }
}
