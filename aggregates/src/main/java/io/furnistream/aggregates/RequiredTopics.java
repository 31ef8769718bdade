package io.furnistream.aggregates;

import io.furnistream.aggregates.streams.AggregatesTopology;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Deadline;
import io.furnistream.schemas.AvroClients;
import io.furnistream.schemas.DeadLetterTopics;
import io.furnistream.schemas.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics that the topology reads and writes, which the stack creates with the settings that
 * they need; a topic that a broker creates automatically has others.
 */
final class RequiredTopics {

  private static final Logger LOG = LoggerFactory.getLogger(RequiredTopics.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final AvroClients clients;
  private final Set<String> names = new TreeSet<>();
  private final Map<String, Integer> partitions = new TreeMap<>();

  RequiredTopics(AvroClients clients) {
    this.clients = clients;
    partitions.put(Topic.DAILY_RECORDS.topicName(), Topic.DAILY_RECORDS.partitions());
    AggregatesTopology.OUTPUTS.forEach(
        topic -> partitions.put(topic.topicName(), topic.partitions()));
    names.addAll(partitions.keySet());
    names.add(DeadLetterTopics.AGGREGATES);
  }

  /**
   * Waits until all of them exist.
   *
   * @param stopping ends the wait when it is counted down
   * @return whether they exist; false when the process is to stop
   * @throws CannotRunException when some are still missing after {@code limit}, or do not have as
   *     many partitions as their contract says
   */
  boolean await(Duration limit, CountDownLatch stopping) throws InterruptedException {
    Deadline deadline = Deadline.in(limit);
    do {
      String missing = missing();
      if (missing == null) {
        return true;
      }
      if (deadline.hasPassed()) {
        throw new CannotRunException(
            "After %d s there is still %s at %s: start Kafka and create the topics ('furnistream up' does both)"
                .formatted(limit.toSeconds(), missing, clients.bootstrapServers()));
      }
      LOG.info("Waiting: there is {} at {}", missing, clients.bootstrapServers());
    } while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    return false;
  }

  /**
   * Refuses topics that were altered. A key's records are in one partition, in order, and each
   * partition has its stores: neither is true once partitions were added.
   *
   * @throws CannotRunException when one does not have as many partitions as its contract says; not
   *     when Kafka does not answer
   */
  void checkPartitions() throws InterruptedException {
    try (Admin admin = BriefAdmin.of(clients)) {
      checkPartitions(admin);
    } catch (ExecutionException | KafkaException e) {
      LOG.warn("Partitions are not known ({})", BriefAdmin.reason(e));
    }
  }

  private void checkPartitions(Admin admin) throws InterruptedException, ExecutionException {
    for (TopicDescription topic :
        admin.describeTopics(partitions.keySet()).allTopicNames().get().values()) {
      int expected = partitions.get(topic.name());
      int actual = topic.partitions().size();
      if (actual != expected) {
        throw new CannotRunException(
            "Topic %s at %s has %d partitions instead of %d. Kafka cannot remove any: delete the topic, create it again ('furnistream up' or 'provision' does), %shave all computed again ('furnistream aggregates reset'; on a cluster, the steps in aggregates/README.md)"
                .formatted(
                    topic.name(),
                    clients.bootstrapServers(),
                    actual,
                    expected,
                    topic.name().equals(Topic.DAILY_RECORDS.topicName())
                        ? "send its records again, and "
                        : "and "));
      }
    }
  }

  /** What is missing, in words; null when nothing is. */
  private String missing() throws InterruptedException {
    try (Admin admin = BriefAdmin.of(clients)) {
      Set<String> absent = new TreeSet<>(names);
      absent.removeAll(admin.listTopics().names().get());
      if (!absent.isEmpty()) {
        return "no topic " + String.join(", ", absent);
      }
      checkPartitions(admin);
      return null;
    } catch (ExecutionException | KafkaException e) {
      return "no answer (" + BriefAdmin.reason(e) + ")";
    }
  }
}
