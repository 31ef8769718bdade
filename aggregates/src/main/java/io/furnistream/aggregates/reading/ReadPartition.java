package io.furnistream.aggregates.reading;

import org.apache.kafka.common.header.Headers;

/**
 * The partition that a record is in, on its way from the consumer to the deserializer of keys,
 * which Kafka does not pass it to: a key is checked against it.
 *
 * @param number from 0
 */
record ReadPartition(int number) implements PassedOn {

  private static final String NAME = "furnistream.partition";

  @Override
  public String key() {
    return NAME;
  }

  /** Takes the partition out of the headers; null when no consumer has noted it. */
  static Integer takenFrom(Headers headers) {
    ReadPartition read = PassedOn.takenFrom(headers, NAME, ReadPartition.class);
    return read == null ? null : read.number;
  }
}
