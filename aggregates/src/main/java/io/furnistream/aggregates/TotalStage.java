package io.furnistream.aggregates;

import io.furnistream.aggregates.Message.PartUpdate;
import io.furnistream.aggregates.Message.Source;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The third stage, partitioned by group. It keeps the latest part from every partition and sends
 * the row that they come to, where that differs from the row sent before; a tombstone when no
 * record is left.
 */
final class TotalStage extends DeferringProcessor<byte[], PartUpdate, RowKey, byte[]> {

  /** Store of each group's parts and the row that was last sent. */
  static final String TOTALS = "totals";

  private final AggregateSet aggregates;
  private final Serializer<? super SpecificRecord> rows;

  /**
   * A stage whose rows are written by {@code rows}.
   *
   * @param rows serializer of values; safe for use by several threads
   */
  TotalStage(AggregateSet aggregates, Serializer<? super SpecificRecord> rows, Emission emission) {
    super(TOTALS, emission);
    this.aggregates = aggregates;
    this.rows = rows;
  }

  @Override
  void open(ProcessorContext<RowKey, byte[]> context, KeyValueStore<Bytes, byte[]> store) {
    // The groups are all there is.
  }

  @Override
  void update(byte[] groupKey, PartUpdate update) {
    Group group = Group.decode(groups().get(groupKey));
    if (group.take(update)) {
      groups().put(groupKey, group.encode());
      markChanged(groupKey);
    }
  }

  @Override
  void send(byte[] groupKey) {
    Group group = Group.decode(groups().get(groupKey));
    Aggregate aggregate = aggregates.of(groupKey);
    Totals totals = group.totals(aggregate);
    byte[] row = null;
    if (totals.records() != 0) {
      if (totals.awaitsCounts()) {
        return;
      }
      row = rows.serialize(aggregate.topic().topicName(), aggregate.row(totals));
    }
    if (!Arrays.equals(row, group.row)) {
      forward(aggregates.rowKey(groupKey), row);
      group.row = row;
      groups().put(groupKey, group.encode());
    }
    if (group.isForgettable()) {
      groups().delete(groupKey);
    }
  }

  /** What is remembered of a group. */
  private static final class Group {

    private static final byte[] NO_ROW = {};

    private final Map<Integer, byte[]> parts = new TreeMap<>();
    private byte[] row;

    /** Takes the latest part of one source in and says whether that changed anything. */
    boolean take(PartUpdate update) {
      int source = update.source().code();
      if (update.part().isEmpty()) {
        return parts.remove(source) != null;
      }
      byte[] part = update.part().encode();
      return !Arrays.equals(part, parts.put(source, part));
    }

    Totals totals(Aggregate aggregate) {
      Totals totals = new Totals(aggregate);
      parts.forEach(
          (source, bytes) -> {
            Part part = Part.decode(bytes);
            if (Source.of(source).counts()) {
              totals.addCounts(part);
            } else {
              totals.addSums(part);
            }
          });
      return totals;
    }

    boolean isForgettable() {
      return parts.isEmpty() && row == null;
    }

    byte[] encode() {
      ByteWriter writer = new ByteWriter().block(row == null ? NO_ROW : row);
      parts.forEach((source, part) -> writer.number(source).block(part));
      return writer.toByteArray();
    }

    static Group decode(byte[] bytes) {
      Group group = new Group();
      if (bytes != null) {
        ByteReader reader = new ByteReader(bytes);
        byte[] row = reader.block();
        group.row = row.length == 0 ? null : row;
        while (reader.hasRemaining()) {
          group.parts.put((int) reader.number(), reader.block());
        }
      }
      return group;
    }
  }
}
