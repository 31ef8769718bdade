package io.furnistream.connectors.postgres;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Lands a batch without the records that cannot be rows. They are found by halving: one among 4000
 * takes some 24 further writes, and n of n no more than 2n.
 */
final class Isolation {

  private final RowStore store;
  private final Map<SinkRecord, DataException> refused = new LinkedHashMap<>();

  Isolation(RowStore store) {
    this.store = store;
  }

  /**
   * Writes a batch in order, so that the last record of a key that can land is the one that stays.
   *
   * @return the records that did not land, and why
   * @throws RuntimeException when the reason is not a record's: the batch must be tried again
   */
  Map<SinkRecord, DataException> land(List<SinkRecord> batch) {
    try {
      store.write(batch);
    } catch (RuntimeException e) {
      DataException reason = Refusal.of(e);
      if (reason == null) {
        throw e;
      }
      if (batch.size() == 1) {
        // What looks like the record's fault may be the session's, once its server has gone.
        store.ping();
        refused.put(batch.get(0), reason);
      } else {
        int half = batch.size() / 2;
        land(batch.subList(0, half));
        land(batch.subList(half, batch.size()));
      }
    }
    return refused;
  }
}
