package io.furnistream.datagen.faults;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Header;

/** A record as it goes to {@code daily_records}; it is not changed any more. */
final class Message {

  private final int partition;
  private final Instant time;
  private final byte[] key;
  private final byte[] value;
  private final List<Header> headers;

  /**
   * A record without headers.
   *
   * @param time its timestamp in Kafka
   * @param key null where it has none
   * @param value null for a tombstone
   */
  Message(int partition, Instant time, byte[] key, byte[] value) {
    this(partition, time, key, value, List.of());
  }

  private Message(int partition, Instant time, byte[] key, byte[] value, List<Header> headers) {
    this.partition = partition;
    this.time = time;
    this.key = key;
    this.value = value;
    this.headers = headers;
  }

  int partition() {
    return partition;
  }

  /** Not to be changed. */
  byte[] key() {
    return key;
  }

  /** Not to be changed. */
  byte[] value() {
    return value;
  }

  Message withKey(byte[] other) {
    return new Message(partition, time, other, value, headers);
  }

  /** The same with another value; null takes back what its key said. */
  Message withValue(byte[] other) {
    return new Message(partition, time, key, other, headers);
  }

  Message inPartition(int other) {
    return new Message(other, time, key, value, headers);
  }

  Message withHeaders(List<Header> others) {
    return new Message(partition, time, key, value, others);
  }

  void sendTo(Outlet outlet) {
    outlet.send(partition, time, key, value, headers);
  }
}
