package io.furnistream.aggregates;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Deadline;
import io.furnistream.schemas.SchemaRegistrar;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number of buckets in the records' keys, which the registry knows: another refuses them all.
 */
final class RequiredBuckets {

  private static final Logger LOG = LoggerFactory.getLogger(RequiredBuckets.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final SchemaRegistrar registry;

  RequiredBuckets(SchemaRegistrar registry) {
    this.registry = registry;
  }

  /**
   * Waits until the registry says how many there are.
   *
   * @param stopping ends the wait when it is counted down
   * @return whether the settings agree; false when the process is to stop
   * @throws CannotRunException when the settings have another number, or the registry does not
   *     answer within {@code limit}
   */
  boolean await(Duration limit, CountDownLatch stopping) throws InterruptedException {
    Deadline deadline = Deadline.in(limit);
    do {
      try {
        registry.requireBuckets();
        return true;
      } catch (IOException | RestClientException e) {
        if (deadline.hasPassed()) {
          throw new CannotRunException(
              "After %d s the registry does not answer: %s. Start it, or set FURNISTREAM_REGISTRY_URL to where it is."
                  .formatted(limit.toSeconds(), e.getMessage()),
              e);
        }
        LOG.info("Waiting for the registry ({})", e.getMessage());
      }
    } while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    return false;
  }
}
