package io.furnistream.connectors.postgres;

import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;

/** Where records become rows. */
interface RowStore {

  /**
   * Writes records in their order. Safe to call again with the same records. When it throws, any of
   * them may have landed.
   *
   * @throws RuntimeException when one cannot be written, for a reason that {@link Refusal}
   *     classifies
   */
  void write(List<SinkRecord> records);

  /**
   * Asks the database something that concerns no record.
   *
   * @throws RuntimeException when it does not answer
   */
  void ping();
}
