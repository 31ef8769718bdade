package io.furnistream.connectors.cassandra;

import org.apache.kafka.common.Uuid;

/**
 * The write timestamps of one incarnation of a topic: base + offset, so that of two writes to a row
 * the one later in Kafka wins, however late or often and by whichever task they are made.
 *
 * @param topic the topic
 * @param id which incarnation of it
 * @param base the timestamp of offset 0, in microseconds since 1970-01-01T00:00:00Z
 * @param ceiling no timestamp above this may be used before a higher ceiling is registered
 * @param truncations how often the base was replaced because a log of the topic had been cut
 */
record WriteStamps(String topic, Uuid id, long base, long ceiling, int truncations) {

  /** The write timestamp of an offset, in microseconds since 1970-01-01T00:00:00Z. */
  long of(long offset) {
    return Math.addExact(base, offset);
  }

  /** Whether the timestamp of this offset may be used. */
  boolean covers(long offset) {
    return of(offset) <= ceiling;
  }
}
