package io.furnistream.aggregates.stages;

import io.furnistream.aggregates.faults.DataFaultException;
import io.furnistream.aggregates.tables.Aggregate;
import io.furnistream.aggregates.tables.AggregateSet;
import io.furnistream.aggregates.tables.ByteReader;
import io.furnistream.aggregates.tables.ByteWriter;
import io.furnistream.aggregates.tables.Tally;
import org.apache.kafka.common.utils.Bytes;

/** By how much one group changes, as {@link GroupChanges} sends it to {@link TotalStage}. */
record GroupChange(Bytes groupKey, Aggregate aggregate, Tally tally) {

  static byte[] encode(byte[] groupKey, Tally tally) {
    ByteWriter entry = new ByteWriter().block(groupKey);
    tally.write(entry);
    return entry.toByteArray();
  }

  /**
   * Reads the stored form.
   *
   * @throws DataFaultException when it is not that of a change to one of these aggregates
   */
  static GroupChange decode(AggregateSet aggregates, byte[] entry) {
    return DataFaultException.guard(
        () -> {
          ByteReader reader = new ByteReader(entry);
          byte[] groupKey = reader.block();
          Aggregate aggregate = aggregates.of(groupKey);
          return new GroupChange(Bytes.wrap(groupKey), aggregate, Tally.read(reader, aggregate));
        });
  }
}
