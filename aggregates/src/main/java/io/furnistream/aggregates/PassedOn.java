package io.furnistream.aggregates;

import org.apache.kafka.common.header.Header;

/**
 * Something that one step of reading a record tells the next in the record's headers. No bytes of a
 * producer can look like it, and it never leaves the process.
 */
interface PassedOn extends Header {

  @Override
  default byte[] value() {
    return null;
  }
}
