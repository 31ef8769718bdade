package io.furnistream.preview;

import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A record to be shown.
 *
 * @param record as the connector's transforms get it
 * @param refused why they do not get it: a converter cannot read it; null when they do
 */
record Sample(SinkRecord record, Step refused) {

  /** A record that was read. */
  static Sample of(SinkRecord record) {
    return new Sample(record, null);
  }
}
