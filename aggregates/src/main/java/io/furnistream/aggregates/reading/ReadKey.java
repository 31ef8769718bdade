package io.furnistream.aggregates.reading;

import io.furnistream.schemas.DailyRecordKey;
import org.apache.kafka.common.header.Headers;

/**
 * A record's key on its way from the deserializer of keys to that of values, which Streams calls
 * next, with the same headers: a value is checked against its key. It is removed before the record
 * is passed on.
 *
 * @param contract the key
 */
record ReadKey(DailyRecordKey contract) implements PassedOn {

  private static final String NAME = "furnistream.key";

  @Override
  public String key() {
    return NAME;
  }

  /**
   * Takes the key out of the headers.
   *
   * @throws IllegalStateException when it is not there: the key has not been read
   */
  static DailyRecordKey takenFrom(Headers headers) {
    ReadKey read = PassedOn.takenFrom(headers, NAME, ReadKey.class);
    if (read == null) {
      throw new IllegalStateException("The record's key has not been read");
    }
    return read.contract;
  }
}
