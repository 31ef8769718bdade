package io.furnistream.connectors.cassandra;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;

/**
 * How long a task waits for nodes that do not have the schema yet: right after a migration, or
 * after they were down. No record is at fault meanwhile.
 */
final class SchemaPatience {

  /** A node that is up and still lacks a table then needs somebody's help. */
  static final Duration LIMIT = Duration.ofMinutes(5);

  private final InstantSource clock;
  private Instant since;

  SchemaPatience(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * What to throw when a node does not know what it is asked about.
   *
   * @return a {@link RetriableException}, or a {@link ConnectException} once it has lasted longer
   *     than {@link #LIMIT}
   */
  ConnectException next(SchemaDisagreementException disagreement) {
    Instant now = clock.instant();
    if (since == null) {
      since = now;
    }
    if (Duration.between(since, now).compareTo(LIMIT) < 0) {
      return new RetriableException(disagreement.getMessage(), disagreement);
    }
    return new ConnectException(
        "%s; it has been so for %d s: see nodetool describecluster, and restart the task then"
            .formatted(disagreement.getMessage(), LIMIT.toSeconds()),
        disagreement);
  }

  /** A batch was written: the nodes have the schema. */
  void over() {
    since = null;
  }
}
