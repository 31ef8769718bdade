package io.furnistream.aggregates.stages;

import io.furnistream.aggregates.faults.DataFaultException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What one task does with its partition: takes in records one by one, collects what they change,
 * and sends it on when it is flushed. A stage knows nothing of threads, transactions and topics.
 */
public interface Stage<KIn, VIn> {

  /**
   * Takes one record in.
   *
   * @throws DataFaultException when it cannot; nothing has been changed or sent then
   */
  void take(KIn key, VIn value);

  /**
   * Writes and sends everything collected. After this call, all records taken in before it are in
   * the stores and have been sent.
   */
  void flush();

  /** Where a stage keeps and sends. */
  interface Context<KOut, VOut> {

    /** The partition that the stage works on, from 0. */
    int partition();

    /** A store of this partition, by its name. */
    KeyValueStore<Bytes, byte[]> store(String name);

    /** Sends a record on. */
    void send(KOut key, VOut value);

    /** Dead-letters a part of what was taken in; the rest counts. */
    void refuse(byte[] part, DataFaultException fault);
  }

  /** Makes the stage of one task. */
  interface Factory<KIn, VIn, KOut, VOut> {
    /** The stage of a task that opens; what an earlier one collected is dropped. */
    Stage<KIn, VIn> open(Context<KOut, VOut> context);
  }
}
