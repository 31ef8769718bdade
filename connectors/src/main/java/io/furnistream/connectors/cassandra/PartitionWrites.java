package io.furnistream.connectors.cassandra;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects the writes of one delivery by the partition of Cassandra that they go into: those of one
 * partition cost the node little more than one of them, if they arrive together.
 */
final class PartitionWrites {

  /**
   * No write is added to a group that has so much: it takes a few times as much memory on the node.
   */
  private static final long ENOUGH_BYTES = 64L << 10;

  private final int maxWrites;
  private final Map<Partition, Group> groups = new LinkedHashMap<>();

  /**
   * Nothing yet.
   *
   * @param maxWrites how many go together at most, from 1
   */
  PartitionWrites(int maxWrites) {
    this.maxWrites = maxWrites;
  }

  /**
   * Adds a write.
   *
   * @return those that are to be sent now: there is no room for it among them, or its partition is
   *     not known and it goes alone
   */
  Optional<List<CassandraStore.Write>> add(CassandraStore.Write write) {
    ByteBuffer key = write.statement().getRoutingKey();
    if (key == null) {
      return Optional.of(List.of(write));
    }
    Partition partition = new Partition(write.mapping(), key);
    Group group = groups.computeIfAbsent(partition, p -> new Group());
    Optional<List<CassandraStore.Write>> full = Optional.empty();
    if (group.writes.size() >= maxWrites || group.bytes >= ENOUGH_BYTES) {
      full = Optional.of(group.writes);
      group = new Group();
      groups.put(partition, group);
    }
    group.writes.add(write);
    group.bytes += write.bytes();
    return full;
  }

  /** Those that are left. */
  List<List<CassandraStore.Write>> rest() {
    return groups.values().stream().map(group -> group.writes).toList();
  }

  private record Partition(TableMapping mapping, ByteBuffer key) {}

  private static final class Group {
    private final List<CassandraStore.Write> writes = new ArrayList<>();
    private long bytes;
  }
}
