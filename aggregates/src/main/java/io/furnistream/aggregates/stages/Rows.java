package io.furnistream.aggregates.stages;

import io.furnistream.aggregates.faults.DataFaultException;
import io.furnistream.aggregates.tables.RowKey;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * How rows are written; safe for use by several threads.
 *
 * @param keys serializer of their keys
 * @param values serializer of their values
 */
public record Rows(
    Serializer<? super SpecificRecord> keys, Serializer<? super SpecificRecord> values) {

  /**
   * Sends a row.
   *
   * @param row null for a tombstone
   * @param key makes the row's key with a serializer
   * @throws DataFaultException when the row or its key cannot be written; nothing has been sent
   *     then
   */
  void send(
      Stage.Context<RowKey, byte[]> context,
      SpecificRecord row,
      Function<Serializer<? super SpecificRecord>, RowKey> key) {
    RowKey rowKey = DataFaultException.guard(() -> key.apply(keys));
    byte[] bytes =
        row == null
            ? null
            : DataFaultException.guard(() -> values.serialize(rowKey.topic().topicName(), row));
    context.send(rowKey, bytes);
  }
}
