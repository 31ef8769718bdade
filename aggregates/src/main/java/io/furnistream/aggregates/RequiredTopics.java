package io.furnistream.aggregates;

import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the topics that the topology reads and writes. The stack makes them, with the settings
 * that they need; a topic that a broker makes by itself has others.
 */
final class RequiredTopics {

  private static final Logger LOG = LoggerFactory.getLogger(RequiredTopics.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final String bootstrapServers;
  private final Set<String> names = new TreeSet<>();

  RequiredTopics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    names.add(Topic.DAILY_RECORDS.topicName());
    names.add(DeadLetter.TOPIC);
    AggregatesTopology.OUTPUTS.forEach(topic -> names.add(topic.topicName()));
  }

  /**
   * Waits until all of them exist.
   *
   * @param stopping ends the wait when it is counted down
   * @return whether they exist; false when the process is to stop
   * @throws CannotRunException when some are still missing after {@code limit}
   */
  boolean await(Duration limit, CountDownLatch stopping) throws InterruptedException {
    long start = System.nanoTime();
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                5_000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                // Otherwise it starts over, and says so, a thousand times a second.
                CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG,
                MetadataRecoveryStrategy.NONE.name))) {
      do {
        String missing = missing(admin);
        if (missing == null) {
          return true;
        }
        if (System.nanoTime() - start > limit.toNanos()) {
          throw new CannotRunException(
              "After %d s there is still %s at %s: start Kafka and create the topics ('furnistream up' does both)"
                  .formatted(limit.toSeconds(), missing, bootstrapServers));
        }
        LOG.info("Waiting: there is {} at {}", missing, bootstrapServers);
      } while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
      return false;
    }
  }

  /** What is missing, in words; null when nothing is. */
  private String missing(Admin admin) throws InterruptedException {
    try {
      Set<String> absent = new TreeSet<>(names);
      absent.removeAll(admin.listTopics().names().get());
      return absent.isEmpty() ? null : "no topic " + String.join(", ", absent);
    } catch (ExecutionException e) {
      return "no answer (" + e.getCause().getMessage() + ")";
    }
  }
}
