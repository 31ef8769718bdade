package io.furnistream.datagen.faults;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Header;

/** Takes what is to be sent to {@code daily_records}, in its order. */
@FunctionalInterface
public interface Outlet {

  /**
   * Takes a record.
   *
   * @param time its timestamp in Kafka
   * @param key null where it has none
   * @param value null for a tombstone
   */
  void send(int partition, Instant time, byte[] key, byte[] value, List<Header> headers);
}
