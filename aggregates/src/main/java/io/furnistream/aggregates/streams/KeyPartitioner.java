package io.furnistream.aggregates.streams;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Sends each record to the partition that its key says.
 *
 * @param <K> type of the key
 * @param <V> type of the value
 */
final class KeyPartitioner<K, V> implements StreamPartitioner<K, V> {

  /** Says the partition of a key. */
  @FunctionalInterface
  interface Choice<K> {

    /** Returns the partition of {@code key}, from 0, among {@code partitions}. */
    int of(K key, int partitions);
  }

  private final Choice<K> choice;

  KeyPartitioner(Choice<K> choice) {
    this.choice = choice;
  }

  @Override
  public Optional<Set<Integer>> partitions(
      String topic, K key, V value, Headers headers, int partitions) {
    return Optional.of(Set.of(choice.of(key, partitions)));
  }

  // Marked for removal in Kafka 4.4, but still the abstract one.
  @Override
  @SuppressWarnings("removal")
  public Optional<Set<Integer>> partitions(String topic, K key, V value, int partitions) {
    return Optional.of(Set.of(choice.of(key, partitions)));
  }
}
