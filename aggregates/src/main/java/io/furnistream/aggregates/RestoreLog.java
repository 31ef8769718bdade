package io.furnistream.aggregates;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how many records of its changelog each store has read before its task runs: after the loss
 * of an instance all of them, or with a standby only the latest.
 */
final class RestoreLog implements StateRestoreListener {

  private static final Logger LOG = LoggerFactory.getLogger(RestoreLog.class);
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Map<TopicPartition, Long> begun = new ConcurrentHashMap<>();

  @Override
  public void onRestoreStart(
      TopicPartition changelog, String store, long startingOffset, long endingOffset) {
    begun.put(changelog, System.nanoTime());
  }

  @Override
  public void onBatchRestored(
      TopicPartition changelog, String store, long batchEndOffset, long restored) {
    // Said at the end.
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long total) {
    Long start = begun.remove(changelog);
    LOG.info(
        "Restored {} records of {} in {} ms",
        total,
        changelog,
        start == null ? "?" : (System.nanoTime() - start) / NANOS_PER_MILLI);
  }

  @Override
  public void onRestoreSuspended(TopicPartition changelog, String store, long total) {
    begun.remove(changelog);
    LOG.info("Restored {} records of {}: another instance goes on", total, changelog);
  }
}
