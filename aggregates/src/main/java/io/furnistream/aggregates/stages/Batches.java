package io.furnistream.aggregates.stages;

import io.furnistream.aggregates.tables.ByteWriter;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Utils;

/**
 * Collects entries by the partition that they go to. An internal topic then carries a few large
 * records instead of several small ones for each incoming record.
 */
final class Batches {

  // Well below the megabyte that a broker takes.
  private static final int FULL = 128 << 10;

  private final Batch.Kind kind;
  private final BiConsumer<Integer, Batch> out;
  private final ByteWriter[] writers = new ByteWriter[Batch.PARTITIONS];

  Batches(Batch.Kind kind, BiConsumer<Integer, Batch> out) {
    this.kind = kind;
    this.out = out;
  }

  /**
   * Adds an entry.
   *
   * @param key entries with equal keys go to one partition, in the order in which they were added
   */
  void add(byte[] key, byte[] entry) {
    int partition = Utils.toPositive(Utils.murmur2(key)) % Batch.PARTITIONS;
    ByteWriter writer = writers[partition];
    if (writer == null) {
      writer = new ByteWriter();
      writers[partition] = writer;
    }
    writer.block(entry);
    if (writer.size() >= FULL) {
      send(partition);
    }
  }

  /** Sends all that was added. */
  void flush() {
    for (int partition = 0; partition < Batch.PARTITIONS; partition++) {
      if (writers[partition] != null) {
        send(partition);
      }
    }
  }

  private void send(int partition) {
    byte[] entries = writers[partition].toByteArray();
    writers[partition] = null;
    out.accept(partition, new Batch(kind, entries));
  }
}
